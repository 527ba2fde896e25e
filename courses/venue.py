"""Where runs meet."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel


class Venue(models.Model):
    """A place where runs meet. # PII: none"""

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

    def _in_language(self, field: str) -> str:
        return getattr(self, f"{field}_{'kk' if get_language() == 'kk' else 'ru'}")

    @property
    def name(self) -> str:
        return self._in_language("name")

    @property
    def city(self) -> str:
        return self._in_language("city")

    @property
    def address(self) -> str:
        return self._in_language("address")

    @property
    def directions(self) -> str:
        return self._in_language("directions")
