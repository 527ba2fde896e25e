"""Finding a house in the register, and entering one that it lacks."""

from __future__ import annotations

import pytest

from people.enums import MembershipRefusal
from people.models import Association
from tests.core.html import Html
from tests.core.words import said
from tests.factories import good_bin, make_association, make_office
from tests.people.association_steps import (
    house_form,
    told,
)

pytestmark = pytest.mark.django_db

LANGUAGES = ("kk", "ru")


def page(association: Association, rest: str = "", language: str = "kk") -> str:
    return f"/{language}/cabinet/association/{association.pk}/{rest}"


@pytest.mark.parametrize("address", ["association/find/", "association/add/", "association/1/", "association/1/claim/"])
def test_pages_of_associations_need_sign_in(client, address):
    response = client.get(f"/ru/cabinet/{address}")

    assert response.url == f"/ru/account/login/?next=/ru/cabinet/{address}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_house_is_found_by_its_number_its_name_or_its_address(signed_in, language):
    house = make_association(name_kk="Ақбұлақ", name_ru="Акбулак", address="Сығанақ көшесі, 15")
    make_association()

    for query in (house.bin, house.bin[:7], "АҚБҰЛАҚ", "акбулак", "сығанақ 15"):
        html = Html(signed_in.get(f"/{language}/cabinet/association/find/", {"q": query}))
        assert html.all("a", href=page(house, "claim/", language)), query


def test_twenty_houses_stand_on_a_page(signed_in):
    for number in range(25):
        make_association(name_kk=f"Жұлдыз {number}")

    first = Html(signed_in.get("/kk/cabinet/association/find/?q=жұлдыз"))
    second = Html(signed_in.get("/kk/cabinet/association/find/?q=жұлдыз&page=2"))

    assert len(first.all("li", class_="card")) == 20
    assert len(second.all("li", class_="card")) == 5


@pytest.mark.parametrize("query", ["", "   ", "%00", "%", "'\"<script>", "ю" * 5000, "😀"])
def test_any_search_is_answered_and_escaped(signed_in, query):
    response = signed_in.get("/kk/cabinet/association/find/", {"q": query, "page": "999999999999999999999"})

    assert response.status_code == 200
    assert b"<script>" not in response.content.split(b"<main")[1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("240140000011", "The last digit does not fit the others: check the BIN for a mistyped digit."),
        ("850101300123", "This is not the number of an organisation. Do not give a person's number (IIN) here."),
        ("12345", "A BIN has 12 digits."),
        ("24014000001x", "A BIN has 12 digits."),
    ],
)
def test_a_wrong_number_is_not_taken_and_what_was_typed_stays(signed_in, language, number, message):
    good = good_bin(1)
    number = good[:-1] + str((int(good[-1]) + 1) % 10) if number == "240140000011" else number
    before = Association.objects.count()

    response = signed_in.post(f"/{language}/cabinet/association/add/", house_form(make_office(), bin=number))

    html = Html(response)
    assert said(language, message) in html.main
    assert html.one("input", name="bin")["value"] == number
    assert html.one("input", name="address")["value"] == house_form(make_office())["address"]
    assert Association.objects.count() == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_house_needs_a_name_in_one_language_and_a_district_of_its_city(signed_in, language):
    office, almaty = make_office(), make_office("almaty")
    foreign = almaty.districts.first()

    response = signed_in.post(
        f"/{language}/cabinet/association/add/", house_form(office, name_kk="", district=foreign.pk)
    )

    main = Html(response).main
    assert said(language, "This district is in another city.") in main
    assert said(language, "Give the name in at least one language.") in main
    assert not Association.objects.exists()


def test_a_house_that_the_register_lacks_is_entered_and_marked(signed_in):
    office = make_office()
    district = office.districts.first()
    more = {"is_in_register": "on", "lock_seq": "99", "search_text": "x"}
    number = good_bin(7)
    spaced = f"{number[:6]} {number[6:]}"

    response = signed_in.post(
        "/kk/cabinet/association/add/", house_form(office, bin=spaced, district=district.pk) | more
    )

    house = Association.objects.get()
    assert response.url == page(house, "claim/")
    assert (house.bin, house.district, house.is_in_register, house.lock_seq) == (number, district, False, 0)


def test_a_number_that_exists_leads_to_the_house_that_has_it(signed_in):
    house = make_association(name_kk="Бар үй")

    response = signed_in.post("/kk/cabinet/association/add/", house_form(make_office(), bin=house.bin, address=""))

    assert response.url == page(house, "claim/")
    house.refresh_from_db()
    assert house.name_kk == "Бар үй"
    assert Association.objects.count() == 1


def test_five_houses_a_day_are_enough(signed_in):
    for number in range(6):
        response = signed_in.post("/kk/cabinet/association/add/", house_form(make_office(), address=f"Үй {number}"))

    assert told("kk", MembershipRefusal.TOO_MANY_CLAIMS) in Html(response).main
    assert Association.objects.count() == 5
