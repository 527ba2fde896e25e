"""Loads the starter content. What exists already, edited or not, is left as it is."""

from django.core.management.base import BaseCommand

from home.starter.pages import Starter
from law.workflow import make_workflow


class Command(BaseCommand):
    help = "Load the starter content in Kazakh and Russian (only what is missing)."

    def handle(self, *args, **options) -> None:
        starter = Starter(say=lambda step: self.stdout.write(f"  {step}"))
        self.stdout.write(f"{starter.load()} new pages")
        make_workflow()  # roles come first on a new site, and then there were no sections to give it to
