"""The deadline calendar of a phone: its secret address, and what the file says and does not say."""

from __future__ import annotations

import hashlib
import logging
import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from law.calendar_feed import make_feed, revoke_feed
from law.duties import CalendarFeed, Duty
from law.duty_calendar import horizon
from tests.core.html import Html
from tests.core.words import said
from tests.factories import make_association, make_membership, make_user

pytestmark = pytest.mark.django_db

LANGUAGES = ("kk", "ru")
WRONG = (
    *(f"/calendar/{'A' * 32}.ics", "/calendar/x.ics", f"/calendar/{'x' * 500}.ics", "/calendar/", "/calendar/.ics"),
    *("/calendar/a/b.ics", "/calendar/%00.ics", "/calendar/%D2%9B.ics", "/calendar/../x.ics", "/calendar/%ff%fe"),
)


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()
    yield
    cache.clear()


def address(user, language: str = "kk") -> str:
    return f"/calendar/{make_feed(user=user, language=language, actor=user)}.ics"


def read(url: str, **headers):
    """As a phone does: without cookies."""
    return Client().get(url, headers=headers)


def events(response) -> list:
    return Calendar.from_ical(response.content).walk("VEVENT")


# The address ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["cabinet/deadlines/", "cabinet/deadlines/make/", "cabinet/deadlines/revoke/"])
def test_the_page_of_the_address_needs_sign_in(client, language, path):
    for method in (client.get, client.post):
        response = method(f"/{language}/{path}")

        assert response.status_code == 302
        assert response.url.startswith(f"/{language}/account/login/?next=")
    assert not CalendarFeed.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_is_made_shown_once_and_works(signed_in, person, language):
    response = signed_in.post(f"/{language}/cabinet/deadlines/make/")

    html = Html(response)
    shown = html.one("input", id="address")["value"]
    token = re.fullmatch(r"http://testserver/calendar/([\w-]+)\.ics", shown)[1]
    assert len(token) >= 22  # 128 bits in base64
    assert "no-store" in response["Cache-Control"]
    assert html.one("meta", name="robots")["content"] == "noindex"
    assert html.all("a", href=shown.replace("http://", "webcal://"))
    assert "iPhone" in html.main
    assert "Android" in html.main

    feed = CalendarFeed.objects.get(user=person)
    assert feed.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert feed.language == language
    later = signed_in.get(f"/{language}/cabinet/deadlines/").content.decode()
    assert token not in later
    assert feed.token_hash not in later
    assert read(shown).status_code == 200


def test_looking_makes_and_revokes_nothing(signed_in, person):
    assert signed_in.get("/kk/cabinet/deadlines/make/").url == "/kk/cabinet/deadlines/"
    assert not CalendarFeed.objects.exists()

    url = address(person)
    assert signed_in.get("/kk/cabinet/deadlines/revoke/").url == "/kk/cabinet/deadlines/"
    assert read(url).status_code == 200


def test_a_new_address_stops_the_old_one_at_once(signed_in, person):
    old = address(person)
    new = Html(signed_in.post("/kk/cabinet/deadlines/make/")).one("input", id="address")["value"]

    assert read(old).status_code == 404
    assert read(new).status_code == 200
    assert CalendarFeed.objects.filter(user=person).count() == 1


def test_a_revoked_address_stops_and_revoking_twice_is_no_error(signed_in, person):
    url = address(person)

    page = Html(signed_in.post("/ru/cabinet/deadlines/revoke/", follow=True)).main

    assert said("ru", "The calendar address no longer works.") in page
    assert read(url).status_code == 404
    assert signed_in.post("/ru/cabinet/deadlines/revoke/", follow=True).status_code == 200


def test_nobody_makes_or_revokes_an_address_for_another(person):
    url, stranger = address(person), make_user()

    for action in (
        lambda: make_feed(user=person, language="kk", actor=stranger),
        lambda: revoke_feed(user=person, actor=stranger),
    ):
        with pytest.raises(PermissionError):
            action()
    assert read(url).status_code == 200


def test_the_address_goes_with_the_account_and_sleeps_while_it_is_closed(person):
    url = address(person)
    person.is_active = False
    person.save()
    assert read(url).status_code == 404

    person.is_active = True
    person.save()
    assert read(url).status_code == 200
    person.delete()
    assert read(url).status_code == 404
    assert not CalendarFeed.objects.exists()


def test_every_wrong_address_gets_one_and_the_same_answer(person, caplog):
    revoked, replaced = address(person), address(make_user())
    revoke_feed(user=person, actor=person)
    make_feed(user=CalendarFeed.objects.get().user, language="kk", actor=CalendarFeed.objects.get().user)
    answers = set()
    with caplog.at_level(logging.DEBUG):
        for url in (revoked, replaced, *WRONG):
            response = read(url)
            headers = {name: value for name, value in response.items() if name != "Date"}
            answers.add((response.status_code, response.content, tuple(sorted(headers.items()))))
            assert not response.cookies

    assert len(answers) == 1
    assert next(iter(answers))[0] == 404
    assert "calendar/" not in caplog.text


def test_a_network_that_asks_too_often_is_told_to_wait(person, caplog):
    url = address(person)
    statuses = [read(url).status_code for _ in range(121)]

    assert set(statuses[:120]) == {200}
    with caplog.at_level(logging.DEBUG):
        refused = read(url)
    assert (statuses[120], refused.status_code, refused["Retry-After"]) == (429, 429, "60")
    assert "calendar/" not in caplog.text
    assert Client(REMOTE_ADDR="203.0.113.9").get(url).status_code == 200


