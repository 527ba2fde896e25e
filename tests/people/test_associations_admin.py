"""The register in the admin: staff of a city see and change associations of that city only, whatever the address."""

import io

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from people.models import Association, District
from people.register_import import perform, start_import
from tests.factories import good_bin, make_association, make_membership, make_office, make_user

pytestmark = pytest.mark.django_db

SPACE = "wagtailsnippets_people_association"
CHOOSER = "wagtailsnippetchoosers_people_association"


@pytest.fixture
def ours() -> Association:
    return make_association(name_ru="Наш дом", name_kk="Біздің үй", address="Абай көшесі, 1")


@pytest.fixture
def theirs() -> Association:
    return make_association(name_ru="Чужой дом", name_kk="Бөгде үй", office=make_office("almaty"))


@pytest.fixture
def desk(client):
    """Signed in as the front desk of Astana, with the right to delete besides."""
    user = make_user(group="Desk", language="ru")
    user.user_permissions.set(_all_permissions())
    client.force_login(user)
    return client


def _all_permissions():
    return Permission.objects.filter(content_type__app_label="people", content_type__model="association")


def form(association: Association, **fields) -> dict:
    filled = {
        "kind": association.kind,
        "bin": association.bin or "",
        "units": "10",
        "name_kk": association.name_kk,
        "name_ru": association.name_ru,
        "office": association.office_id,
        "district": "",
        "address": association.address,
        "is_in_register": "on",
    }
    return filled | fields


def url(name: str, *args) -> str:
    return reverse(f"{SPACE}:{name}", args=args)


def test_the_list_shows_own_rows_only(desk, ours, theirs):
    for name in ("list", "list_results"):
        page = desk.get(url(name)).content.decode()
        assert "Абай көшесі" in page or str(ours) in page
        assert ours.bin in page
        assert theirs.bin not in page


