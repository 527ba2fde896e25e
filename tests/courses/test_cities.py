"""More than one city: the calendar by city, the city on cards, pages, letters and calendar files, whom to ask."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from icalendar import Calendar

from core.outbox import OutboxMessage
from courses import actions
from courses.enums import RunStatus
from courses.runs import CourseRun
from people.enums import OfficeState
from people.models import Office, OfficeAddress, OfficePhone
from tests.core.html import Html
from tests.core.words import said
from tests.factories import make_office, make_run

pytestmark = pytest.mark.django_db

LANGUAGES = ["kk", "ru"]


@pytest.fixture(autouse=True)
def fresh_card():
    cache.clear()


def here(**fields) -> CourseRun:
    return make_run(**fields)


def there(**fields) -> CourseRun:
    """A run of Almaty at a venue of Almaty."""
    run = make_run(office=make_office("almaty"), **fields)
    run.venue.__class__.objects.filter(pk=run.venue.pk).update(city_kk="Алматы", city_ru="Алматы")
    return CourseRun.objects.for_cards().get(pk=run.pk)


def codes(html: Html) -> set[str]:
    links = [link["href"] for link in html.all("a") if "/seminars/" in link["href"]]
    return {href.split("/seminars/")[1].strip("/") for href in links if "?" not in href} - {""}


def cities(html: Html) -> list[tuple[str, str, bool]]:
    """What the choice of a city offers: words, address, whether it is the current one."""
    if not html.all("nav", class_="cities"):
        return []
    return [(a.text, a["href"], "aria-current" in a.attrs) for a in html.all("a") if "?city=" in a["href"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_one_city_nothing_is_asked(client, language):
    run = here()
    there(status=RunStatus.DRAFT)

    for address in (f"/{language}/seminars/", f"/{language}/seminars/?city=almaty"):
        html = Html(client.get(address))
        assert cities(html) == []
        assert codes(html) == {run.code}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_city_is_chosen_by_a_link(client, language):
    runs = {"astana": here(), "almaty": there()}
    past = {"astana": here(starts_in=-timedelta(days=9)), "almaty": there(starts_in=-timedelta(days=9))}
    page = f"/{language}/seminars/"
    everything = {run.code for run in [*runs.values(), *past.values()]}

    html = Html(client.get(page))
    assert cities(html) == [("Астана", f"{page}?city=astana", False), ("Алматы", f"{page}?city=almaty", False)]
    everywhere = said(language, "All cities")
    assert ["aria-current" in a.attrs for a in html.all("a", href=page) if a.text == everywhere] == [True]
    assert codes(html) == everything

    for key in runs:
        html = Html(client.get(f"{page}?city={key}"))
        assert codes(html) == {runs[key].code, past[key].code}
        assert [href for _words, href, is_current in cities(html) if is_current] == [f"{page}?city={key}"]


@pytest.mark.parametrize(
    "city", ["", "nowhere", "shymkent", "Astana", "astana'--", "%00", "<script>alert(1)</script>", "астана", "a" * 5000]
)
def test_an_unknown_city_is_ignored(client, city):
    runs = {here().code, there().code}

    response = client.get("/kk/seminars/", {"city": city})

    assert response.status_code == 200
    assert codes(Html(response)) == runs
    assert "<script>alert" not in response.content.decode()


def test_paging_keeps_the_city(client):
    for number in range(14):
        here(starts_in=-timedelta(days=9 + number))
        there(starts_in=-timedelta(days=9 + number))

    html = Html(client.get("/kk/seminars/?city=almaty"))
    further = html.one("a", rel="next")["href"]
    second = Html(client.get(f"/kk/seminars/{further}"))

    assert "city=almaty" in further
    assert len(codes(html)) == 12
    assert len(codes(second)) == 2
    almaty = set(CourseRun.objects.filter(office__key="almaty").values_list("code", flat=True))
    assert codes(html) | codes(second) == almaty
    assert codes(Html(client.get("/kk/seminars/?city=nowhere&page=2"))), "an unknown city keeps the page"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("fields", "has_no_venue", "words"),
    [
        ({}, False, ""),
        ({"modality": "online"}, False, "online, front office: %(city)s"),
        ({}, True, "%(city)s, the place will be announced"),
    ],
    ids=["at a venue", "online", "no venue yet"],
)
def test_card_page_letter_and_calendar_file_name_the_city(
    client, person, language, fields, has_no_venue, words, django_capture_on_commit_callbacks
):
    run = there(**fields)
    if has_no_venue:
        run.sessions.update(venue=None)
    where = said(language, words, city="Алматы") if words else "Алматы"
    client.force_login(person)

    assert where.casefold() in Html(client.get(f"/{language}/seminars/")).one("li", class_="run-card").text.casefold()
    assert (
        where.casefold()
        in Html(client.get(f"/{language}/seminars/{run.code}/")).one("dl", class_="facts").text.casefold()
    )
    with django_capture_on_commit_callbacks(execute=True):
        seat, _created = actions.enrol(
            run_id=run.pk, user=person, full_name="Айгүл", phone="", language=language, actor=person
        )
    assert where in mail.outbox[0].body
    event = Calendar.from_ical(client.get(f"/{language}/seats/{seat.public_id}/calendar.ics").content).walk("VEVENT")[0]
    assert where in str(event["LOCATION"])


def test_a_past_run_names_its_city(client):
    there(starts_in=-timedelta(days=9))

    assert "Алматы" in Html(client.get("/kk/seminars/")).one("li", class_="past-run").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_run_page_leads_to_the_office_of_its_own_city(client, language):
    OfficePhone.objects.create(office=make_office("astana"), number="+7 717 200 00 00")
    almaty = make_office("almaty")
    OfficePhone.objects.create(office=almaty, number="+7 727 300 00 00")
    OfficeAddress.objects.create(office=almaty, address_kk="Абай көшесі, 1", address_ru="ул. Абая, 1")
    Office.objects.filter(pk=almaty.pk).update(state=OfficeState.OPEN, email="almaty@office.test")

    main = Html(client.get(f"/{language}/seminars/{there().code}/")).main

    assert "+7 727 300 00 00" in main
    assert "almaty@office.test" in main
    assert {"kk": "Абай көшесі, 1", "ru": "ул. Абая, 1"}[language] in main
    assert "+7 717 200 00 00" not in main


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_office_that_has_announced_nothing_invents_nothing(client, language):
    main = Html(client.get(f"/{language}/seminars/{there().code}/")).main

    assert f"Алматы, {said(language, 'the address will be announced')}" in main
    assert said(language, "The phone number will be announced") in main


def test_a_seat_page_that_says_call_us_gives_the_phone_of_its_own_office(client, person):
    OfficePhone.objects.create(office=make_office("astana"), number="+7 717 200 00 00")
    OfficePhone.objects.create(office=make_office("almaty"), number="+7 727 300 00 00")
    run = there()
    seat, _created = actions.enrol(run_id=run.pk, user=person, full_name="А Б", phone="", language="kk", actor=person)
    actions.cancel(enrolment_id=seat.pk, actor=person, by_staff=True)
    client.force_login(person)

    main = Html(client.get(f"/kk/seats/{seat.public_id}/")).main

    assert "+7 727 300 00 00" in main
    assert "+7 717 200 00 00" not in main


def test_letters_about_a_seat_belong_to_the_account(person):
    run = here(capacity=1)
    actions.enrol(run_id=run.pk, user=person, full_name="А Б", phone="", language="kk", actor=person)

    assert OutboxMessage.objects.get().person == person
    actions.cancel(enrolment_id=run.enrolments.get().pk, actor=person)
    assert set(OutboxMessage.objects.values_list("person", flat=True)) == {person.pk}


def test_a_participant_without_an_account_still_gets_letters():
    run = here(capacity=1, confirmed=1, waiting=1)
    CourseRun.objects.filter(pk=run.pk).update(capacity=2)

    actions.settle_run(run_id=run.pk, actor=None)

    message = OutboxMessage.objects.get()
    assert (message.kind, message.person) == ("courses/promoted", None)
