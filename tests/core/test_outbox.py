"""Mail goes out exactly when the change it tells of is there, and exactly once."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from core.outbox import ATTEMPTS, CLAIM, OutboxMessage, deliver, queue_mail
from tests.core.words import said

pytestmark = pytest.mark.django_db

FACTS = {
    "name": "Айгүл <Серікова>",
    "title": 'Жиналыс & "хаттама"',
    "when": "2026 ж. 5 желтоқсан, 10:00",
    "where": "Астана",
    "place": None,
    "seat_url": "http://site.test/kk/seats/1/",
    "site_url": "http://site.test/kk/",
}


class DeadServer(BaseEmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError("nobody answers on port 587")


@pytest.fixture
def dead_server(settings):
    settings.EMAIL_BACKEND = f"{__name__}.DeadServer"
    yield
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Runs what waits for the commit, as a real commit would."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def after(monkeypatch):
    """Moves the clock forward."""
    now = timezone.now

    def move(delta: timedelta) -> None:
        monkeypatch.setattr(timezone, "now", lambda: now() + delta)

    return move


def queue(key="news:1", language="kk", **fields) -> None:
    message = {"kind": "courses/confirmed", "recipient": "aigul@mail.test", "context": FACTS} | fields
    queue_mail(language=language, dedupe_key=key, **message)


def sweep() -> str:
    out = StringIO()
    call_command("send_outbox", stdout=out)
    return out.getvalue().strip()


def test_a_message_goes_out_after_the_commit_and_not_before(commit):
    with commit():
        queue()
        assert mail.outbox == []

    assert [letter.to for letter in mail.outbox] == [["aigul@mail.test"]]
    message = OutboxMessage.objects.get()
    assert message.sent_at
    assert (message.attempts, message.last_error, message.claimed_until) == (1, "", None)


def test_the_same_news_is_told_once(commit):
    with commit():
        queue()
        queue(recipient="other@mail.test")
    with commit():
        queue()

    assert OutboxMessage.objects.count() == len(mail.outbox) == 1


def test_a_repeat_does_not_spoil_the_transaction_around_it(commit):
    with commit(), transaction.atomic():
        queue()
        queue()
        queue("news:2")

    assert OutboxMessage.objects.count() == len(mail.outbox) == 2


def test_a_message_disappears_with_the_change_it_tells_of(commit):
    with commit() as waiting, suppress(LookupError), transaction.atomic():
        queue()
        raise LookupError

    assert waiting == []
    assert not OutboxMessage.objects.exists()
    assert mail.outbox == []


def test_a_failure_is_written_down_and_the_sweep_sends_it_later_exactly_once(commit, dead_server, settings, after):
    with commit():
        queue()

    message = OutboxMessage.objects.get()
    assert message.sent_at is None
    assert message.last_error == "ConnectionRefusedError: nobody answers on port 587"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert sweep() == "0 of 0 sent"  # the claim of the failed try still holds

    after(CLAIM + timedelta(seconds=1))

    assert sweep() == "1 of 1 sent"
    assert sweep() == "0 of 0 sent"
    assert len(mail.outbox) == 1
    message.refresh_from_db()
    assert (message.attempts, message.last_error) == (2, "")


def test_a_message_that_never_goes_out_is_given_up_and_stays_readable(commit, dead_server, after):
    with commit():
        queue()
    for day in range(1, ATTEMPTS + 3):
        after(timedelta(days=day))
        sweep()

    message = OutboxMessage.objects.get()
    assert message.attempts == ATTEMPTS
    assert message.sent_at is None
    assert message.last_error


def test_one_broken_message_does_not_stop_the_others(commit):
    with commit():
        queue("broken", kind="courses/no-such-template")
        queue("good")

    assert len(mail.outbox) == 1
    assert OutboxMessage.objects.get(dedupe_key="broken").last_error.startswith("TemplateDoesNotExist")


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


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_message_speaks_the_language_of_its_reader(commit, language):
    with commit():
        queue(language=language)

    (letter,) = mail.outbox
    assert letter.subject == said(language, "The seat is yours: %(title)s", title=FACTS["title"])
    assert said(language, "You have a seat at the seminar.") in letter.body
    assert said(language, "Hello, %(name)s!", name=FACTS["name"]) in letter.body
    assert letter.extra_headers["Content-Language"] == language


def test_news_that_depends_on_no_change_goes_out_at_once():
    queue(at_once=True)

    assert len(mail.outbox) == 1
    assert OutboxMessage.objects.get().sent_at


def test_what_a_message_said_is_kept_until_it_is_sent_and_not_longer(commit, dead_server, settings, after):
    with commit():
        queue()
    assert OutboxMessage.objects.get().context == FACTS
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    after(CLAIM + timedelta(seconds=1))

    sweep()

    assert FACTS["title"] in mail.outbox[0].subject
    assert OutboxMessage.objects.get().context == {}


def test_what_a_person_typed_cannot_add_headers_to_a_message(commit):
    with commit():
        queue(context=FACTS | {"title": "Тема\r\nBcc: all@mail.test"})

    (letter,) = mail.outbox
    assert "\n" not in letter.subject
    assert letter.recipients() == ["aigul@mail.test"]


def test_the_sweep_forgets_what_was_sent_half_a_year_ago_and_keeps_the_rest(commit):
    with commit():
        for key in ("old", "new"):
            queue(key)
    queue("unsent", not_before=timezone.now() + timedelta(days=1))
    OutboxMessage.objects.filter(dedupe_key="old").update(sent_at=timezone.now() - timedelta(days=181))
    OutboxMessage.objects.filter(dedupe_key="unsent").update(created_at=timezone.now() - timedelta(days=400))

    sweep()

    assert set(OutboxMessage.objects.values_list("dedupe_key", flat=True)) == {"new", "unsent"}
