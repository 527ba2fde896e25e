"""One association has one chair, whoever decides at the same moment: with real concurrent connections."""

from functools import partial
from time import sleep

import pytest
from django.db import connection, connections

from people import invitations, mandates
from people.enums import MembershipRefusal, MembershipState
from people.models import Association, Membership
from tests.factories import make_association, make_membership
from tests.people.association_steps import day, minutes
from tests.races.crowd import at_once


@pytest.fixture
def house(committed):
    """A committed association; it and its memberships are removed before the people are."""
    association = make_association()
    yield association
    Membership.objects.filter(association=association).delete()
    association.delete()


@pytest.fixture
def overlap(monkeypatch):
    """Decisions overlap: each waits between what it reads and what it writes.

    SQLite's IMMEDIATE transactions would queue them whatever our code does, so they begin as PostgreSQL's do.
    """
    make_way = mandates.make_way

    def slow(*args, **kwargs):
        make_way(*args, **kwargs)
        sleep(0.2)

    monkeypatch.setattr(mandates, "make_way", slow)
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connections.settings["default"]["OPTIONS"], "transaction_mode", "DEFERRED")


def decide_both(committed, house):
    claims = [
        make_membership(association=house, user=committed.user(), state=MembershipState.CLAIMED, confirmed_at=None)
        for _ in range(2)
    ]
    staff = [committed.user(group="Desk") for _ in range(2)]
    return at_once(
        [
            partial(mandates.confirm, membership_id=claim.pk, actor=actor)
            for claim, actor in zip(claims, staff, strict=True)
        ]
    )


def one_chair_and_one_refusal(house, outcome) -> None:
    assert house.memberships.chairs().active().count() == 1
    assert house.memberships.waiting().count() == 1
    assert len(outcome.results) == 1
    (refusal,) = outcome.errors
    assert isinstance(refusal, mandates.Refused), repr(refusal)
    assert refusal.reason == MembershipRefusal.CHAIR_HOLDS


def test_two_staff_confirm_two_chairs_at_once_and_one_is_told_why_not(committed, house, overlap):
    outcome = decide_both(committed, house)

    one_chair_and_one_refusal(house, outcome)


def test_the_race_above_fails_without_the_lock(committed, house, overlap, monkeypatch):
    """The control: without the lock both find the chair free, and the database has to stop one of them."""
    monkeypatch.setattr(mandates, "lock_association", lambda **which: Association.objects.get(**which))

    outcome = decide_both(committed, house)

    with pytest.raises(AssertionError):
        one_chair_and_one_refusal(house, outcome)


def test_ten_people_claim_the_chair_at_once_and_one_claim_waits(committed, house):
    users = [committed.user() for _ in range(10)]
    calls = [
        partial(
            mandates.claim,
            user=user,
            association_id=house.pk,
            role="chair",
            valid_from=day(-5),
            valid_to=None,
            protocol=minutes(),
            language="kk",
        )
        for user in users
    ]

    outcome = at_once(calls)

    assert len(outcome.results) == 1
    assert house.memberships.waiting().count() == 1
    assert {error.reason for error in outcome.errors} == {MembershipRefusal.OTHER_CLAIM}


def test_an_invitation_accepted_ten_times_at_once_is_used_once(committed, house, monkeypatch):
    chair = make_membership(association=house, user=committed.user())
    guest = committed.user()
    monkeypatch.setattr(invitations.secrets, "token_urlsafe", lambda size: "race-token")
    fields = {"role": "chair", "email": guest.email, "valid_from": day(), "valid_to": None, "language": "kk"}
    invitations.invite(association_id=house.pk, actor=chair.user, **fields)

    outcome = at_once([partial(invitations.accept, token="race-token", user=guest, language="kk")] * 10)

    assert len(outcome.results) == 1
    assert {error.reason for error in outcome.errors} == {MembershipRefusal.INVITATION_USED}
    assert house.chair.user == guest
    assert house.memberships.filter(state=MembershipState.ENDED).get() == chair
