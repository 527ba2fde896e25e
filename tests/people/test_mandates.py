"""Claims and decisions about them: who may become what, and what is refused without a trace."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest
from django.utils import timezone

from core.outbox import OutboxMessage
from people import mandates
from people.enums import MembershipReason, MembershipRefusal, MembershipState
from people.models import Consent, Membership, MembershipEvent
from tests.core.words import said
from tests.factories import make_association, make_membership, make_user
from tests.people.association_steps import day, minutes, told

pytestmark = pytest.mark.django_db


def claim(association=None, user=None, **fields):
    fields = {
        "role": "chair",
        "valid_from": day(-10),
        "valid_to": None,
        "protocol": minutes(),
        "language": "kk",
    } | fields
    return mandates.claim(user=user or make_user(), association_id=(association or make_association()).pk, **fields)


def a_claim(**fields) -> Membership:
    return make_membership(state=MembershipState.CLAIMED, confirmed_at=None, **fields)


def everything() -> list:
    """What a refusal must leave as it was."""
    return [
        list(Membership.objects.order_by("pk").values()),
        MembershipEvent.objects.count(),
        OutboxMessage.objects.count(),
        Consent.objects.count(),
    ]


def refused(reason: MembershipRefusal, call) -> mandates.Refused:
    """Calls, expects this refusal, in words of both languages, and no change of state."""
    before = everything()
    with pytest.raises(mandates.Refused) as caught:
        call()
    assert caught.value.reason == reason
    for language in ("kk", "ru"):
        assert told(language, reason)
    assert everything() == before
    return caught.value


def letters(kind: str) -> list[str]:
    return list(OutboxMessage.objects.filter(kind=f"people/{kind}").values_list("recipient", flat=True))


def history(membership: Membership) -> list[tuple[str, str, str]]:
    return [(event.from_state, event.to_state, event.reason) for event in membership.events.all()]


# Claiming -----------------------------------------------------------------------------------------


def test_a_claim_waits_with_its_minutes_its_history_and_the_consent_to_it():
    user = make_user()

    membership = claim(user=user, protocol=minutes("../../етс/хаттама\u202e.pdf"))

    assert membership.is_waiting
    assert membership.protocol.name.startswith("protocols/")
    assert "хаттама" not in membership.protocol.name
    assert membership.protocol_name == "хаттама.pdf"
    assert history(membership) == [("", "claimed", "claimed")]
    assert user.consents.get().text.purpose == "membership"
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize("role", ["chair", "council", "auditor"])
def test_elected_roles_end_three_years_later_where_no_day_is_given(role):
    membership = claim(role=role, valid_from=day(-10))

    assert membership.valid_to == day(-10).replace(year=day(-10).year + 3)


def test_three_years_from_the_29th_of_february_end_on_the_28th(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: date(2024, 3, 1))

    assert mandates.mandate_end("chair", date(2024, 2, 29), None) == date(2027, 2, 28)


def test_a_resident_needs_no_minutes_and_no_last_day():
    membership = claim(role="resident", protocol=None)

    assert membership.valid_to is None
    assert not membership.protocol


@pytest.mark.parametrize("role", ["chair", "council", "auditor"])
def test_elected_roles_need_minutes(role):
    refused(MembershipRefusal.NO_PROTOCOL, partial(claim, make_association(), make_user(), role=role, protocol=None))


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"valid_from": day(-1200)}, MembershipRefusal.MANDATE_OVER),
        ({"valid_from": day(-30), "valid_to": day(-1)}, MembershipRefusal.MANDATE_OVER),
        ({"valid_from": day(1)}, MembershipRefusal.NOT_YET),
        ({"valid_from": date(9999, 1, 1)}, MembershipRefusal.NOT_YET),
        ({"valid_from": day(-10), "valid_to": day(1100)}, MembershipRefusal.TOO_LONG),
        ({"valid_from": day(-10), "valid_to": day(-20)}, MembershipRefusal.BACKWARDS),
        ({"role": "resident", "valid_to": day(-1)}, MembershipRefusal.MANDATE_OVER),
    ],
)
def test_a_mandate_that_does_not_hold_today_or_holds_too_long_is_refused(fields, reason):
    refused(reason, partial(claim, make_association(), make_user(), **fields))


def test_the_last_day_of_a_mandate_still_counts():
    assert claim(valid_from=day(-30), valid_to=day()).is_waiting


@pytest.mark.parametrize("state", [MembershipState.CLAIMED, MembershipState.CONFIRMED])
def test_the_same_open_role_is_not_claimed_twice(state):
    membership = make_membership(state=state, role="council")

    refused(MembershipRefusal.ALREADY, partial(claim, membership.association, membership.user, role="council"))


def test_a_second_claim_to_the_chair_is_refused_while_the_first_waits():
    association = make_association()
    claim(association)

    refused(MembershipRefusal.OTHER_CLAIM, partial(claim, association, make_user()))
    assert claim(association, role="council").is_waiting


def test_a_newly_elected_chair_claims_beside_the_present_one():
    present = make_membership()

    assert claim(present.association).is_waiting
    present.refresh_from_db()
    assert present.is_active


def test_a_chair_elected_anew_claims_after_her_mandate_is_over():
    old = make_membership(valid_from=day(-1100), valid_to=day(-5))

    new = claim(old.association, old.user, valid_from=day(-3))

    assert new.is_waiting
    assert history(old) == [("confirmed", "ended", "expired")]


def test_five_claims_a_day_are_enough_and_tomorrow_is_another_day():
    user = make_user()
    claims = [claim(user=user, role="resident", protocol=None) for _ in range(5)]

    refused(MembershipRefusal.TOO_MANY_CLAIMS, partial(claim, make_association(), user))
    Membership.objects.filter(pk=claims[0].pk).update(created_at=timezone.now() - timedelta(days=2))
    assert claim(user=user).is_waiting


# Deciding -----------------------------------------------------------------------------------------


def test_staff_confirm_a_claim_and_the_person_is_told_without_a_name_in_the_subject():
    user = make_user(full_name="Айгүл Серікова", language="ru")
    waiting, desk = claim(user=user), make_user(group="Desk")

    membership = mandates.confirm(membership_id=waiting.pk, actor=desk)

    assert membership.is_active
    assert membership.confirmed_by == desk
    assert history(membership)[-1] == ("claimed", "confirmed", "protocol")
    letter = OutboxMessage.objects.get(kind="people/membership_confirmed")
    assert (letter.recipient, letter.person, letter.language) == (user.email, user, "ru")
    assert f"/ru/cabinet/association/{membership.association_id}/" in letter.context["page_url"]


def test_a_chair_whose_mandate_is_over_makes_way():
    old = make_membership(valid_from=day(-1100), valid_to=day(-1))
    waiting = a_claim(association=old.association)

    mandates.confirm(membership_id=waiting.pk, actor=make_user(group="Desk"))

    old.refresh_from_db()
    assert old.state == MembershipState.ENDED
    assert history(old) == [("confirmed", "ended", "expired")]
    assert old.association.chair == waiting
    assert letters("membership_ended") == [old.user.email]


@pytest.mark.parametrize(("language", "since"), [("kk", "2026 ж. 2 наурыз"), ("ru", "2 марта 2026 г.")])
def test_a_chair_whose_mandate_holds_stands_in_the_way(language, since, request):
    request.getfixturevalue(language)
    present = make_membership(valid_from=date(2026, 3, 2), valid_to=day(300))
    waiting = a_claim(association=present.association)

    refusal = refused(
        MembershipRefusal.CHAIR_HOLDS,
        partial(mandates.confirm, membership_id=waiting.pk, actor=make_user(group="Desk")),
    )

    assert refusal.message == said(
        language, "The association has a chair whose mandate holds. It began: %(since)s", since=since
    )


def test_staff_may_end_the_present_chair_with_the_same_decision():
    present = make_membership()
    waiting = a_claim(association=present.association)

    mandates.confirm(membership_id=waiting.pk, actor=make_user(group="Desk"), ends_previous=True)

    present.refresh_from_db()
    assert history(present) == [("confirmed", "ended", "handover")]
    assert present.ended_at
    assert present.association.chair == waiting
    assert letters("membership_ended") == [present.user.email]


def test_a_council_member_is_confirmed_beside_a_chair():
    chair = make_membership()
    waiting = a_claim(association=chair.association, role="council")

    assert mandates.confirm(membership_id=waiting.pk, actor=make_user(group="Desk")).is_active


def test_a_claim_whose_mandate_is_over_meanwhile_is_not_confirmed():
    waiting = a_claim(valid_from=day(-1000), valid_to=day(-1))

    refused(
        MembershipRefusal.MANDATE_OVER,
        partial(mandates.confirm, membership_id=waiting.pk, actor=make_user(group="Desk")),
    )


def test_nobody_decides_her_own_claim():
    desk = make_user(group="Desk")
    waiting = a_claim(user=desk)

    for call in (mandates.confirm, partial(mandates.reject, note="…")):
        refused(MembershipRefusal.OWN_CLAIM, partial(call, membership_id=waiting.pk, actor=desk))


def test_a_rejection_needs_a_note_that_the_person_reads():
    waiting, desk = a_claim(), make_user(group="Desk")

    refused(MembershipRefusal.NO_NOTE, partial(mandates.reject, membership_id=waiting.pk, actor=desk, note="  "))
    mandates.reject(membership_id=waiting.pk, actor=desk, note="Хаттамада қол жоқ")

    assert history(waiting) == [("claimed", "rejected", "by_staff")]
    letter = OutboxMessage.objects.get(kind="people/membership_rejected")
    assert letter.recipient == waiting.user.email
    assert letter.context["note"] == "Хаттамада қол жоқ"


@pytest.mark.parametrize("state", [MembershipState.CONFIRMED, MembershipState.REJECTED, MembershipState.WITHDRAWN])
def test_a_claim_is_decided_once(state):
    membership, desk = make_membership(state=state), make_user(group="Desk")
    calls = [
        partial(mandates.confirm, membership_id=membership.pk, actor=desk),
        partial(mandates.reject, membership_id=membership.pk, actor=desk, note="…"),
        partial(mandates.withdraw, membership_id=membership.pk, actor=membership.user),
    ]
    for call in calls:
        refused(MembershipRefusal.DECIDED, call)


def test_a_claim_of_an_erased_account_cannot_become_a_chair_without_a_name():
    waiting = a_claim()
    waiting.user.delete()

    refused(
        MembershipRefusal.DECIDED, partial(mandates.confirm, membership_id=waiting.pk, actor=make_user(group="Desk"))
    )


# Ending -------------------------------------------------------------------------------------------


def test_a_person_takes_her_claim_back_and_gets_no_letter_about_it():
    waiting = a_claim()

    mandates.withdraw(membership_id=waiting.pk, actor=waiting.user)

    assert history(waiting) == [("claimed", "withdrawn", "own_wish")]
    assert not OutboxMessage.objects.exists()


def test_a_chair_may_leave():
    chair = make_membership()

    mandates.end(membership_id=chair.pk, actor=chair.user, reason=MembershipReason.OWN_WISH)

    assert history(chair) == [("confirmed", "ended", "own_wish")]
    assert chair.association.chair is None


def test_the_chair_ends_a_role_and_the_person_is_told():
    chair = make_membership()
    member = make_membership(association=chair.association, role="accountant")

    mandates.end(membership_id=member.pk, actor=chair.user, reason=MembershipReason.BY_CHAIR)

    assert history(member) == [("confirmed", "ended", "by_chair")]
    assert letters("membership_ended") == [member.user.email]


def test_a_chair_whose_mandate_is_over_ends_nobody():
    chair = make_membership(valid_from=day(-1100), valid_to=day(-1))
    member = make_membership(association=chair.association, role="accountant")

    refused(
        MembershipRefusal.NOT_CHAIR,
        partial(mandates.end, membership_id=member.pk, actor=chair.user, reason=MembershipReason.BY_CHAIR),
    )


def test_what_has_ended_does_not_end_again():
    membership = make_membership(state=MembershipState.ENDED)

    refused(
        MembershipRefusal.OVER,
        partial(mandates.end, membership_id=membership.pk, actor=membership.user, reason=MembershipReason.OWN_WISH),
    )


def test_rights_that_no_page_offers_are_errors_of_the_program():
    chair, stranger = make_membership(), make_user()
    before = everything()

    with pytest.raises(ValueError, match="own_wish"):
        mandates.end(membership_id=chair.pk, actor=stranger, reason=MembershipReason.OWN_WISH)
    with pytest.raises(ValueError, match="by_chair"):
        mandates.end(membership_id=chair.pk, actor=chair.user, reason=MembershipReason.BY_CHAIR)
    with pytest.raises(Membership.DoesNotExist):
        mandates.withdraw(membership_id=chair.pk, actor=stranger)
    with pytest.raises(ValueError, match="cannot go from"):
        mandates.move(chair, MembershipState.CLAIMED, reason=MembershipReason.CLAIMED, actor=None)
    assert everything() == before
