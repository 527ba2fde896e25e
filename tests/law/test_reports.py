"""Reports on texts: who reads them, what they cost, how they are filtered and taken as a file."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faq.guides import GuidePage
from faq.questions import QuestionPage
from law.admin.reports import REPORTS
from tests.core.sample import first
from tests.factories import make_user
from tests.law.report_steps import address, amendment, listed, new_question, overdue, recheck

pytestmark = pytest.mark.django_db
SLUGS = [report.slug for report in REPORTS]
READERS = ["Editors", "Lawyers", "Trainers", "Managers"]


@pytest.fixture
def lawyer(client):
    user = make_user(group="Lawyers")
    client.force_login(user)
    return user


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("group", [*READERS, "Desk", ""])
def test_who_edits_pages_or_follows_amendments_reads_reports(client, slug, group):
    client.force_login(make_user(group=group))
    for part in ("", "results/"):
        assert (client.get(address(slug) + part).status_code == 200) is (group in READERS)


@pytest.mark.parametrize(("group", "is_there"), [("Editors", True), ("Lawyers", True), ("Desk", False)])
def test_the_menu_offers_them_to_who_may_read_them(client, group, is_there):
    client.force_login(make_user(group=group))
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert [address(slug) in home for slug in SLUGS] == [is_there] * len(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_report_costs_the_same_with_many_rows(client, lawyer, slug):
    change = amendment()

    def fill(number: int) -> None:
        for place in range(number):
            page = new_question(f"Вопрос {number} {place}")
            overdue(page, responsible=make_user())
            recheck(page, change)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert len(listed(client, slug)) >= 4
        return len(queries)

    fill(4)
    listed(client, slug)
    before = cost()
    fill(16)
    assert cost() == before


@pytest.mark.parametrize("slug", SLUGS)
def test_every_report_is_filtered_by_language_and_type(client, lawyer, slug):
    kk, ru, guide = first(QuestionPage, "kk"), first(QuestionPage, "ru"), first(GuidePage, "ru")
    change = amendment()
    for page in (kk, ru, guide):
        overdue(page)
        recheck(page, change)
    type_id = ContentType.objects.get_for_model(QuestionPage).pk

    found = listed(client, slug, f"?locale={ru.locale_id}&content_type={type_id}")

    assert all(page.locale_id == ru.locale_id and page.content_type_id == type_id for page in found)
    if slug in ("overdue", "recheck"):
        assert [page.pk for page in found] == [ru.pk]


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize(
    "query", ["?locale=x", "?content_type=0", "?p=999", "?p=x", "?ordering=x", "?export=pdf", "?state=%00"]
)
def test_a_query_that_makes_no_sense_is_no_failure(client, lawyer, slug, query):
    assert client.get(address(slug) + query).status_code == 200


@pytest.mark.parametrize("slug", SLUGS)
def test_a_report_comes_as_a_file_that_holds_no_formula(client, lawyer, slug):
    page = new_question("=HYPERLINK(1)")
    overdue(page)
    recheck(page, amendment())

    text = client.get(address(slug) + "?export=csv").content.decode("utf-8-sig")
    sheet = openpyxl.load_workbook(BytesIO(client.get(address(slug) + "?export=xlsx").getvalue())).active

    head, *rows = csv.reader(StringIO(text))
    assert len(rows) == sheet.max_row - 1 >= 1
    assert len(head) == sheet.max_column >= 4
    assert "'=HYPERLINK(1)" in {row[0] for row in rows}
    (cell,) = [cell for cell in sheet["A"] if "HYPERLINK" in str(cell.value)]
    assert cell.data_type == "s"
