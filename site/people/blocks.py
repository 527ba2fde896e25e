"""Blocks about front offices."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from people.office_hours import coming_exceptions, exception_in_words, is_open_now, state_now, week_in_words
from people.offices import Office


@dataclass(frozen=True)
class OpenOffice:
    """An office as its card shows it. `state` is empty where its hours are not announced."""

    office: Office
    week: str
    state: str
    is_open_now: bool
    exceptions: list[str]


class OfficesBlock(blocks.StructBlock):
    """Reads the offices when a page is shown: what staff change in an office needs no new version of the page."""

    title = blocks.CharBlock(max_length=120, required=False, label=_("Title"))

    class Meta:
        icon = "site"
        label = _("Front offices")
        description = _("Addresses, phones and hours of the open offices, and the cities where one is being prepared")
        template = "blocks/offices.html"
        preview_value = {"title": "Фронт-кеңселер"}

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        offices = list(Office.objects.in_full())
        context["open_offices"] = [_open_office(office) for office in offices if office.is_open]
        context["planned_cities"] = [office.city for office in offices if office.is_planned]
        return context


def _open_office(office: Office) -> OpenOffice:
    return OpenOffice(
        office=office,
        week=week_in_words(office.hours.all()),
        state=state_now(office),
        is_open_now=is_open_now(office),
        exceptions=[exception_in_words(day) for day in coming_exceptions(office)],
    )
