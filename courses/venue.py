"""Where runs meet."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from core.bilingual import in_language
from core.personal_data import NO_PERSONAL_DATA
from people.offices import Office


class Venue(models.Model):
    """A place where runs meet."""

    personal_data = NO_PERSONAL_DATA

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="venues", verbose_name=_("office"))
    name_kk = models.CharField(_("name in Kazakh"), max_length=120)
    name_ru = models.CharField(_("name in Russian"), max_length=120)
    city_kk = models.CharField(_("city in Kazakh"), max_length=60)
    city_ru = models.CharField(_("city in Russian"), max_length=60)
    address_kk = models.CharField(_("address in Kazakh"), max_length=200, blank=True)
    address_ru = models.CharField(_("address in Russian"), max_length=200, blank=True)
    directions_kk = models.TextField(_("how to get there, in Kazakh"), blank=True)
    directions_ru = models.TextField(_("how to get there, in Russian"), blank=True)
    is_step_free = models.BooleanField(_("step-free access"), default=False)

    panels = [
        FieldPanel("office"),
        FieldRowPanel([FieldPanel("name_kk"), FieldPanel("name_ru")]),
        FieldRowPanel([FieldPanel("city_kk"), FieldPanel("city_ru")]),
        FieldRowPanel([FieldPanel("address_kk"), FieldPanel("address_ru")]),
        FieldPanel("directions_kk"),
        FieldPanel("directions_ru"),
        FieldPanel("is_step_free"),
    ]

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")

    def __str__(self) -> str:
        return f"{self.name}, {self.city}"

    @property
    def name(self) -> str:
        return in_language(self, "name")

    @property
    def city(self) -> str:
        return in_language(self, "city")

    @property
    def address(self) -> str:
        return in_language(self, "address")

    @property
    def directions(self) -> str:
        return in_language(self, "directions")
