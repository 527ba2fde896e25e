"""Sweeps the outbox: sends what is due. Run it every minute. What was sent long ago goes by `apply_retention`."""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.db.models import Q
from django.utils import timezone

from core.outbox import OutboxMessage, deliver

# A sign-in code that could not be sent in time is of no use, and must not lie around.
CODES_LIVE = timedelta(minutes=15)
# The last letter of an erased account: nothing may remain of its address.
LEAVES_NOTHING = "people/erased"


class Command(BaseCommand):
    help = "Send outbox messages that are due."

    def handle(self, *args, **options) -> None:
        now = timezone.now()
        codes = OutboxMessage.objects.filter(Q(kind="account") | Q(dedupe_key__startswith="code:"))
        codes.filter(sent_at=None, created_at__lt=now - CODES_LIVE).delete()
        due = list(OutboxMessage.objects.due(now).order_by("not_before").values_list("pk", flat=True)[:500])
        sent = sum(deliver.call(pk) for pk in due)
        OutboxMessage.objects.filter(kind=LEAVES_NOTHING).exclude(sent_at=None).delete()
        self.stdout.write(f"{sent} of {len(due)} sent")
