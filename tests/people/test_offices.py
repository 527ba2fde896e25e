"""What the site says about front offices: hours, today, the footer, the page of offices."""

from __future__ import annotations

import datetime
from datetime import date, time
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from core.blocks import BODY_BLOCKS
from home.pages import StandardPage
from people.blocks import OfficesBlock
from people.enums import OfficeState
from people.models import Office, OfficeAddress, OfficeException, OfficeHours, OfficePhone
from people.office_card import OfficeCard, office_card
from people.office_hours import coming_exceptions, day_of, exception_in_words, is_open_now, state_now, week_in_words
from tests.core.html import Html
from tests.core.words import said
from tests.factories import make_office, make_user

pytestmark = pytest.mark.django_db

LANGUAGES = ["kk", "ru"]
ALMATY = ZoneInfo("Asia/Almaty")
MONDAY = date(2026, 11, 30)
NINE, SIX = time(9), time(18)


@pytest.fixture(autouse=True)
def fresh_card():
    cache.clear()


@pytest.fixture
def office() -> Office:
    """Open on working days from nine to six, on Saturday till two."""
    office = make_office("astana")
    for weekday in range(5):
        OfficeHours.objects.create(office=office, weekday=weekday, opens=NINE, closes=SIX)
    OfficeHours.objects.create(office=office, weekday=5, opens=time(10), closes=time(14))
    return Office.objects.get(pk=office.pk)


def at(day: date, clock: str) -> datetime.datetime:
    return datetime.datetime.combine(day, time.fromisoformat(clock), ALMATY)


def closed(office: Office, day: date, **fields) -> OfficeException:
    return OfficeException.objects.create(office=office, date=day, **fields)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", "дүйсенбі–жұма 09:00–18:00; сенбі 10:00–14:00"),
        ("ru", "понедельник–пятница 09:00–18:00; суббота 10:00–14:00"),
    ],
)
def test_days_with_the_same_hours_are_told_together(office, language, words):
    with translation.override(language):
        assert week_in_words(office.hours.all()) == words


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], ""),
        ([(0, None, None)], ""),
        ([(2, NINE, SIX)], "сәрсенбі 09:00–18:00"),
        ([(0, NINE, SIX), (2, NINE, SIX)], "дүйсенбі 09:00–18:00; сәрсенбі 09:00–18:00"),
        ([(1, NINE, SIX), (0, NINE, SIX)], "дүйсенбі–сейсенбі 09:00–18:00"),
        ([(0, NINE, SIX), (1, NINE, time(17, 30))], "дүйсенбі 09:00–18:00; сейсенбі 09:00–17:30"),
    ],
    ids=["none", "day off", "one", "a gap", "unsorted", "other hours"],
)
def test_the_week_in_words_leaves_days_off_out(kk, rows, words):
    hours = [OfficeHours(weekday=weekday, opens=opens, closes=closes) for weekday, opens, closes in rows]

    assert week_in_words(hours) == words


@pytest.mark.parametrize(
    ("day", "clock", "is_open", "message"),
    [
        (MONDAY, "00:00", False, "Opens today at %(time)s"),
        (MONDAY, "08:59:59", False, "Opens today at %(time)s"),
        (MONDAY, "09:00", True, "Open now, until %(time)s"),
        (MONDAY, "17:59:59", True, "Open now, until %(time)s"),
        (MONDAY, "18:00", False, "Closed for today"),
        (MONDAY, "23:59:59", False, "Closed for today"),
        (date(2026, 12, 5), "13:59", True, "Open now, until %(time)s"),
        (date(2026, 12, 6), "12:00", False, "Closed today"),
    ],
)
def test_today_at_each_edge_of_the_hours(office, kk, day, clock, is_open, message):
    moment = at(day, clock)
    hours = day_of(office, day)

    words = state_now(office, moment)

    shown = hours.opens if "at %" in message else hours.closes
    assert words == said("kk", message, **({"time": f"{shown:%H:%M}"} if "%" in message else {}))
    assert is_open_now(office, moment) is is_open


def test_the_clock_is_that_of_the_office_whatever_zone_is_active(office, kk):
    """19:30 UTC on Sunday is half past midnight of Monday in the offices; 04:30 UTC on Monday is half past nine."""
    with timezone.override("America/New_York"):
        sunday_evening = datetime.datetime(2026, 11, 29, 19, 30, tzinfo=datetime.UTC)
        monday_morning = datetime.datetime(2026, 11, 30, 4, 30, tzinfo=datetime.UTC)
        assert state_now(office, sunday_evening) == said("kk", "Opens today at %(time)s", time="09:00")
        assert is_open_now(office, monday_morning)
        assert not is_open_now(office, datetime.datetime(2026, 11, 30, 9, 0, tzinfo=ZoneInfo("America/New_York")))


