"""A person enters a house that the city's register does not have yet."""

from __future__ import annotations

from django.core.cache import cache
from django.db import IntegrityError, transaction

from people.associations import Association
from people.enums import MembershipRefusal
from people.mandates import Refused
from people.user import User

ENTRIES_A_DAY = 5
_DAY = 24 * 60 * 60


@transaction.atomic
def enter(*, association: Association, actor: User) -> tuple[Association, bool]:
    """Saves a checked, unsaved `association`, marked as not in the register; returns it and whether it is new.

    Who enters a BIN that exists is given the existing row, which stays as it is. Raises `Refused` when `actor`
    has entered too many today.
    """
    if association.bin and (existing := Association.objects.filter(bin=association.bin).first()):
        return existing, False
    key = f"associations-entered:{actor.pk}"
    cache.add(key, 0, _DAY)
    if cache.incr(key) > ENTRIES_A_DAY:
        raise Refused(MembershipRefusal.TOO_MANY_CLAIMS)
    association.is_in_register = False
    try:
        with transaction.atomic():
            association.save()
    except IntegrityError:  # the same BIN was entered at the same moment
        return Association.objects.get(bin=association.bin), False
    return association, True
