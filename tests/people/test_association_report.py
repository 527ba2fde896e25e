"""Associations by district: figures of own offices, with columns that apps add."""

import io

import pytest
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from people.admin import reports
from people.admin.reports import district_report, register_column
from people.models import Association, District, Office
from tests.factories import make_association, make_membership, make_office, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_columns(monkeypatch):
    """Only our columns: what other apps add has tests of its own."""
    ours = {key: reports._columns[key] for key in ("associations", "flats", "chairs", "claims")}
    monkeypatch.setattr(reports, "_columns", ours)


@pytest.fixture
def district() -> District:
    return make_office().districts.first()


def _numbers(offices=None) -> dict[str, list[int]]:
    report = district_report(Office.objects.all() if offices is None else offices)
    return {line.district: line.numbers for line in report.lines if any(line.numbers)} | {"": report.totals}


def test_figures_stand_by_district(district, ru):
    first = make_association(district=district, units=100)
    second = make_association(district=district, units=None)
    make_association(units=30)
    make_membership(association=first)
    make_membership(association=first, role="accountant")
    make_membership(association=second, valid_from="2020-01-01", valid_to="2020-02-01")
    for _number in range(2):
        make_membership(association=second, state="claimed", valid_to=None)

    found = _numbers()
    assert found.pop(district.name_ru) == [2, 100, 1, 1]
    assert found.pop("") == [3, 130, 1, 1]
    assert list(found.values()) == [[1, 30, 0, 0]]


def test_every_district_has_a_line_even_without_associations():
    offices = Office.objects.filter(key="astana")
    assert len(district_report(offices).lines) == District.objects.filter(office__in=offices).count() > 0


def test_an_app_adds_a_column(district, ru):
    register_column("rows", "Rows", lambda rows: dict(rows.order_by().values_list("district").annotate(Count("pk"))))
    make_association(district=district)
    report = district_report(Office.objects.all())
    assert report.heads[-1] == "Rows"
    assert report.totals[-1] == 1


def test_the_report_takes_the_same_queries_whatever_the_number():
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            district_report(Office.objects.all())
        return len(captured)

    before = queries()
    for number in range(3):
        office = make_office(f"city-{number}")
        for part in range(3):
            place = District.objects.create(office=office, name_kk=f"A{part}", name_ru=f"A{part}")
            make_membership(association=make_association(office=office, district=place))
    assert queries() == before <= 6


def test_staff_see_figures_of_their_own_office(client, district):
    make_association(district=district, units=11)
    other = make_office("almaty")
    make_association(office=other, district=other.districts.first(), units=2222)
    client.force_login(make_user(group="Desk"))

    for address in (reverse("association_report"), reverse("association_report") + "?office=almaty"):
        page = client.get(address).content.decode()
        assert "<td>11</td>" in page
        assert "2222" not in page
    client.force_login(make_user(is_superuser=True, offices=()))
    page = client.get(reverse("association_report"), {"office": "almaty"}).content.decode()
    assert "2222" in page.replace("\u00a0", "")
    assert "<td>11</td>" not in page


def test_staff_without_an_office_see_no_figures(client, district):
    make_association(district=district, units=11)
    client.force_login(make_user(group="Desk", offices=()))
    assert "<td>11</td>" not in client.get(reverse("association_report")).content.decode()


def test_the_export_holds_the_same_figures_as_text(client, district):
    District.objects.filter(pk=district.pk).update(name_kk="=1+1", name_ru="=1+1")
    make_association(district=district, units=11)
    client.force_login(make_user(group="Desk"))
    response = client.get(reverse("association_report_export"))
    rows = [list(row) for row in load_workbook(io.BytesIO(response.content)).active.iter_rows()]
    texts = [[cell.value for cell in row][1:4] for row in rows]
    assert ["=1+1", "1", "11"] in texts
    assert texts[-1][1:] == ["1", "11"]
    assert {cell.data_type for row in rows for cell in row if cell.value} == {"s"}


@pytest.mark.parametrize("key", ["\0", "nowhere", "' OR 1=1"])
def test_a_wrong_office_in_the_address_is_nothing(client, key):
    client.force_login(make_user(group="Desk"))
    assert client.get(reverse("association_report"), {"office": key}).status_code == 200


@pytest.mark.parametrize("name", ["association_report", "association_report_export"])
def test_the_report_is_for_who_sees_the_register(client, name):
    assert client.get(reverse(name)).status_code == 302
    client.force_login(make_user(group="Editors"))
    assert client.get(reverse(name)).status_code == 302
    assert Association.objects.count() == 0
