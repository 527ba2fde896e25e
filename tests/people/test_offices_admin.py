"""Offices in the admin: a city is opened by one form, and staff change their own office only."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from people.enums import OfficeState
from people.models import District, Office, User
from people.offices import OfficeHours
from tests.factories import make_association, make_office, make_user

pytestmark = pytest.mark.django_db

INLINE = ("phones", "addresses", "hours", "exceptions", "districts")


@pytest.fixture
def admin(client):
    client.force_login(make_user(is_superuser=True, offices=()))
    return client


@pytest.fixture
def manager(client):
    client.force_login(make_user(group="Managers"))
    return client


def url(name: str, *args) -> str:
    return reverse(f"wagtailsnippets_people_office:{name}", args=args)


def aqtobe(**fields) -> dict:
    """What an administrator fills in to open a city."""
    form = {
        "city_kk": "Ақтөбе",
        "city_ru": "Актобе",
        "key": "aqtobe",
        "state": "open",
        "languages": "both",
        "position": "40",
        "email": "aqtobe@mail.test",
        "phones": inline_formset([{"number": "+7 7132 00 00 00", "note_kk": "", "note_ru": ""}]),
        "addresses": inline_formset(
            [{"address_kk": "Абай даңғылы, 1", "address_ru": "пр. Абая, 1", "directions_kk": "", "directions_ru": ""}]
        ),
        "hours": inline_formset([{"weekday": "0", "opens": "09:00", "closes": "18:00"}]),
        "exceptions": inline_formset([{"date": "2027-03-22", "opens": "", "closes": "", "note_kk": "", "note_ru": ""}]),
        "districts": inline_formset(
            [{"name_kk": "Астана ауданы", "name_ru": "район Астана"}, {"name_kk": "Алматы ауданы", "name_ru": "Алматы"}]
        ),
    }
    return nested_form_data(form | fields)


def form_of(office: Office, **fields) -> dict:
    """The edit form of an office as it stands, without its inline rows but for districts."""
    form = {name: getattr(office, name) for name in ("city_kk", "city_ru", "key", "state", "languages", "position")}
    rows = [{"id": row.pk, "name_kk": row.name_kk, "name_ru": row.name_ru} for row in office.districts.all()]
    form |= {"email": office.email, "districts": inline_formset(rows, initial=len(rows))}
    form |= {name: inline_formset([]) for name in INLINE if name != "districts"}
    return form | fields


def test_a_city_is_opened_by_one_form(admin, client):
    assert admin.get(url("add")).status_code == 200
    assert admin.post(url("add"), aqtobe()).status_code == 302

    office = Office.objects.get(key="aqtobe")
    assert office.state == OfficeState.OPEN
    assert {len(getattr(office, name).all()) for name in INLINE} == {1, 2}
    assert [row.name_kk for row in office.districts.all()] == ["Астана ауданы", "Алматы ауданы"]
    assert set(office.districts.all()) <= set(District.objects.for_choice())


def test_a_person_can_say_that_she_lives_in_the_new_city(admin, client):
    admin.post(url("add"), aqtobe())
    client.force_login(make_user())
    page = client.get(reverse("profile")).content.decode()
    for district in District.objects.filter(office__key="aqtobe"):
        assert f'value="{district.pk}"' in page


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("hours", [{"weekday": "0", "opens": "09:00", "closes": "18:00"}] * 2),
        ("hours", [{"weekday": "0", "opens": "18:00", "closes": "09:00"}]),
        ("hours", [{"weekday": "0", "opens": "09:00", "closes": ""}]),
        ("exceptions", [{"date": "2027-03-22", "opens": "", "closes": "", "note_kk": "", "note_ru": ""}] * 2),
        ("phones", [{"number": "", "note_kk": "x", "note_ru": ""}]),
    ],
)
def test_a_wrong_row_is_refused_with_a_message_and_nothing_is_made(admin, name, rows):
    response = admin.post(url("add"), aqtobe(**{name: inline_formset(rows)}))
    assert response.status_code == 200
    assert any(response.context["form"].formsets[name].errors)
    assert not Office.objects.filter(key="aqtobe").exists()


def test_a_key_of_another_city_is_refused(admin):
    response = admin.post(url("add"), aqtobe(key="astana"))
    assert "key" in response.context["form"].errors


def test_only_administrators_open_cities(manager):
    for response in (manager.get(url("add")), manager.post(url("add"), aqtobe())):
        assert response.status_code == 302
    assert not Office.objects.filter(key="aqtobe").exists()


def test_a_manager_sees_and_changes_her_own_office(manager):
    office, other = make_office(), make_office("almaty")
    page = manager.get(url("list")).content.decode()
    assert url("edit", office.pk) in page
    assert url("edit", other.pk) not in page
    assert manager.get(url("edit", office.pk)).status_code == 200

    response = manager.post(url("edit", office.pk), nested_form_data(form_of(office, email="new@mail.test")))
    assert response.status_code == 302
    office.refresh_from_db()
    assert office.email == "new@mail.test"


@pytest.mark.parametrize("name", ["edit", "delete", "usage", "history", "history_results"])
def test_another_office_is_not_there(manager, name):
    manager_user = User.objects.get(groups__name="Managers", offices__key="astana")
    manager_user.user_permissions.add(Permission.objects.get(codename="delete_office"))
    other = make_office("almaty")
    data = nested_form_data(form_of(other, email="taken@mail.test"))
    assert manager.get(url(name, other.pk)).status_code == 404
    assert manager.post(url(name, other.pk), data).status_code == 404
    assert Office.objects.get(pk=other.pk).email != "taken@mail.test"


def test_a_manager_of_two_cities_has_both(client):
    client.force_login(make_user(group="Managers", offices=("astana", "almaty")))
    for key in ("astana", "almaty"):
        assert client.get(url("edit", make_office(key).pk)).status_code == 200
    assert client.get(url("edit", make_office("shymkent").pk)).status_code == 404


@pytest.mark.parametrize("group", ["Desk", "Editors", "Trainers"])
def test_others_have_no_offices_in_the_admin(client, group):
    client.force_login(make_user(group=group))
    for address in (url("list"), url("edit", make_office().pk)):
        assert client.get(address).status_code == 302


def test_an_office_with_associations_is_kept_with_a_message(admin):
    office = make_association().office
    assert admin.get(url("delete", office.pk)).status_code == 200
    response = admin.post(url("delete", office.pk), follow=True)
    assert response.status_code == 200
    assert str(office) in " ".join(map(str, response.context["messages"]))
    assert Office.objects.filter(pk=office.pk).exists()


def test_a_district_with_associations_stays_and_the_form_says_why(manager):
    office = make_office()
    district = office.districts.first()
    make_association(district=district)
    rows = [{"id": row.pk, "name_kk": row.name_kk, "name_ru": row.name_ru} for row in office.districts.all()]
    rows[0]["DELETE"] = "on"
    data = nested_form_data(form_of(office, districts=inline_formset(rows, initial=len(rows)), email="x@mail.test"))

    response = manager.post(url("edit", office.pk), data)
    assert response.status_code == 200
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    office.refresh_from_db()
    assert office.email != "x@mail.test"
    assert office.districts.filter(pk=district.pk).exists()


def test_two_days_that_change_places_are_no_error_of_the_site(manager):
    office = make_office()
    OfficeHours.objects.filter(office=office).delete()
    times = {"opens": "09:00", "closes": "18:00"}
    rows = [OfficeHours.objects.create(office=office, weekday=day, **times) for day in (0, 1)]
    hours = [{"id": row.pk, "weekday": 1 - row.weekday, **times} for row in rows]
    data = nested_form_data(form_of(office, hours=inline_formset(hours, initial=2)))

    response = manager.post(url("edit", office.pk), data)
    assert response.status_code == 200
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert list(OfficeHours.objects.filter(office=office).values_list("pk", "weekday")) == [
        (rows[0].pk, 0),
        (rows[1].pk, 1),
    ]