@pytest.mark.parametrize("name", ["edit", "delete", "usage", "history", "history_results"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_leads_to_a_row_of_another_city(desk, ours, theirs, name, method):
    before = Association.objects.filter(pk=theirs.pk).values().get()
    response = getattr(desk, method)(url(name, theirs.pk), form(theirs, name_ru="Взлом") if method == "post" else None)
    assert response.status_code == 404
    assert Association.objects.filter(pk=theirs.pk).values().get() == before
    if method == "get":
        assert desk.get(url(name, ours.pk)).status_code == 200


def test_every_address_of_the_screens_was_tried(ours):
    names = {pattern.name for pattern in Association.snippet_viewset.get_urlpatterns()}
    assert names == {"list", "list_results", "add", "edit", "delete", "usage", "history", "history_results"}


def test_the_chooser_offers_and_gives_own_rows_only(desk, ours, theirs):
    for name in ("choose", "choose_results"):
        page = desk.get(reverse(f"{CHOOSER}:{name}")).content.decode()
        assert f"/{ours.pk}/" in page
        assert f"/{theirs.pk}/" not in page
    assert desk.get(reverse(f"{CHOOSER}:chosen", args=[ours.pk])).status_code == 200
    for wrong in (theirs.pk, "x"):
        assert desk.get(reverse(f"{CHOOSER}:chosen", args=[wrong])).status_code == 404
    several = desk.get(reverse(f"{CHOOSER}:chosen_multiple"), {"id": [ours.pk, theirs.pk, "x"]}).json()
    assert [row["id"] for row in several["result"]] == [str(ours.pk)]


def test_the_chooser_gives_nothing_to_staff_without_the_register(client, ours):
    client.force_login(make_user(group="Editors"))
    assert client.get(reverse(f"{CHOOSER}:chosen", args=[ours.pk])).status_code == 404


def test_bulk_delete_neither_deletes_nor_names_rows_of_another_city(desk, ours, theirs):
    address = reverse("wagtail_bulk_action", args=["people", "association", "delete"])
    for ids in ([theirs.pk], ["x"]):
        assert desk.get(address, {"id": ids}).status_code == 404
    page = desk.get(address, {"id": [ours.pk, theirs.pk]}).content.decode()
    assert "Біздің үй" in page or "Наш дом" in page
    assert "Бөгде" not in page
    assert "Чужой" not in page

    desk.post(f"{address}?id=all&next=/admin/")
    assert list(Association.objects.all()) == [theirs]


@pytest.mark.parametrize("is_bulk", [False, True])
def test_an_association_with_people_is_kept_with_a_message(desk, ours, is_bulk):
    make_membership(association=ours)
    bulk = reverse("wagtail_bulk_action", args=["people", "association", "delete"])
    address = f"{bulk}?id={ours.pk}&next={url('list')}" if is_bulk else url("delete", ours.pk)
    response = desk.post(address, follow=True)
    assert response.status_code == 200
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert Association.objects.filter(pk=ours.pk).exists()


def test_an_association_nobody_is_in_can_be_deleted(desk, ours):
    desk.post(url("delete", ours.pk))
    assert not Association.objects.exists()


def test_staff_of_one_office_find_it_chosen(desk, ours):
    page = desk.get(url("add")).content.decode()
    assert f'<option value="{ours.office_id}" selected>' in page
    assert f">{make_office('almaty')}</option>" not in page


def test_an_office_of_others_is_not_accepted(desk, ours):
    foreign = make_office("almaty")
    new = form(ours, bin=good_bin(77), office=foreign.pk)
    assert desk.post(url("add"), new).status_code == 200
    assert desk.post(url("edit", ours.pk), form(ours, office=foreign.pk)).status_code == 200
    ours.refresh_from_db()
    assert ours.office == make_office()
    assert Association.objects.count() == 1


def test_a_district_must_be_of_the_city(client, ours):
    client.force_login(make_user(group="Desk", offices=("astana", "almaty")))
    district = District.objects.create(office=make_office("almaty"), name_kk="Бөгде", name_ru="Чужой")
    response = client.post(url("edit", ours.pk), form(ours, district=district.pk))
    assert "district" in response.context["form"].errors
    ours.refresh_from_db()
    assert ours.district is None


def test_own_rows_are_changed_and_the_change_is_logged(desk, ours):
    response = desk.post(url("edit", ours.pk), form(ours, name_ru="Новое имя"))
    assert response.status_code == 302
    ours.refresh_from_db()
    assert ours.name_ru == "Новое имя"
    assert ModelLogEntry.objects.filter(object_id=str(ours.pk), action="wagtail.edit").exists()


def test_a_persons_number_is_refused_in_the_form(desk, ours):
    response = desk.post(url("edit", ours.pk), form(ours, bin="880515300124"))
    assert "bin" in response.context["form"].errors


def test_staff_without_an_office_see_nothing(client, ours):
    client.force_login(make_user(group="Desk", offices=()))
    assert ours.bin not in client.get(url("list")).content.decode()
    assert client.get(url("edit", ours.pk)).status_code == 404
    assert client.post(url("add"), form(ours, bin=good_bin(78))).status_code == 200
    assert Association.objects.count() == 1


def test_an_administrator_sees_all(client, ours, theirs):
    client.force_login(make_user(is_superuser=True, offices=()))
    page = client.get(url("list")).content.decode()
    assert ours.bin in page
    assert theirs.bin in page
    assert client.get(url("edit", theirs.pk)).status_code == 200


@pytest.mark.parametrize("group", ["Editors", "Trainers", "Lawyers"])
def test_other_roles_have_no_register(client, ours, group):
    client.force_login(make_user(group=group))
    for address in (url("list"), url("edit", ours.pk), url("add")):
        assert client.get(address).status_code == 302


@pytest.mark.parametrize("query", ["наш ДОМ", "біздің", "АБАЙ", "bin"])
def test_search_knows_cyrillic_in_any_case(desk, ours, query):
    other = make_association(name_ru="Другой", name_kk="Басқа", address="Сарыарқа, 5")
    page = desk.get(url("list"), {"q": ours.bin[:8] if query == "bin" else query}).content.decode()
    assert ours.bin in page
    assert (other.bin in page) == (query == "bin" and other.bin.startswith(ours.bin[:8]))


def test_the_list_is_filtered_and_filters_offer_own_offices_only(desk, ours):
    waits = make_association(is_in_register=False)
    page = desk.get(url("list"), {"is_in_register": "false"}).content.decode()
    assert waits.bin in page
    assert ours.bin not in page
    assert f">{make_office()}</option>" in page
    assert f">{make_office('almaty')}</option>" not in page


def test_the_list_says_whether_there_is_a_chair_and_leads_to_the_people(desk, ours):
    def ticks() -> int:
        return desk.get(url("list_results")).content.decode().count("#icon-check")

    before = ticks()
    make_membership(association=ours)
    assert ticks() == before + 1
    assert reverse("association_people", args=[ours.pk]) in desk.get(url("list")).content.decode()


def test_the_list_takes_the_same_queries_for_one_row_and_for_many(desk, ours, django_assert_num_queries):
    desk.get(url("list"))
    with CaptureQueriesContext(connection) as one:
        desk.get(url("list"))
    for _number in range(12):
        make_membership(association=make_association(district=make_office().districts.first()))
    with django_assert_num_queries(len(one)):
        desk.get(url("list"))


def _sheet(response) -> list[list]:
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    return [list(row) for row in book.active.iter_rows()]


def test_the_export_holds_own_rows_as_text(desk, ours, theirs):
    Association.objects.filter(pk=ours.pk).update(name_ru='=HYPERLINK("http://x")', units=5)
    response = desk.get(url("list"), {"export": "xlsx"})
    rows = _sheet(response)
    values = [[cell.value for cell in row] for row in rows]
    assert len(values) == 2
    assert values[1][2:4] == ['=HYPERLINK("http://x")', ours.bin]
    assert {cell.data_type for row in rows for cell in row if cell.value} == {"s"}
    assert "text/csv" not in desk.get(url("list"), {"export": "csv"})["Content-Type"]


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_an_export_taken_in_again_changes_nothing(client, ours, language):
    client.force_login(make_user(group="Desk"))
    make_association(kind="ksk", bin=None, district=make_office().districts.first(), units=7)
    make_association(kind="other", units=8)
    client.cookies["language"] = language
    file = io.BytesIO(b"".join(client.get(url("list"), {"export": "xlsx"}).streaming_content))
    job = start_import(
        office=make_office(), file=file, file_name="r.xlsx", is_dry_run=False, actor=None, in_background=False
    )
    perform(job.pk)
    job.refresh_from_db()
    assert (job.unchanged, job.updated, job.created, job.failed) == (3, 0, 0, 0), job.problems
