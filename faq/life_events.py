"""Life events: the door by which a person comes who does not know the word for her problem."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from core.bilingual import in_language
from core.frame_cache import remembered
from core.icons import icon_choices
from core.personal_data import NO_PERSONAL_DATA


class LifeEventQuerySet(models.QuerySet["LifeEvent"]):
    def of_questions(self, questions: models.QuerySet):
        """Those that at least one of `questions` belongs to, in the order of lists."""
        return self.filter(models.Exists(questions.filter(life_event=models.OuterRef("pk"))))


class LifeEvent(models.Model):
    """«I bought a flat», «the neighbours flooded me»: one row for both languages."""

    personal_data = NO_PERSONAL_DATA

    key = models.SlugField(_("key"), max_length=40, unique=True, help_text=_("Used in addresses; never changes"))
    title_kk = models.CharField(_("title in Kazakh"), max_length=80)
    title_ru = models.CharField(_("title in Russian"), max_length=80)
    icon = models.CharField(_("icon"), max_length=30, default="info", choices=icon_choices)
    position = models.PositiveSmallIntegerField(_("place in lists"), default=100)

    objects = LifeEventQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("title_kk"), FieldPanel("title_ru")]),
        FieldRowPanel([FieldPanel("icon"), FieldPanel("position")]),
        FieldPanel("key"),
    ]

    class Meta:
        verbose_name = _("life event")
        verbose_name_plural = _("life events")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self, "title")


def life_event(pk: int | None) -> LifeEvent | None:
    """One of the few rows there are, remembered as the frame of a page is."""
    if pk is None:
        return None
    return remembered("life-events", LifeEvent.objects.in_bulk).get(pk)
