"""Mail goes out exactly when the change it tells of is there, and exactly once."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.core import mail
from django.db import transaction

from core.outbox import OutboxMessage
from tests.core.mailing import FACTS, queue
from tests.core.words import said

pytestmark = pytest.mark.django_db


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


def test_one_broken_message_does_not_stop_the_others(commit):
    with commit():
        queue("broken", kind="courses/no-such-template")
        queue("good")

    assert len(mail.outbox) == 1
    assert OutboxMessage.objects.get(dedupe_key="broken").last_error.startswith("TemplateDoesNotExist")


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


def test_what_a_person_typed_cannot_add_headers_to_a_message(commit):
    with commit():
        queue(context=FACTS | {"title": "Тема\r\nBcc: all@mail.test"})

    (letter,) = mail.outbox
    assert "\n" not in letter.subject
    assert letter.recipients() == ["aigul@mail.test"]
