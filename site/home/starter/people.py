"""Offices with their districts, and the texts people agree to."""

from __future__ import annotations

from django.utils import timezone

from home.starter.files import read
from people.offices import District, Office
from people.privacy.consents import ConsentText


def load_offices() -> None:
    """Makes the offices that are missing; what staff changed in an existing one is left alone."""
    for position, facts in enumerate(read("offices.yaml"), start=1):
        office, created = Office.objects.get_or_create(
            key=facts["key"],
            defaults={
                "city_kk": facts["city"]["kk"],
                "city_ru": facts["city"]["ru"],
                "state": facts["state"],
                "languages": facts["languages"],
                "position": position,
            },
        )
        if created or not office.districts.exists():
            District.objects.bulk_create(
                District(office=office, name_kk=name["kk"], name_ru=name["ru"], sort_order=place)
                for place, name in enumerate(facts["districts"])
            )


def load_consents() -> None:
    """Publishes the versions that are missing."""
    for facts in read("consents.yaml"):
        ConsentText.objects.get_or_create(
            purpose=facts["purpose"],
            version=facts["version"],
            defaults={"text_kk": facts["kk"], "text_ru": facts["ru"], "published_at": timezone.now()},
        )
