"""Tells people what the law asks of them: chairs of coming dates, staff of overdue reviews. Run it once a day."""

from django.core.management.base import BaseCommand

from law.reminders import send_reminders
from law.review_letters import send_review_letters


class Command(BaseCommand):
    help = (
        "Queue letters: to chairs 5 days before a dated duty and 30 days before a mandate ends; to owners of pages "
        "and lawyers about overdue reviews, at once and every Monday. Safe to repeat."
    )

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"{send_reminders() + send_review_letters()} letters queued")
