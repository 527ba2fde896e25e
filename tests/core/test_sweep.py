"""What could not be sent at once is sent later, exactly once, and nothing is kept for longer than needed."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from core.outbox import ATTEMPTS, CLAIM, OutboxMessage, deliver
from tests.core.mailing import FACTS, queue, sweep

pytestmark = pytest.mark.django_db


def test_a_failure_is_written_down_and_the_sweep_sends_it_later_exactly_once(commit, mail_server, after):
    mail_server(False)
    with commit():
        queue()

    message = OutboxMessage.objects.get()
    assert message.sent_at is None
    assert message.last_error == "ConnectionRefusedError: nobody answers on port 587"
    mail_server(True)
    assert sweep() == "0 of 0 sent"  # the claim of the failed try still holds

    after(CLAIM + timedelta(seconds=1))

    assert sweep() == "1 of 1 sent"
    assert sweep() == "0 of 0 sent"
    assert len(mail.outbox) == 1
    message.refresh_from_db()
    assert (message.attempts, message.last_error) == (2, "")


def test_a_message_that_never_goes_out_is_given_up_and_stays_readable(commit, mail_server, after):
    mail_server(False)
    with commit():
        queue()
    for day in range(1, ATTEMPTS + 3):
        after(timedelta(days=day))
        sweep()

    message = OutboxMessage.objects.get()
    assert message.attempts == ATTEMPTS
    assert message.sent_at is None
    assert message.last_error


def test_a_message_for_later_waits_for_its_time(commit, after):
    with commit():
        queue(not_before=timezone.now() + timedelta(hours=2))

    assert mail.outbox == []
    assert sweep() == "0 of 0 sent"
    after(timedelta(hours=2, seconds=1))
    assert sweep() == "1 of 1 sent"


def test_a_message_that_somebody_is_sending_is_left_alone(commit):
    queue()
    message = OutboxMessage.objects.get()
    OutboxMessage.objects.update(claimed_until=timezone.now() + CLAIM)

    assert deliver.call(message.pk) is False
    assert sweep() == "0 of 0 sent"

    OutboxMessage.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert deliver.call(message.pk) is True
    assert deliver.call(message.pk) is False
    assert len(mail.outbox) == 1


def test_what_a_message_said_is_kept_until_it_is_sent_and_not_longer(commit, mail_server, after):
    mail_server(False)
    with commit():
        queue()
    assert OutboxMessage.objects.get().context == FACTS
    mail_server(True)
    after(CLAIM + timedelta(seconds=1))

    sweep()

    assert FACTS["title"] in mail.outbox[0].subject
    assert OutboxMessage.objects.get().context == {}


def test_the_sweep_leaves_what_was_sent_to_the_retention_command(commit):
    with commit():
        for key in ("old", "new"):
            queue(key)
    queue("unsent", not_before=timezone.now() + timedelta(days=1))
    OutboxMessage.objects.filter(dedupe_key="old").update(sent_at=timezone.now() - timedelta(days=181))
    OutboxMessage.objects.filter(dedupe_key="unsent").update(created_at=timezone.now() - timedelta(days=400))

    sweep()

    assert set(OutboxMessage.objects.values_list("dedupe_key", flat=True)) == {"old", "new", "unsent"}
    call_command("apply_retention", stdout=StringIO())
    assert "old" not in OutboxMessage.objects.values_list("dedupe_key", flat=True)
