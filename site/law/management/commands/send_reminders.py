"""Tells chairs what the law asks of them in the coming days. Run it once a day; more often does no harm."""

from django.core.management.base import BaseCommand

from law.reminders import send_reminders


class Command(BaseCommand):
    help = "Queue letters to chairs: 5 days before a dated duty, 30 days before a mandate ends. Safe to repeat."

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"{send_reminders()} letters queued")
