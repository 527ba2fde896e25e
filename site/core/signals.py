"""Wagtail's own signals; our flows use none."""

from django.dispatch import receiver
from wagtail.signals import page_published

from core.pages import BasePage
from core.twins import note_published


@receiver(page_published)
def keep_twin_marks(sender, instance, **kwargs) -> None:
    if isinstance(instance, BasePage):
        note_published(instance)
