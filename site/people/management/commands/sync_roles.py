"""Makes staff groups match the table in `people.roles`. Run it after each `migrate`."""

from django.core.management.base import BaseCommand

from people.roles import sync_roles


class Command(BaseCommand):
    help = "Create or update the staff groups and their permissions."

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"{sync_roles()} groups in step")
