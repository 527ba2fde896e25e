"""Sweeps the outbox: sends what is due and clears what was sent long ago. Run it every minute."""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from core.outbox import OutboxMessage, deliver

KEEP = timedelta(days=180)
# A sign-in code that could not be sent in time is of no use, and must not lie around.
CODES_LIVE = timedelta(minutes=15)


class Command(BaseCommand):
    help = "Send outbox messages that are due; remove messages sent more than 180 days ago."

    def handle(self, *args, **options) -> None:
        now = timezone.now()
        OutboxMessage.objects.filter(kind="account", sent_at=None, created_at__lt=now - CODES_LIVE).delete()
        due = list(OutboxMessage.objects.due(now).order_by("not_before").values_list("pk", flat=True)[:500])
        sent = sum(deliver.call(pk) for pk in due)
        OutboxMessage.objects.filter(sent_at__lt=now - KEEP).delete()
        self.stdout.write(f"{sent} of {len(due)} sent")
