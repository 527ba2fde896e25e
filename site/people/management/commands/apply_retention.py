"""Removes what the site has kept long enough. Run it once a day."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from people.privacy.retention import apply_retention


class Command(BaseCommand):
    help = "Delete or anonymise what is older than its declaration of personal data allows."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count; write nothing")

    def handle(self, *args, **options) -> None:
        for what, number in apply_retention(at=timezone.now(), dry_run=options["dry_run"]):
            self.stdout.write(f"{number:>7}  {what}")
