"""The profile: name, phone, language and district, by the same rules as a sign-up form."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.forms import SeatForm
from people.enums import OfficeState
from people.models import District, Office
from tests.core.html import Html
from tests.core.words import said
from tests.factories import make_office, make_run, make_user

pytestmark = pytest.mark.django_db

LANGUAGES = ("kk", "ru")
PAGE = "/kk/cabinet/profile/"
PROFILE = {"full_name": "Айгүл Серікова", "phone": "+7 700 000 00 00", "language": "ru", "district": ""}


def district(key: str = "astana") -> District:
    return District.objects.filter(office=make_office(key)).first()


@pytest.mark.parametrize("language", LANGUAGES)
def test_districts_stand_under_their_cities_in_the_readers_language(signed_in, language):
    html = Html(signed_in.get(f"/{language}/cabinet/profile/"))

    offices = Office.objects.in_order()
    cities = [getattr(office, f"city_{language}") for office in offices]
    assert [group["label"] for group in html.all("optgroup")] == cities
    choices = [element.text for element in html.all("option")]
    for row in District.objects.all():
        assert getattr(row, f"name_{language}") in choices
    assert said(language, "Not chosen") in choices


def test_a_district_is_saved_shown_again_and_taken_back(signed_in, person):
    wanted = district("almaty")
    signed_in.post(PAGE, PROFILE | {"district": wanted.pk})

    person.refresh_from_db()
    assert person.district == wanted
    assert Html(signed_in.get(PAGE)).one("option", value=str(wanted.pk)).attrs.keys() >= {"selected"}

    signed_in.post(PAGE, PROFILE)
    person.refresh_from_db()
    assert person.district is None


@pytest.mark.parametrize("wrong", ["999999", "abc", "0", "-1", "1'--", "9" * 40])
def test_a_district_that_does_not_exist_is_refused(signed_in, person, wrong):
    response = signed_in.post(PAGE, PROFILE | {"district": wrong})

    assert response.status_code == 200
    assert Html(response).one("select", name="district")["aria-invalid"] == "true"
    person.refresh_from_db()
    assert (person.full_name, person.district) == ("", None)


def test_a_city_whose_office_was_closed_is_no_longer_a_choice(signed_in, person):
    wanted = district("shymkent")
    Office.objects.filter(key="shymkent").update(state=OfficeState.CLOSED)

    assert not Html(signed_in.get(PAGE)).all("option", value=str(wanted.pk))
    assert signed_in.post(PAGE, PROFILE | {"district": wanted.pk}).status_code == 200
    person.refresh_from_db()
    assert person.district is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("field", "typed", "problem"),
    [
        ("full_name", "12345", "Write your name in letters."),
        ("full_name", "!?", "Write your name in letters."),
        ("full_name", "А 1", "Write your name in letters."),
        ("phone", "call me", "Write the number like +7 701 123 45 67, or leave it empty."),
        ("phone", "123", "Write the number like +7 701 123 45 67, or leave it empty."),
        ("phone", "+7 701 123 45 67 <b>", "Write the number like +7 701 123 45 67, or leave it empty."),
    ],
)
def test_a_seat_and_the_profile_refuse_the_same_in_the_same_words(client, language, field, typed, problem):
    person = make_user()
    client.force_login(person)
    response = client.post(f"/{language}/cabinet/profile/", PROFILE | {field: typed})
    sign_up = client.post(f"/{language}/seminars/{make_run().code}/enrol/", {field: typed})

    html = Html(response)
    assert said(language, problem) in html.main
    assert html.one("input", name=field)["value"] == typed
    assert said(language, problem) in Html(sign_up).main
    person.refresh_from_db()
    assert (person.full_name, person.phone) == ("", "")


@pytest.mark.parametrize("field", ["full_name", "phone"])
def test_a_seat_and_the_profile_keep_the_same(signed_in, person, field):
    typed = {"full_name": "  Айгүл \t Серікова ", "phone": " +7 (701)  123-45-67 "}
    kept = {"full_name": "Айгүл Серікова", "phone": "+7 (701) 123-45-67"}

    signed_in.post(PAGE, PROFILE | typed)
    form = SeatForm({**typed, "consent": "on"})

    person.refresh_from_db()
    assert getattr(person, field) == kept[field]
    assert form.is_valid()
    assert form.cleaned_data[field] == kept[field]


def test_name_and_phone_may_stay_empty(signed_in, person):
    response = signed_in.post(PAGE, {"full_name": "", "phone": "", "language": "ru", "district": ""})

    assert response.status_code == 302
    person.refresh_from_db()
    assert (person.full_name, person.phone, person.language) == ("", "", "ru")


def test_what_was_typed_comes_back_as_text_and_never_as_markup(signed_in):
    body = signed_in.post(PAGE, PROFILE | {"full_name": '"><script>x</script>', "phone": "x"}).content.decode()

    assert "<script>x" not in body
    assert "&lt;script&gt;x&lt;/script&gt;" in body


def test_more_cities_and_districts_cost_the_same(signed_in):
    def cost() -> int:
        signed_in.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            signed_in.get(PAGE)
        return len(queries)

    before = cost()
    for number in range(5):
        office = make_office(f"city-{number}")
        District.objects.bulk_create(
            District(office=office, name_kk=f"Аудан {place}", name_ru=f"Район {place}", sort_order=place)
            for place in range(5)
        )
    assert cost() == before
