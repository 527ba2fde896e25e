"""Mail through a transactional outbox: written with the change it tells of, sent after the commit.

A message is queued inside the caller's transaction, so it exists exactly when the change does. Its
`dedupe_key` makes a repeat of the same news impossible. Sending claims a row first, so that two
workers cannot send it twice.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, models, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from core.personal_data import PersonalData

CLAIM = timedelta(minutes=5)
ATTEMPTS = 8


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    def due(self, at):
        """Unsent messages whose time has come and that nobody is sending right now."""
        return self.filter(sent_at=None, attempts__lt=ATTEMPTS, not_before__lte=at).filter(
            models.Q(claimed_until=None) | models.Q(claimed_until__lt=at)
        )

    def received_by(self, user):
        """What was sent to `user`, newest first: the letters of her cabinet. Texts are read when asked for."""
        return self.filter(person=user, sent_at__isnull=False).order_by("-sent_at", "-pk").defer("body", "context")


class OutboxMessage(models.Model):
    """A letter. Its context is wiped when it is sent; what it said is kept for `person` alone, in her cabinet."""

    personal_data = PersonalData(
        fields=("recipient", "subject", "body", "sent_at"),
        purpose=_("to send letters, and to show a person what was sent to her"),
        retention=_("180 days after sending; codes are not kept at all"),
        owner="person",
        exported=("kind", "created_at"),
        keep_for=timedelta(days=180),
        since="sent_at",
    )

    kind = models.CharField(max_length=60)
    recipient = models.EmailField()
    # Whose cabinet shows the letter; empty for letters with a code, and for who has no account.
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="letters")
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    language = models.CharField(max_length=5)
    context = models.JSONField(default=dict)
    dedupe_key = models.CharField(max_length=200, unique=True)
    not_before = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["not_before"], condition=models.Q(sent_at=None), name="outbox_unsent"),
            models.Index(fields=["person", "-sent_at"], name="outbox_person_sent"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.dedupe_key}"


def queue_mail(
    *,
    kind: str,
    recipient: str,
    language: str,
    context: dict,
    dedupe_key: str,
    person=None,
    not_before=None,
    at_once: bool = False,
) -> None:
    """Writes a message inside the caller's transaction and asks for its delivery after the commit.

    `kind` names the templates `emails/<kind>.subject.txt` and `emails/<kind>.txt`; `context` must be
    JSON. A second call with the same `dedupe_key` does nothing. With `person`, an account, the letter can
    be read in her cabinet afterwards: never give it for a letter with a code. `at_once` is for news that
    depends on no change: its delivery is asked for right away.
    """
    try:
        with transaction.atomic():
            message = OutboxMessage.objects.create(
                kind=kind,
                recipient=recipient,
                person=person,
                language=language,
                context=context,
                dedupe_key=dedupe_key,
                not_before=not_before or timezone.now(),
            )
    except IntegrityError:
        return
    if at_once:
        deliver.enqueue(message.pk)
    else:
        # robust: the change is made; the sweep sends what cannot be handed to a worker now
        transaction.on_commit(lambda: deliver.enqueue(message.pk), robust=True)


@task()
def deliver(message_id: int) -> bool:
    """Sends one message if it is due and unclaimed; True when it went out now. Safe to run twice."""
    now = timezone.now()
    claimed = OutboxMessage.objects.due(now).filter(pk=message_id)
    if not claimed.update(claimed_until=now + CLAIM, attempts=models.F("attempts") + 1):
        return False
    message = OutboxMessage.objects.get(pk=message_id)
    try:
        subject, body = _send(message)
    except Exception as error:  # noqa: BLE001, RUF100  any failure of a mail server leaves the row for the next sweep
        OutboxMessage.objects.filter(pk=message_id).update(
            claimed_until=now + CLAIM * message.attempts, last_error=f"{type(error).__name__}: {error}"[:300]
        )
        return False
    kept = {"subject": subject[:200], "body": body} if message.person_id else {}
    OutboxMessage.objects.filter(pk=message_id).update(
        sent_at=timezone.now(), claimed_until=None, last_error="", context={}, **kept
    )
    return True


def _send(message: OutboxMessage) -> tuple[str, str]:
    """Sends a letter and returns its subject and text. Raises whatever the mail server does."""
    with translation.override(message.language):
        subject = " ".join(render_to_string(f"emails/{message.kind}.subject.txt", message.context).split())
        body = render_to_string(f"emails/{message.kind}.txt", message.context)
    mail = EmailMultiAlternatives(subject=subject, body=body, to=[message.recipient])
    mail.extra_headers["Content-Language"] = message.language
    mail.send()
    return subject, body
