"""The front office in the frame of every page."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from people.office_hours import week_in_words
from people.offices import CARD_CACHE_KEY, Office

SECONDS = 60


@dataclass(frozen=True)
class OfficeCard:
    """How to reach an office, in words of one language."""

    city: str = ""
    address: str = ""
    hours: str = ""
    phone: str = ""
    email: str = ""


def front_office(request: HttpRequest) -> dict:
    """`front_office`: the card of the first open office. No query where a template does not use it."""
    return {"front_office": SimpleLazyObject(_card)}


def _card() -> OfficeCard:
    card = cache.get_or_set(f"{CARD_CACHE_KEY}:{get_language()}", _make_card, SECONDS)
    return card or OfficeCard()


def _make_card() -> OfficeCard:
    office = Office.objects.open().in_full().first()
    if office is None:
        return OfficeCard()
    address, phone = next(iter(office.addresses.all()), None), next(iter(office.phones.all()), None)
    return OfficeCard(
        city=office.city,
        address=address.address if address else "",
        hours=week_in_words(office.hours.all()),
        phone=phone.number if phone else "",
        email=office.email,
    )
