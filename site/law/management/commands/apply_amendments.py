"""Puts amendments into force whose date has come. Run it every minute, or once after midnight; more does no harm."""

import structlog
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from law.amendments import Amendment
from law.radar_day import apply
from law.radar_sync import sync_open

logger = structlog.get_logger(__name__)


class Command(BaseCommand):
    help = "Publish what was prepared for amendments in force today, renew provisions, look for texts that cite them."

    def handle(self, *args, **options) -> None:
        due = Amendment.objects.to_apply(timezone.localdate()).order_by("in_force_on", "pk")
        applied, failed = 0, []
        for pk in due.values_list("pk", flat=True):
            try:
                applied += apply(amendment_id=pk, actor=None)
            except Exception:  # noqa: BLE001, RUF100  one amendment that fails does not hold up the others
                logger.exception("amendment_not_applied", amendment=pk)
                failed.append(str(pk))
        sync_open()
        self.stdout.write(f"{applied} amendments applied")
        if failed:
            raise CommandError(f"not applied, see the log: {', '.join(failed)}")
