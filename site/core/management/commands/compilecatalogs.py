"""`compilemessages` for a machine without GNU gettext."""

from django.core.management.base import BaseCommand

from core.catalogs import compile_catalogs


class Command(BaseCommand):
    help = "Compile our message catalogs (no GNU gettext needed)."
    requires_system_checks: list[str] = []

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"{compile_catalogs()} catalogs compiled")
