"""Columns of the admin's lists."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.ui.tables import Column


class MomentColumn(Column):
    """A moment as the wall shows it. Wagtail's own says how long ago it was, which of a coming day is nonsense."""

    def get_value(self, instance) -> str:
        moment = super().get_value(instance)
        return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT") if moment else ""