def test_an_exception_goes_before_the_week_from_midnight_to_midnight(office, kk):
    closed(office, MONDAY)
    closed(office, date(2026, 12, 6), opens=time(11), closes=time(12))
    office = Office.objects.in_full().get(pk=office.pk)

    assert state_now(office, at(date(2026, 11, 29), "23:59:59")) == said("kk", "Closed today"), "Sunday as always"
    assert state_now(office, at(MONDAY, "00:00")) == said("kk", "Closed today")
    assert state_now(office, at(MONDAY, "12:00")) == said("kk", "Closed today")
    assert is_open_now(office, at(date(2026, 12, 1), "12:00"))
    assert is_open_now(office, at(date(2026, 12, 6), "11:30")), "a Sunday with hours of its own"
    assert not is_open_now(office, at(date(2026, 12, 6), "12:00"))


def test_an_office_without_hours_does_not_claim_to_be_closed(kk):
    office = make_office("astana")
    assert state_now(office, at(MONDAY, "12:00")) == ""
    assert not is_open_now(office, at(MONDAY, "12:00"))

    closed(office, MONDAY)
    assert state_now(office, at(MONDAY, "12:00")) == said("kk", "Closed today")
    assert state_now(office, at(date(2026, 12, 1), "12:00")) == ""


def test_coming_exceptions_are_those_of_today_and_thirty_days(office):
    for days in (-1, 30, 0, 31, 5):
        closed(office, MONDAY + datetime.timedelta(days=days))

    found = coming_exceptions(office, MONDAY)

    assert [(day.date - MONDAY).days for day in found] == [0, 5, 30]


@pytest.mark.parametrize(
    ("language", "free", "short"),
    [
        ("kk", "2031 ж. 16 желтоқсан: жабық (Тәуелсіздік күні)", "2031 ж. 30 желтоқсан: 09:00–13:00"),
        ("ru", "16 декабря 2031 г.: закрыто (День Независимости)", "30 декабря 2031 г.: 09:00–13:00"),
    ],
)
def test_an_exception_in_words(language, free, short):
    office = SimpleNamespace(
        exceptions=SimpleNamespace(
            all=lambda: [
                OfficeException(date=date(2031, 12, 16), note_kk="Тәуелсіздік күні", note_ru="День Независимости"),
                OfficeException(date=date(2031, 12, 30), opens=NINE, closes=time(13)),
            ]
        )
    )
    with translation.override(language):
        words = [exception_in_words(day) for day in coming_exceptions(office, date(2031, 12, 10))]

    assert words == [free, short]


# The card in the footer


def footer(client, language="kk") -> str:
    return Html(client.get(f"/{language}/about/")).one("footer").text


@pytest.mark.parametrize(("language", "city"), [("kk", "Астана"), ("ru", "Астана")])
def test_the_footer_names_the_city_and_the_week(client, office, language, city):
    with translation.override(language):
        week = week_in_words(office.hours.all())

    words = footer(client, language)

    assert city in words
    assert week in words


def test_the_footer_without_an_open_office_still_stands(client):
    Office.objects.update(state=OfficeState.PLANNED)

    assert "109" in footer(client)


def test_a_card_tells_the_first_address_and_phone(office):
    for number in (1, 2):
        OfficePhone.objects.create(office=office, number=f"+7 717 200 00 0{number}", sort_order=number)
        OfficeAddress.objects.create(
            office=office, address_kk=f"Көше {number}", address_ru=f"Улица {number}", sort_order=number
        )

    with translation.override("ru"):
        card = office_card(Office.objects.get(pk=office.pk))

    assert (card.phone, card.address, card.city) == ("+7 717 200 00 01", "Улица 1", "Астана")
    assert office_card(Office(city_kk="Тараз", city_ru="Тараз", key="taraz")) == OfficeCard(city="Тараз")


def office_form(office: Office, **changes) -> dict:
    empty = {name: inline_formset([]) for name in ("phones", "addresses", "hours", "exceptions", "districts")}
    fields = {name: getattr(office, name) for name in ("city_kk", "city_ru", "key", "state", "languages", "position")}
    districts = [
        {"id": row.pk, "name_kk": row.name_kk, "name_ru": row.name_ru}
        for row in office.districts.order_by("sort_order")
    ]
    empty["districts"] = inline_formset(districts, initial=len(districts))
    return nested_form_data(fields | {"email": ""} | empty | changes)


def test_what_staff_save_in_the_admin_stands_in_the_footer_at_once(client, django_capture_on_commit_callbacks):
    office = make_office("astana")
    assert "+7 717 255 55 55" not in footer(client)
    client.force_login(make_user(group="Managers"))
    form = office_form(
        office,
        phones=inline_formset([{"number": "+7 717 255 55 55", "note_kk": "", "note_ru": ""}]),
        hours=inline_formset([{"weekday": "0", "opens": "09:00", "closes": "18:00"}]),
    )

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("wagtailsnippets_people_office:edit", args=[office.pk]), form)

    assert response.status_code == 302, response.content.decode()[-3000:]
    for language in LANGUAGES:
        assert "+7 717 255 55 55" in footer(client, language)
        assert "09:00–18:00" in footer(client, language)


