"""Wagtail's own signals; our flows use none."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from core.frame_cache import forget
from core.pages import BasePage
from core.twins import note_published


@receiver(page_published)
def keep_twin_marks(sender, instance, **kwargs) -> None:
    if isinstance(instance, BasePage):
        note_published(instance)


for signal in (page_published, page_unpublished, post_page_move, page_slug_changed):
    signal.connect(forget)
for signal in (post_save, post_delete):
    signal.connect(forget, sender=Site)
