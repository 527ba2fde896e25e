"""A person's own page and what she may change about herself."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress

from people import cabinet
from people.models import District, User
from tests.core.html import Html
from tests.core.words import said
from tests.factories import make_user

pytestmark = pytest.mark.django_db

LANGUAGES = ("kk", "ru")
PROFILE = {"full_name": "Айгүл Серікова", "phone": "+7 700 000 00 00", "language": "ru"}


@pytest.mark.parametrize("address", ["cabinet/", "cabinet/profile/", "account/email/", "account/password/set/"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_a_person_need_sign_in(client, language, address):
    response = client.get(f"/{language}/{address}")

    assert response.status_code == 302
    assert response.url.startswith(f"/{language}/account/login/?next=")
    assert client.post(f"/{language}/{address}", PROFILE).status_code in {302, 405}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cabinet_greets_by_name_and_is_never_stored(client, language):
    client.force_login(make_user(full_name="Айгүл <Серікова>"))

    response = client.get(f"/{language}/cabinet/")

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    html = Html(response)
    assert html.one("h1").text == said(language, "Hello, %(name)s!", name="Айгүл")
    assert "Айгүл <Серікова>" in html.main
    assert html.one("html")["lang"] == language


def test_a_cabinet_without_a_name_has_a_heading_all_the_same(signed_in, person):
    html = Html(signed_in.get("/kk/cabinet/"))

    assert html.one("h1").text == said("kk", "My page")
    assert person.email in html.main


def test_a_participant_sees_no_way_to_the_admin_and_staff_do(client):
    client.force_login(make_user())
    assert not Html(client.get("/kk/cabinet/")).all("a", href="/admin/")

    client.force_login(make_user(group="Desk"))
    assert Html(client.get("/kk/cabinet/")).all("a", href="/admin/")


def test_the_profile_is_saved_and_the_cabinet_says_so(signed_in, person):
    response = signed_in.post("/kk/cabinet/profile/", PROFILE, follow=True)

    assert response.redirect_chain == [("/kk/cabinet/", 302)]
    person.refresh_from_db()
    assert {name: getattr(person, name) for name in PROFILE} == PROFILE
    assert said("kk", "Saved.") in Html(response).main


@pytest.mark.parametrize("wrong", [{"language": "en"}, {"language": ""}, {"full_name": "А" * 151}, {"phone": "7" * 31}])
def test_a_profile_that_makes_no_sense_is_not_saved_and_is_kept_on_screen(signed_in, person, wrong):
    response = signed_in.post("/ru/cabinet/profile/", PROFILE | wrong)

    assert response.status_code == 200
    html = Html(response)
    (name,) = wrong
    problem = next(element for element in html.elements if element.attrs.get("name") == name)
    assert problem["aria-invalid"] == "true"
    if name != "full_name":
        assert html.one("input", name="full_name")["value"] == PROFILE["full_name"]
    person.refresh_from_db()
    assert (person.full_name, person.phone, person.language) == ("", "", "kk")


@pytest.mark.parametrize("language", LANGUAGES)
def test_initials_stand_for_a_picture(client, language):
    client.force_login(make_user(full_name="айгүл серікова"))

    html = Html(client.get(f"/{language}/cabinet/"))

    assert html.one("span", class_="initials").text == "АС"
    assert not html.all("img")


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_has_told_nothing_yet_gets_one_hint_and_only_then(client, language):
    hint = said(language, "Tell us your name and district")
    district = District.objects.first()
    for fields, expected in (({}, True), ({"full_name": "Айгүл"}, False), ({"district": district}, False)):
        client.force_login(make_user(**fields))
        html = Html(client.get(f"/{language}/cabinet/"))
        assert (hint in html.main) is expected
        assert len(html.all("a", class_="sun")) == int(expected)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cabinet_leads_to_everything_kept_about_a_person(client, language):
    client.force_login(make_user())
    html = Html(client.get(f"/{language}/cabinet/"))

    links = [link["href"] for link in html.all("a", class_="row")]
    for path in (
        *("cabinet/profile/", "account/email/", "account/password/change/", "account/2fa/"),
        *("account/sessions/", "cabinet/notifications/"),
    ):
        assert f"/{language}/{path}" in links
        assert client.get(f"/{language}/{path}").status_code == 200


def test_who_has_no_password_may_set_one(client, person):
    person.set_unusable_password()
    person.save()
    client.force_login(person)

    html = Html(client.get("/kk/cabinet/"))

    assert html.all("a", href="/kk/account/password/set/")
    assert said("kk", "Not set: you sign in with a code") in html.main


def test_sections_come_in_their_order_and_a_key_is_taken_once(monkeypatch):
    monkeypatch.setattr(cabinet, "_sections", {})
    for key, order in (("c", 30), ("a", 10), ("b", 20)):
        cabinet.register(cabinet.Section(key, "x.html", lambda user: {}, order=order))

    assert [section.key for section in cabinet.sections()] == ["a", "b", "c"]
    with pytest.raises(ValueError, match="registered already"):
        cabinet.register(cabinet.Section("a", "x.html", lambda user: {}))


def test_nothing_but_name_phone_and_language_can_be_changed(signed_in, person):
    before = User.objects.values().get(pk=person.pk)
    stranger = make_user()
    more = {
        "email": "boss@mail.test",
        "is_staff": "on",
        "is_superuser": "on",
        "is_active": "",
        "groups": ["1"],
        "user_permissions": ["1"],
        "password": "x",
        "id": str(stranger.pk),
        "pk": str(stranger.pk),
    }

    signed_in.post("/kk/cabinet/profile/", PROFILE | more)

    after = User.objects.values().get(pk=person.pk)
    assert {name for name in after if after[name] != before[name]} == set(PROFILE)
    assert not person.groups.exists()
    assert not person.user_permissions.exists()
    stranger.refresh_from_db()
    assert stranger.full_name == ""


def test_an_address_is_changed_only_by_the_code_sent_to_it(signed_in, person):
    signed_in.post("/kk/account/email/", {"email": "new@mail.test", "action_add": ""})

    person.refresh_from_db()
    assert person.email != "new@mail.test"
    assert not EmailAddress.objects.filter(email="new@mail.test", verified=True).exists()


def test_the_address_of_another_person_is_not_told_apart_from_a_free_one(signed_in):
    make_user("taken@mail.test")
    answers = set()
    for email in ("taken@mail.test", "free@mail.test"):
        response = signed_in.post("/kk/account/email/", {"email": email, "action_add": ""})
        answers.add((response.status_code, response.headers.get("Location")))

    assert len(answers) == 1
    assert User.objects.get(email="taken@mail.test").emailaddress_set.get().verified
