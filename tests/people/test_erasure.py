"""What goes with an account and what stays without a name; whole or not at all."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from core.outbox import OutboxMessage
from courses.enrolment import Enrolment
from courses.enums import EnrolmentStatus
from people.models import AccessRecord, Consent, ErasureRecord, Invitation, Membership, NotificationChoice, User
from people.privacy import erasure
from people.privacy.access_log import AccessKind, record_access
from people.privacy.consents import give_consent
from people.privacy.erasure import before_erasure, erase_account
from tests.factories import make_association, make_membership, make_run, make_user
from tests.people.erasure_steps import NAME, boss, commit, gulsezim, shown, sign_up

pytestmark = pytest.mark.django_db

__all__ = ["commit", "gulsezim"]


# What goes and what stays -----------------------------------------------------------------------------


def test_the_account_goes_with_everything_that_hangs_on_it(gulsezim):
    give_consent(user=gulsezim, purpose="seminars", language="kk")
    NotificationChoice.objects.create(user=gulsezim, topic="news", is_wanted=False)
    record_access(actor=boss(), kind=AccessKind.ACCOUNT, subject=gulsezim)
    number = gulsezim.pk

    record = erase_account(user=gulsezim, actor=gulsezim)

    assert not User.objects.filter(pk=number).exists()
    for model in (EmailAddress, Consent, NotificationChoice):
        assert not model.objects.filter(user_id=number).exists()
    assert not AccessRecord.objects.filter(subject_id=number).exists()
    assert (record.account, record.by_owner) == (number, True)
    assert record.removed["people.User"] == record.removed["people.Consent"] == 1


def test_a_coming_seat_goes_to_the_next_in_the_queue_who_is_told(gulsezim, commit):
    run = make_run(capacity=1)
    seat = sign_up(run, gulsezim)
    waiting = sign_up(run, make_user("next@mail.test", full_name="Келесі Адам"))
    mail.outbox.clear()

    with commit():
        erase_account(user=gulsezim, actor=gulsezim)

    waiting.refresh_from_db()
    seat.refresh_from_db()
    assert waiting.is_confirmed
    assert seat.is_cancelled
    assert (seat.user_id, seat.email, seat.full_name, seat.phone, seat.association_id) == (None, "", "", "", None)
    assert {letter.to[0] for letter in mail.outbox} == {"next@mail.test", "gulsezim@mail.test"}
    assert [letter.to for letter in mail.outbox].count(["gulsezim@mail.test"]) == 1


def test_a_seat_is_freed_even_when_the_time_to_give_it_back_is_over(gulsezim):
    run = make_run(capacity=1, cancel_until=timezone.now() - timedelta(hours=1))
    sign_up(run, gulsezim)
    waiting = sign_up(run, make_user())

    erase_account(user=gulsezim, actor=gulsezim)

    waiting.refresh_from_db()
    assert waiting.is_confirmed


def test_places_in_several_queues_are_given_up(gulsezim):
    runs = [make_run(capacity=0) for _ in range(3)]
    for run in runs:
        sign_up(run, gulsezim)

    erase_account(user=gulsezim, actor=gulsezim)

    assert not Enrolment.objects.active().filter(run__in=runs).exists()


def test_a_past_seat_stays_for_totals_without_her(gulsezim):
    run = make_run(confirmed=1)
    seat = sign_up(run, gulsezim)
    type(run).objects.filter(pk=run.pk).update(
        starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(days=1)
    )

    erase_account(user=gulsezim, actor=gulsezim)

    seat.refresh_from_db()
    assert seat.status == EnrolmentStatus.CONFIRMED
    assert (seat.user_id, seat.email, seat.full_name, seat.phone) == (None, "", "", "")
    assert run.enrolments.holding_seat().count() == 2
    assert run.enrolments.exclude(full_name="").count() == 1


def test_two_people_of_one_past_run_can_both_be_erased():
    run = make_run()
    people = [make_user(), make_user()]
    for user in people:
        sign_up(run, user)
    type(run).objects.filter(pk=run.pk).update(starts_at=timezone.now() - timedelta(days=2))

    for user in people:
        erase_account(user=user, actor=user)

    assert run.enrolments.filter(email="", user=None, status=EnrolmentStatus.CONFIRMED).count() == 2


def test_a_chair_who_is_erased_frees_her_place_and_her_minutes_are_deleted(gulsezim, commit):
    membership = make_membership(user=gulsezim, protocol_name="хаттама.pdf", note="құжат түпнұсқасы көрсетілді")
    membership.protocol.save("x.pdf", ContentFile(b"%PDF-secret"))
    path = membership.protocol.name

    with commit():
        erase_account(user=gulsezim, actor=gulsezim)

    membership.refresh_from_db()
    assert membership.state == "ended"
    assert membership.ended_at
    assert membership.events.latest("at").reason == "erased"
    assert membership.events.latest("at").actor is None
    assert (membership.user, membership.protocol.name, membership.protocol_name, membership.note) == (None, "", "", "")
    assert not storages["private"].exists(path)
    make_membership(association=membership.association)  # the next chair


def test_a_claim_under_way_is_withdrawn(gulsezim):
    claim = make_membership(user=gulsezim, state="claimed", confirmed_at=None)

    erase_account(user=gulsezim, actor=gulsezim)

    claim.refresh_from_db()
    assert (claim.state, claim.user) == ("withdrawn", None)


def test_invitations_by_her_and_to_her_go_and_others_stay(gulsezim):
    other = make_user()
    fields = {
        "association": make_association(),
        "role": "council",
        "valid_from": timezone.localdate(),
        "expires_at": timezone.now() + timedelta(days=7),
    }
    for number, (by, to) in enumerate(
        [(gulsezim, "a@mail.test"), (other, "gulsezim@mail.test"), (other, "b@mail.test")]
    ):
        Invitation.objects.create(invited_by=by, email=to, token_hash=str(number), **fields)

    erase_account(user=gulsezim, actor=gulsezim)

    assert list(Invitation.objects.values_list("email", flat=True)) == ["b@mail.test"]


def test_memberships_of_others_stay(gulsezim):
    other = make_membership()

    erase_account(user=gulsezim, actor=gulsezim)

    assert Membership.objects.get(pk=other.pk).user == other.user


# One transaction -----------------------------------------------------------------------------------------


def test_a_handler_that_fails_leaves_everything_as_it_was(gulsezim, monkeypatch, commit):
    seat = sign_up(make_run(), gulsezim)
    membership = make_membership(user=gulsezim)
    membership.protocol.save("x.pdf", ContentFile(b"%PDF-secret"))
    monkeypatch.setattr(erasure, "_handlers", [*erasure._handlers])

    @before_erasure
    def fails(user):
        raise LookupError("no")

    mail.outbox.clear()
    with commit(), pytest.raises(LookupError):
        erase_account(user=gulsezim, actor=gulsezim)

    seat.refresh_from_db()
    membership.refresh_from_db()
    assert (seat.user, seat.email, seat.status) == (gulsezim, gulsezim.email, EnrolmentStatus.CONFIRMED)
    assert (membership.user, membership.state) == (gulsezim, "confirmed")
    assert storages["private"].exists(membership.protocol.name)
    assert User.objects.filter(pk=gulsezim.pk).exists()
    assert not ErasureRecord.objects.exists()
    assert mail.outbox == []


def test_a_handler_is_registered_once(monkeypatch):
    monkeypatch.setattr(erasure, "_handlers", [])
    before_erasure(print)
    with pytest.raises(ValueError, match="registered already"):
        before_erasure(print)


def test_the_last_letter_leaves_no_row(gulsezim, commit):
    with commit():
        erase_account(user=gulsezim, actor=gulsezim)

    assert mail.outbox[-1].to == ["gulsezim@mail.test"]
    assert mail.outbox[-1].subject == shown("kk", "Your account is erased")
    assert not OutboxMessage.objects.filter(recipient="gulsezim@mail.test").exists()


def test_the_last_letter_waits_for_a_mail_server_and_then_leaves_no_row(gulsezim, commit, settings):
    from django.core.management import call_command

    works = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.core.mailing.DeadServer"
    with commit():
        erase_account(user=gulsezim, actor=gulsezim)
    assert OutboxMessage.objects.get(kind="people/erased").sent_at is None

    settings.EMAIL_BACKEND = works
    OutboxMessage.objects.update(claimed_until=None)
    call_command("send_outbox", verbosity=0)

    assert mail.outbox[-1].to == ["gulsezim@mail.test"]
    assert not OutboxMessage.objects.filter(kind="people/erased").exists()


def test_five_hundred_records_are_erased_in_three_seconds(gulsezim, commit):
    run = make_run()
    Enrolment.objects.bulk_create(
        Enrolment(run=run, user=gulsezim, email=gulsezim.email, language="kk", status="cancelled_by_user")
        for _ in range(250)
    )
    OutboxMessage.objects.bulk_create(
        OutboxMessage(
            kind="courses/confirmed",
            recipient=gulsezim.email,
            person=gulsezim,
            language="kk",
            body=NAME * 20,
            dedupe_key=f"many:{number}",
        )
        for number in range(250)
    )
    started = time.monotonic()

    with commit():
        erase_account(user=gulsezim, actor=gulsezim)

    assert time.monotonic() - started < 3
    assert not Enrolment.objects.exclude(email="").filter(run=run).exists()