def test_nothing_is_posted_to_an_address_and_trying_leaves_no_trace_of_it(person, caplog):
    with caplog.at_level(logging.DEBUG):
        response = Client().post(address(person))

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert "calendar/" not in caplog.text


# The file ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_has_every_date_of_13_months_in_the_persons_language(person, on, language):
    on(date(2026, 11, 23))
    response = read(address(person, language))

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Language"] == language
    found = {}
    for event in events(response):
        found.setdefault(str(event["SUMMARY"]), []).append(event["DTSTART"].dt)
    titles = {duty.key: getattr(duty, f"title_{language}") for duty in Duty.objects.dated()}
    assert set(found) == set(titles.values())
    assert found[titles["monthly-report"]] == [
        date(2026 + (month > 12), (month - 1) % 12 + 1, 19) for month in range(12, 25)
    ]
    assert found[titles["annual-report"]] == [date(2027, 3, 31)]
    assert found[titles["contributions"]][0] == date(2026, 11, 25)
    assert found[titles["contributions"]][-1] == date(2027, 12, 25)


def test_the_horizon_is_the_end_of_a_month_more_than_a_year_on():
    assert horizon(date(2026, 11, 23)) == date(2027, 12, 31)
    assert horizon(date(2027, 1, 31)) == date(2028, 2, 29)
    assert horizon(date(2026, 12, 1)) == date(2028, 1, 31)


def test_a_date_is_a_whole_day_with_a_reminder_at_nine_the_morning_before(person, on):
    on(date(2026, 11, 23))

    for event in events(read(address(person))):
        assert type(event["DTSTART"].dt) is date
        assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(days=1)
        assert str(event["TRANSP"]) == "TRANSPARENT"
        (alarm,) = event.walk("VALARM")
        assert str(alarm["ACTION"]) == "DISPLAY"
        assert alarm["TRIGGER"].dt == timedelta(hours=-15)
        assert alarm["DESCRIPTION"] == event["SUMMARY"]


@pytest.mark.parametrize(("language", "article"), [("kk", "46-бап, 1-тармақ"), ("ru", "Статья 46, пункт 1")])
def test_a_date_names_its_article_and_the_page_to_read(person, language, article):
    reports = [event for event in events(read(address(person, language))) if "monthly-report" in str(event["UID"])]

    assert reports
    for event in reports:
        assert article in str(event["DESCRIPTION"])
        assert f"/{language}/deadlines/" in str(event["DESCRIPTION"])


def test_a_date_keeps_its_identity_from_day_to_day(person, on):
    on(date(2026, 11, 23))
    url = address(person)
    first = {event["DTSTART"].dt: str(event["UID"]) for event in events(read(url)) if "report" in str(event["UID"])}
    on(date(2026, 12, 20))
    second = {event["DTSTART"].dt: str(event["UID"]) for event in events(read(url)) if "report" in str(event["UID"])}

    assert len(set(first.values())) == len(first)
    assert date(2026, 12, 19) in first
    assert date(2026, 12, 19) not in second
    assert all(second[day] == uid for day, uid in first.items() if day in second)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chair_sees_the_end_of_her_mandate_and_others_do_not(on, language):
    on(date(2026, 11, 23))
    chair = make_membership(valid_from=date(2024, 2, 1), valid_to=date(2027, 1, 31)).user
    council = make_membership(role="council", valid_to=date(2027, 1, 31)).user

    ends = [event for event in events(read(address(chair, language))) if "mandate" in str(event["UID"])]
    assert [event["DTSTART"].dt for event in ends] == [date(2027, 1, 31)]
    assert str(ends[0]["SUMMARY"]) == said(language, "Last day of the chair's mandate")
    assert {"kk": "51-1-бап, 4-тармақ", "ru": "статья 51-1, пункт 4"}[language] in str(ends[0]["DESCRIPTION"])
    assert not [event for event in events(read(address(council, language))) if "mandate" in str(event["UID"])]


def test_the_file_tells_nothing_of_the_person():
    house = make_association(name_kk="Қыранқия", name_ru="Кыранкия", address="Құпия көшесі, 7")
    user = make_user("kupiya@mail.test", full_name="Айгүл Құпиябаева", phone="+7 701 555 44 33")
    membership = make_membership(user=user, association=house, valid_to=timezone.localdate() + timedelta(days=90))

    text = re.sub(r"\r\n[ \t]", "", read(address(user)).content.decode())

    assert "mandate-" in text
    secrets = (
        *("kupiya", "Айгүл", "Құпия", "555 44 33", "Қыранқия", "Кыранкия", house.bin),
        *(str(membership.public_id), str(house.pk) if house.pk > 9999 else house.bin),
    )
    assert [secret for secret in secrets if secret in text] == []


def test_the_file_is_for_one_reader_and_for_no_search_engine(person):
    response = read(address(person))

    assert "private" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


def test_a_phone_that_has_the_file_gets_no_second_copy(person, on):
    on(date(2026, 11, 23))
    url = address(person)
    first = read(url)

    again = read(url, if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert not again.cookies

    Duty.objects.filter(key="annual-report").update(title_kk="Жаңа атау")
    assert read(url, if_none_match=first["ETag"]).status_code == 200


def test_what_staff_write_stays_one_value_of_the_file(person):
    Duty.objects.filter(key="monthly-report").update(title_kk="Есеп\r\nATTENDEE:mailto:x@mail.test", note_kk="а;б,в\nг")

    for event in events(read(address(person))):
        assert "ATTENDEE" not in event
