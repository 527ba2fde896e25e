"""The calendar of statutory duties: its content, the public page, the section of a chair's cabinet, the admin."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import formats, timezone, translation

from home.starter.files import LANGUAGES, citation, read
from home.starter.pages import Starter
from law.amendments import radar_content_type
from law.duties import Duty
from law.duty_dates import today
from law.enums import DutyRule, DutyUnit
from law.models import Amendment, LegalAct, RadarItem
from law.references import parse
from people.enums import MembershipRole
from tests.core.html import Html
from tests.core.words import said
from tests.factories import make_association, make_membership, make_user

pytestmark = pytest.mark.django_db

FACTS = {facts["key"]: facts for facts in read("duties.yaml")}
# What the law says, read once more here by hand: a typo in the content must not become a missed deadline.
TERMS = {
    "monthly-report": ("monthly", 19, None, "housing-law 46(1)"),
    "annual-report": ("yearly", 31, 3, "housing-law 46(1)"),
    "contributions": ("monthly", 25, None, "housing-law 34-1(8)"),
    "meeting-notice": (5, "calendar_days", "housing-law 42(6)"),
    "survey-sheets": (5, "calendar_days", "housing-law 43(4)"),
    "survey-end": (2, "months", "housing-law 43(2)"),
    "electronic-vote-end": (2, "months", "housing-law 44(2)"),
    "minutes-copy": (5, "working_days", "housing-law 42(17)"),
    "financial-copies": (1, "months", "housing-law 51-1(5)(12)"),
    "open-accounts": (15, "calendar_days", "housing-law 51-1(5)(10)"),
    "handover-documents": (10, "working_days", "housing-law 51-1(4)"),
    "replace-acting-chair": (6, "months", "housing-law 51-1(6)"),
    "chair-election": (36, "months", "housing-law 51-1(1)"),
    "council-election": (36, "months", "housing-law 51(4)"),
    "auditor-election": (36, "months", "housing-law 45(1)"),
    "audit-on-change": (1, "months", "housing-law 45(2)"),
    "audit-yearly": (12, "months", "housing-law 45(2)"),
    "yearly-inspection": (12, "months", "housing-law 10-9(3)"),
}


def written(day: date, language: str) -> str:
    with translation.override(language):
        return formats.date_format(day, "DATE_FORMAT")


def test_the_terms_are_those_of_the_law():
    found = {}
    for key, facts in FACTS.items():
        if facts["rule"] == "after_event":
            found[key] = (facts["amount"], facts["unit"], facts["citation"])
        else:
            found[key] = (facts["rule"], facts["day"], facts.get("month"), facts["citation"])

    assert found == TERMS


@pytest.mark.parametrize("key", FACTS)
def test_each_duty_is_whole_in_both_languages(key):
    facts = FACTS[key]
    act, ref = citation(facts["citation"])

    assert LegalAct.objects.filter(key=act).exists()
    assert parse(ref)
    assert facts["role"] in MembershipRole.values
    assert facts["rule"] in DutyRule.values
    texts = [facts["title"], facts["note"]]
    if facts["rule"] == "after_event":
        assert facts["unit"] in DutyUnit.values
        texts.append(facts["event"])
    for text in texts:
        assert set(text) == set(LANGUAGES)
        assert all(words.strip() for words in text.values())
    assert max(len(words) for words in facts["title"].values()) <= 120


def test_loading_again_leaves_what_a_lawyer_changed():
    duty = Duty.objects.get(key="monthly-report")
    duty.title_ru, duty.day, duty.is_verified = "Исправлено юристом", 15, False
    duty.save()
    Duty.objects.filter(key="audit-yearly").delete()
    before = Duty.objects.count()

    Starter(say=lambda step: None).load()

    duty.refresh_from_db()
    assert (duty.title_ru, duty.day, duty.is_verified) == ("Исправлено юристом", 15, False)
    assert Duty.objects.count() == before + 1 == len(FACTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_anybody_reads_the_next_dates_first_with_their_articles(client, on, language):
    on(date(2026, 12, 14))
    response = client.get(f"/{language}/deadlines/")
    html = Html(response)

    assert response.status_code == 200
    assert not response.cookies
    days = [element["datetime"] for element in html.all("time", class_="day")]
    assert days == ["2026-12-19", "2026-12-25", "2027-03-31"]
    with translation.override(language):
        titles = [Duty.objects.get(key=key).title for key in ("monthly-report", "contributions", "annual-report")]
    assert [element.text for element in html.all("h3")][:3] == titles
    assert {"kk": "5 күннен кейін", "ru": "через 5 дней"}[language] in html.main
    assert written(date(2027, 1, 19), language) in html.main
    assert html.all("a", href=f"/{language}/acts/housing-law/")
    assert {"kk": "46-бап, 1-тармақ", "ru": "Статья 46, пункт 1"}[language] in html.main


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_duty_due_today_is_still_to_come(client, on, language):
    on(date(2026, 12, 19))

    html = Html(client.get(f"/{language}/deadlines/"))

    assert html.all("time", class_="day")[0]["datetime"] == "2026-12-19"
    assert {"kk": "бүгін", "ru": "сегодня"}[language] in html.main


@pytest.mark.parametrize("language", LANGUAGES)
def test_duties_after_an_event_say_what_starts_the_clock_and_name_no_date(client, language):
    html = Html(client.get(f"/{language}/deadlines/"))

    for facts in FACTS.values():
        if facts["rule"] == "after_event":
            assert facts["title"][language] in html.main
            assert facts["event"][language] in html.main
    assert {"kk": "10 жұмыс күні", "ru": "10 рабочих дней"}[language] in html.main
    assert len(html.all("time")) == len([facts for facts in FACTS.values() if facts["rule"] != "after_event"])
    explained = said(
        language,
        "The clock starts with an event in your house, so there is no date here. Where the law counts working days, "
        "weekends and holidays are left out: the site does not say the date until it knows the holidays of the year.",
    )
    assert explained in html.main


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_lawyer_has_not_confirmed_is_marked(client, language):
    warning = said(language, "To be checked by a lawyer")
    unverified = len([facts for facts in FACTS.values() if not facts["verified"]])

    assert unverified == 3
    assert Html(client.get(f"/{language}/deadlines/")).main.count(warning) == unverified

    Duty.objects.update(is_verified=True)
    assert warning not in Html(client.get(f"/{language}/deadlines/")).main


def test_a_site_without_duties_says_so(client):
    Duty.objects.all().delete()

    response = client.get("/ru/deadlines/")

    assert response.status_code == 200
    assert said("ru", "No dates are known yet.") in Html(response).main


def test_what_staff_write_is_never_markup(client):
    Duty.objects.update(title_kk="<img onerror=x>", note_kk="<script>", event_kk="<b>")

    body = client.get("/kk/deadlines/").content.decode()

    assert "<img onerror" not in body
    assert "&lt;img onerror=x&gt;" in body


def cost(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def more_duties() -> None:
    sample = Duty.objects.get(key="monthly-report")
    event = Duty.objects.get(key="minutes-copy")
    for number in range(20):
        for duty in (sample, event):
            duty.pk, duty.key = None, f"{duty.rule}-{number}"
            duty.save(force_insert=True)


def test_twice_the_duties_cost_the_same(client):
    before = cost(client, "/kk/deadlines/")
    more_duties()

    assert cost(client, "/kk/deadlines/") == before
    assert before <= 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chair_sees_three_dates_and_the_end_of_her_mandate(client, on, language):
    on(date(2026, 12, 14))
    house = make_association(name_kk="Қыран", name_ru="Кыран")
    chair = make_membership(association=house, valid_from=date(2024, 1, 1), valid_to=date(2026, 12, 31)).user
    client.force_login(chair)

    html = Html(client.get(f"/{language}/cabinet/"))

    for day in (date(2026, 12, 19), date(2026, 12, 25), date(2027, 1, 19)):
        assert written(day, language) in html.main
    assert written(date(2027, 1, 25), language) not in html.main
    assert written(date(2026, 12, 31), language) in html.main
    assert {"kk": "51-1-бап, 4-тармақ", "ru": "статья 51-1, пункт 4"}[language] in html.main
    assert said(language, "Deadlines") in [element.text for element in html.all("h2")]


@pytest.mark.parametrize("role", ["council", "resident", None])
def test_who_is_no_chair_has_no_deadlines_in_her_cabinet(client, role):
    user = make_membership(role=role).user if role else make_user()
    client.force_login(user)

    assert said("kk", "Deadlines") not in [element.text for element in Html(client.get("/kk/cabinet/")).all("h2")]


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "claimed"},
        {"state": "ended"},
        {"valid_to": timezone.localdate() - timedelta(days=1)},
        {"valid_from": timezone.localdate() + timedelta(days=1)},
    ],
    ids=["claimed", "ended", "over", "not begun"],
)
def test_a_chair_whose_mandate_does_not_hold_today_has_no_deadlines(client, fields):
    client.force_login(make_membership(**fields).user)

    assert said("kk", "Deadlines") not in [element.text for element in Html(client.get("/kk/cabinet/")).all("h2")]


def test_more_houses_and_duties_cost_a_chair_the_same(client):
    chair = make_membership().user
    client.force_login(chair)
    before = cost(client, "/kk/cabinet/")
    for _ in range(3):
        make_membership(user=chair)
    more_duties()

    assert cost(client, "/kk/cabinet/") == before


def test_lawyers_correct_duties_in_the_admin_and_the_desk_does_not(client):
    duty = Duty.objects.get(key="minutes-copy")
    edit = reverse(duty.snippet_viewset.get_url_name("edit"), args=[duty.pk])
    listing = reverse(duty.snippet_viewset.get_url_name("list"))
    client.force_login(make_user("lawyer@demo.example", group="Lawyers"))

    assert (
        duty.title_kk in client.get(listing).content.decode() or duty.title_ru in client.get(listing).content.decode()
    )
    fields = {
        name: getattr(duty, name) or ""
        for name in (
            *("key", "title_kk", "title_ru", "note_kk", "note_ru", "role", "rule", "day", "month"),
            *("amount", "unit", "event_kk", "event_ru", "position"),
        )
    }
    response = client.post(edit, fields | {"provision": duty.provision_id, "amount": 4})
    assert response.status_code == 302
    duty.refresh_from_db()
    assert (duty.amount, duty.is_verified) == (4, False)

    without = client.post(edit, fields | {"provision": duty.provision_id, "amount": ""})
    assert without.status_code == 200
    duty.refresh_from_db()
    assert duty.amount == 4

    client.force_login(make_user("desk@demo.example", group="Desk"))
    assert client.get(edit).status_code in {302, 403}
    assert client.post(edit, fields | {"provision": duty.provision_id, "amount": 9}).status_code in {302, 403}
    duty.refresh_from_db()
    assert duty.amount == 4


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("days", "is_marked"), [(-1, True), (0, True), (1, False)])
def test_a_duty_whose_norm_has_changed_says_so_from_the_date_in_force(client, language, days, is_marked):
    duty, day = Duty.objects.first(), today() + timedelta(days=days)
    amendment = Amendment.objects.create(
        title_kk="Түзету",
        title_ru="Поправка",
        source_url="https://example.kz",
        in_force_on=day,
        what_kk="…",
        what_ru="…",
    )
    RadarItem.objects.create(amendment=amendment, content_type=radar_content_type(Duty), object_id=duty.pk)
    words = said(language, "Being checked: the norm changed on %(date)s", date=written(day, language))

    assert (words in Html(client.get(f"/{language}/deadlines/")).main) is is_marked
