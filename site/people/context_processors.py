"""The front office in the frame of every page."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from people.office_card import OfficeCard, office_card
from people.offices import CARD_CACHE_KEY, Office

SECONDS = 60


def front_office(request: HttpRequest) -> dict:
    """`front_office`: the card of the first open office. No query where a template does not use it."""
    return {"front_office": SimpleLazyObject(_card)}


def _card() -> OfficeCard:
    card = cache.get_or_set(f"{CARD_CACHE_KEY}:{get_language()}", _make_card, SECONDS)
    return card or OfficeCard()


def _make_card() -> OfficeCard:
    office = Office.objects.open().in_full().first()
    return office_card(office) if office else OfficeCard()