def test_a_card_cached_while_the_change_was_not_committed_is_forgotten(client, django_capture_on_commit_callbacks):
    office = make_office("astana")
    with django_capture_on_commit_callbacks(execute=True):
        office.email = "new@office.test"
        office.save()
        cache.set("front-office-card:kk", OfficeCard(email="old@office.test"))  # another worker, still on the old row

    assert "new@office.test" in footer(client)


# The block of offices


def offices(client, language="kk") -> Html:
    return Html(client.get(f"/{language}/front-office/"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_front_office_page_of_a_new_site_promises_nothing(client, language):
    main = offices(client, language).main

    for words in (
        "The address will be announced",
        "The phone number will be announced",
        "The working hours will be announced",
    ):
        assert said(language, words) in main
    cities = "Алматы, Шымкент"
    words = "Front offices are being prepared: %(cities)s. Their addresses will stand here when they open."
    assert said(language, words, cities=cities) in main
    assert "Астана" in [heading.text for heading in offices(client, language).all("h3")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_open_office_is_shown_with_all_that_is_known(client, office, language):
    OfficePhone.objects.create(office=office, number="+7 717 255 55 55", note_kk="қабылдау", note_ru="приемная")
    OfficeAddress.objects.create(
        office=office, address_kk="Тест көшесі, 5", address_ru="ул. Тестовая, 5", directions_kk="2-қабат",
        directions_ru="2 этаж", is_step_free=True,
    )  # fmt: skip
    closed(office, timezone.localdate() + datetime.timedelta(days=2), note_kk="Мереке", note_ru="Праздник")
    office.email = "office@mail.test"
    office.save()

    html = offices(client, language)

    number = {"kk": 0, "ru": 1}[language]
    for pair in [
        ("Тест көшесі, 5", "ул. Тестовая, 5"),
        ("2-қабат", "2 этаж"),
        ("қабылдау", "приемная"),
        ("Мереке", "Праздник"),
    ]:
        assert pair[number] in html.main
    assert html.all("a", href="tel:+77172555555")
    assert html.all("a", href="mailto:office@mail.test")
    with translation.override(language):
        week = week_in_words(office.hours.all())
        assert week[0].upper() + week[1:] in html.main
        assert state_now(Office.objects.in_full().get(pk=office.pk)) in html.main
    assert said(language, "Kazakh and Russian").capitalize() in html.main
    assert said(language, "Entrance without steps") in html.main
    assert said(language, "The address will be announced") not in html.main


def test_an_office_that_opens_moves_up_and_a_closed_one_is_gone(client):
    Office.objects.filter(key="almaty").update(state=OfficeState.OPEN)
    Office.objects.filter(key="shymkent").update(state=OfficeState.CLOSED)

    html = offices(client)

    assert [heading.text for heading in html.all("h3") if heading.text in {"Астана", "Алматы", "Шымкент"}] == [
        "Астана",
        "Алматы",
    ]
    assert "Шымкент" not in html.main


def test_without_any_office_the_page_says_so(client):
    Office.objects.update(state=OfficeState.CLOSED)

    assert said("kk", "No front office is open yet.") in offices(client).main


def test_more_offices_cost_no_more_queries(client):
    def cost() -> int:
        client.get("/kk/front-office/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/kk/front-office/")
        return len(queries)

    before = cost()
    for number in range(3):
        office = make_office(f"city-{number}")
        OfficePhone.objects.create(office=office, number="1")
        OfficeHours.objects.create(office=office, weekday=number, opens=NINE, closes=SIX)
        closed(office, timezone.localdate())

    assert cost() == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_block_keeps_the_rules_of_the_house(language):
    block = OfficesBlock()
    block.set_name("offices")

    assert "offices" not in dict(BODY_BLOCKS), "core knows no offices"
    assert block.meta.icon != "placeholder"
    assert block.meta.label
    assert block.meta.description
    assert block.meta.template == "blocks/offices.html"
    with translation.override(language):
        assert "Фронт-кеңселер" in block.render(block.get_preview_value())


def test_an_editor_sees_the_preview_and_names_are_no_markup(client):
    client.force_login(make_user(group="Editors"))
    block = StandardPage._meta.get_field("body").stream_block.child_blocks["offices"]
    Office.objects.filter(key="astana").update(city_kk="<script>alert(1)</script>", city_ru="<script>alert(1)</script>")

    response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})

    assert response.status_code == 200
    assert "Фронт-кеңселер" in response.content.decode()
    assert "<script>alert" not in response.content.decode()
    assert "&lt;script&gt;alert" in client.get("/kk/front-office/").content.decode()
