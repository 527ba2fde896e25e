"""Seminars for chairs and for members: who gets a seat, and what the others are told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from courses import actions
from courses.eligibility import membership_for
from courses.enums import EnrolmentRefusal
from courses.runs import CourseRun
from people.enums import MembershipRole, MembershipState
from people.models import Membership
from tests.core.html import Html
from tests.core.words import said
from tests.factories import make_association, make_membership, make_run, make_user
from tests.people.steps import last_code

pytestmark = pytest.mark.django_db

LANGUAGES = ["kk", "ru"]
FORM = {"full_name": "Айгүл Серікова", "phone": "+7 701 111 22 33", "consent": "on", "expects": "seat"}
TODAY = timedelta()
DAY = timedelta(days=1)
CABINET = "/kk/cabinet/"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def run_url(run, language="kk"):
    return f"/{language}/seminars/{run.code}/"


def enrol_url(run, language="kk"):
    return f"{run_url(run, language)}enrol/"


def take(run, user, **fields):
    values = {"full_name": "Айгүл Серікова", "phone": "", "language": "kk", "actor": user} | fields
    return actions.enrol(run_id=run.pk, user=user, **values)[0]


def mandate(user, role="chair", *, ends: timedelta, **fields) -> Membership:
    """A confirmed mandate of `user` with its last day `ends` from today."""
    last = timezone.localdate() + ends
    return make_membership(user=user, role=role, valid_from=last - timedelta(days=365), valid_to=last, **fields)


def refusal(run, user) -> EnrolmentRefusal | None:
    try:
        take(run, user)
    except actions.Refused as refused:
        assert not run.enrolments.filter(user=user).exists()
        return refused.reason
    return None


ROLES = [(None, None)] + [(role, MembershipState.CONFIRMED) for role in MembershipRole.values]
ROLES += [("chair", state) for state in MembershipState.values if state != MembershipState.CONFIRMED]


@pytest.mark.parametrize(("role", "state"), ROLES)
def test_a_seat_for_members_or_chairs_needs_a_confirmed_role(person, role, state):
    if role:
        make_membership(user=person, role=role, state=state)
    is_member = state == MembershipState.CONFIRMED
    is_chair = is_member and role == "chair"

    assert refusal(make_run(), person) is None
    expected = None if is_member else EnrolmentRefusal.NOT_A_MEMBER
    assert refusal(make_run(eligibility="members"), person) == expected
    assert refusal(make_run(eligibility="chairs"), person) == (None if is_chair else EnrolmentRefusal.NOT_A_CHAIR)


@pytest.mark.parametrize(("ends", "may"), [(-DAY, False), (TODAY, True), (DAY, True)])
def test_a_mandate_counts_to_the_end_of_its_last_day(person, ends, may):
    mandate(person, ends=ends)

    assert (refusal(make_run(eligibility="chairs"), person) is None) is may


def test_a_mandate_that_has_not_begun_does_not_count(person):
    tomorrow = timezone.localdate() + DAY
    make_membership(user=person, valid_from=tomorrow, valid_to=tomorrow + DAY)

    assert refusal(make_run(eligibility="chairs"), person) == EnrolmentRefusal.NOT_A_CHAIR


def test_somebody_elses_mandate_does_not_count(person):
    make_membership()

    assert refusal(make_run(eligibility="chairs"), person) == EnrolmentRefusal.NOT_A_CHAIR


def test_a_closed_run_says_that_it_is_closed_before_it_asks_for_a_role(person):
    run = make_run(eligibility="chairs", enrol_closes_at=timezone.now() - DAY)

    assert refusal(run, person) == EnrolmentRefusal.CLOSED


def test_who_has_a_seat_keeps_it_when_the_mandate_ends(person):
    run = make_run(eligibility="chairs")
    own = mandate(person, ends=DAY)
    first = take(run, person)
    Membership.objects.filter(pk=own.pk).update(state=MembershipState.ENDED)

    assert take(run, person) == first


def test_the_queue_gives_a_seat_to_who_was_eligible_when_she_joined(person):
    run = make_run(eligibility="chairs", capacity=1)
    holder = make_membership().user
    seat = take(run, holder)
    own = mandate(person, ends=DAY)
    waiting = take(run, person)
    assert waiting.is_waiting
    Membership.objects.filter(pk=own.pk).update(state=MembershipState.ENDED)

    actions.cancel(enrolment_id=seat.pk, actor=holder)

    waiting.refresh_from_db()
    assert waiting.is_confirmed


def test_the_role_of_the_day_is_kept_on_a_seat_for_everybody(person):
    association = make_association()
    make_membership(user=person, association=association, role="chair")
    run = make_run()

    seat = take(run, person)
    Membership.objects.update(state=MembershipState.ENDED)

    seat.refresh_from_db()
    assert (seat.association, seat.membership_role) == (association, "chair")
    other = take(run, make_user())
    assert (other.association, other.membership_role) == (None, "")


def test_of_several_roles_the_chairs_counts_then_the_newest(person):
    now = timezone.now()
    make_membership(user=person, role="resident", confirmed_at=now)
    assert membership_for(person).role == "resident"
    old = make_membership(user=person, role="chair", confirmed_at=now - timedelta(days=9))
    assert membership_for(person) == old
    new = make_membership(user=person, role="chair", confirmed_at=now - timedelta(days=3))
    make_membership(user=person, role="council", confirmed_at=now)
    assert membership_for(person) == new
    mandate(person, ends=-DAY, confirmed_at=now)
    assert membership_for(person) == new


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("eligibility", "pill", "words"),
    [
        ("chairs", "For chairs only", EnrolmentRefusal.NOT_A_CHAIR),
        ("members", "For members of associations only", EnrolmentRefusal.NOT_A_MEMBER),
    ],
)
def test_a_run_says_before_sign_up_whom_it_is_for(client, language, eligibility, pill, words):
    run = make_run(eligibility=eligibility)
    plain = make_run()

    card, page, form = (
        Html(client.get(address)).main
        for address in (f"/{language}/seminars/", run_url(run, language), enrol_url(run, language))
    )

    assert card.count(said(language, pill)) == 1
    assert said(language, pill) in page
    with translation.override(language):
        condition = str(words.label)
    assert condition in page
    assert condition in form
    assert Html(client.get(enrol_url(run, language))).all("input", name="email"), "a stranger may fill the form in"
    assert condition not in Html(client.get(run_url(plain, language))).main
    assert condition not in Html(client.get(enrol_url(plain, language))).main


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_may_come_is_told_so_and_signs_up(signed_in, person, language):
    run = make_run(eligibility="chairs")
    make_membership(user=person)

    for address in (run_url(run, language), enrol_url(run, language)):
        assert said(language, "Your role is confirmed: you may sign up.") in Html(signed_in.get(address)).main
    assert Html(signed_in.get(run_url(run, language))).all("a", href=enrol_url(run, language))

    signed_in.post(enrol_url(run, language), FORM)
    assert run.enrolments.get(user=person).membership_role == "chair"


def steps_offered(html: Html) -> list[str]:
    """The buttons to the cabinet, but for the one in the frame of every page."""
    links = [link for link in html.all("a", class_="button") if "/cabinet/" in link["href"]]
    return [link["href"] for link in links if "quiet" not in link["class"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_may_not_come_yet_is_shown_the_way_and_no_form(signed_in, language):
    run = make_run(eligibility="chairs")

    page, form = (Html(signed_in.get(address)) for address in (run_url(run, language), enrol_url(run, language)))

    assert not page.all("a", href=enrol_url(run, language)), "no way to a form that refuses"
    assert not form.all("input", name="full_name")
    for html in (page, form):
        assert said(language, "Confirm my role") in html.main
        assert f"/{language}/cabinet/association/find/" in [link["href"] for link in html.all("a", class_="sun")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_keeps_what_was_typed_and_makes_no_row(signed_in, person, language):
    run = make_run(eligibility="chairs")

    response = signed_in.post(enrol_url(run, language), FORM)

    assert response.status_code == 200
    html = Html(response)
    assert html.one("input", name="full_name")["value"] == FORM["full_name"]
    assert html.one("input", name="phone")["value"] == FORM["phone"]
    assert html.one("input", name="consent")["checked"] is not None
    assert f"/{language}/cabinet/association/find/" in [link["href"] for link in html.all("a")]
    assert not run.enrolments.exists()
    assert not person.consents.exists(), "what was refused was not agreed to"

    again = Html(signed_in.get(enrol_url(run, language)))
    assert again.one("input", name="phone")["value"] == FORM["phone"], "it waits for her while she confirms her role"
    make_membership(user=person)
    signed_in.post(enrol_url(run, language), FORM)
    assert run.enrolments.get().user == person
    assert "seat_wanted" not in signed_in.session, "what became a seat is forgotten"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_expired_mandate_is_named_with_its_last_day_and_renewed_where_it_was(signed_in, person, language):
    run = make_run(eligibility="chairs")
    mandate(person, ends=-timedelta(days=200))
    last = mandate(person, ends=-timedelta(days=3))
    mandate(person, "council", ends=timedelta(days=50))

    html = Html(signed_in.get(run_url(run, language)))

    with translation.override(language):
        date = date_format(last.valid_to, "DATE_FORMAT")
        claim = reverse("association_claim", args=[last.association_id])
    assert said(language, "Your mandate ended on %(date)s.", date=date) in html.main
    assert said(language, "Renew my mandate") in html.main
    assert [link["href"] for link in html.all("a", class_="sun")] == [claim]


def test_a_mandate_ended_by_a_decision_is_named_with_that_day(signed_in, person):
    ended = timezone.now() - timedelta(days=5)
    mandate(person, ends=timedelta(days=90), state=MembershipState.ENDED, ended_at=ended)

    html = Html(signed_in.get(run_url(make_run(eligibility="chairs"))))

    with translation.override("kk"):
        date = date_format(timezone.localdate(ended), "DATE_FORMAT")
    assert said("kk", "Your mandate ended on %(date)s.", date=date) in html.main


def test_a_claim_that_waits_is_not_asked_for_twice(signed_in, person):
    make_membership(user=person, state=MembershipState.CLAIMED, confirmed_at=None)

    html = Html(signed_in.get(run_url(make_run(eligibility="chairs"))))

    assert steps_offered(html) == [CABINET]
    assert said("kk", "Confirm my role") not in html.main


def test_a_mandate_of_tomorrow_is_told_with_its_first_day(signed_in, person):
    tomorrow = timezone.localdate() + DAY
    make_membership(user=person, valid_from=tomorrow, valid_to=tomorrow + DAY)

    html = Html(signed_in.get(run_url(make_run(eligibility="chairs"))))

    with translation.override("kk"):
        date = date_format(tomorrow, "DATE_FORMAT")
    words = "Your new mandate begins on %(date)s. From that day you may sign up."
    assert said("kk", words, date=date) in html.main
    assert steps_offered(html) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stranger_without_a_role_loses_nothing_on_the_way_to_the_refusal(client, language):
    run = make_run(eligibility="chairs")
    response = client.post(enrol_url(run, language), FORM | {"email": "aigul@mail.kz"})
    assert response["Location"] == f"/{language}/account/login/code/confirm/"

    response = client.post(response["Location"], {"code": last_code()})

    assert response["Location"] == enrol_url(run, language)
    html = Html(client.get(response["Location"]))
    with translation.override(language):
        assert str(EnrolmentRefusal.NOT_A_CHAIR.label) in html.main
    assert html.one("input", name="full_name")["value"] == FORM["full_name"]
    assert html.one("input", name="phone")["value"] == FORM["phone"]
    assert f"/{language}/cabinet/association/find/" in [link["href"] for link in html.all("a", class_="sun")]
    assert not run.enrolments.exists()
    assert [letter.subject for letter in mail.outbox[1:]] == [], "no letter about a seat she has not got"


def test_a_stranger_who_is_a_chair_has_the_seat_after_the_code(client):
    person = make_user("aigul@mail.kz")
    make_membership(user=person)
    run = make_run(eligibility="chairs")

    client.post(enrol_url(run), FORM | {"email": "aigul@mail.kz"})
    client.post("/kk/account/login/code/confirm/", {"code": last_code()})

    assert run.enrolments.get().user == person


def test_a_refused_wish_is_not_fulfilled_behind_her_back_at_the_next_sign_in(client):
    run = make_run(eligibility="chairs")
    client.post(enrol_url(run), FORM | {"email": "aigul@mail.kz"})
    client.post("/kk/account/login/code/confirm/", {"code": last_code()})
    CourseRun.objects.filter(pk=run.pk).update(eligibility="everyone")
    client.post("/kk/account/logout/")
    client.post("/kk/account/login/", {"email": "aigul@mail.kz"})

    client.post("/kk/account/login/code/confirm/", {"code": last_code()})

    assert not run.enrolments.exists()


def test_the_tick_of_another_person_on_the_same_phone_is_no_consent(client):
    run = make_run()
    client.post(enrol_url(run), FORM | {"email": "aigul@mail.kz"})
    client.post("/kk/account/login/", {"email": "nurlan@mail.kz"})
    client.post("/kk/account/login/code/confirm/", {"code": last_code()})

    tick = Html(client.get(enrol_url(run))).one("input", name="consent")

    assert "checked" not in tick.attrs
