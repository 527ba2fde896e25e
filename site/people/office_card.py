"""How to reach an office, in words of the active language."""

from __future__ import annotations

from dataclasses import dataclass

from people.office_hours import week_in_words
from people.offices import Office


@dataclass(frozen=True)
class OfficeCard:
    """The first address and phone, and the week. Empty where staff have not filled it in."""

    city: str = ""
    address: str = ""
    hours: str = ""
    phone: str = ""
    email: str = ""


def office_card(office: Office) -> OfficeCard:
    """Three queries for an office read without `in_full()`, none with it."""
    address, phone = next(iter(office.addresses.all()), None), next(iter(office.phones.all()), None)
    return OfficeCard(
        city=office.city,
        address=address.address if address else "",
        hours=week_in_words(office.hours.all()),
        phone=phone.number if phone else "",
        email=office.email,
    )
