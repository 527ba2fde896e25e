"""Statutory duties of the deadline calendar."""

from __future__ import annotations

from home.starter.files import read
from home.starter.law import Provisions
from law.models import Duty


def load_duties(law: Provisions) -> None:
    """Makes the duties that are missing; what staff changed in an existing one is left alone."""
    known = set(Duty.objects.values_list("key", flat=True))
    for place, facts in enumerate(read("duties.yaml"), start=1):
        if facts["key"] in known:
            continue
        event = facts.get("event") or {}
        Duty.objects.create(
            key=facts["key"],
            title_kk=facts["title"]["kk"],
            title_ru=facts["title"]["ru"],
            note_kk=facts["note"]["kk"],
            note_ru=facts["note"]["ru"],
            role=facts["role"],
            rule=facts["rule"],
            day=facts.get("day"),
            month=facts.get("month"),
            amount=facts.get("amount"),
            unit=facts.get("unit") or "",
            event_kk=event.get("kk") or "",
            event_ru=event.get("ru") or "",
            provision=law.get(facts["citation"]),
            is_verified=facts["verified"],
            position=place * 10,
        )
