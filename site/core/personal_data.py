"""What each model keeps of a person: the declaration that export, erasure, retention and the page «What we keep» read.

Every model of the project carries one as `personal_data`; models of libraries are declared in
`people.privacy.libraries`. A system check (people.E001) fails for a model without a declaration.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import Enum

from django.utils.functional import Promise


class OnErasure(Enum):
    DELETE = "delete"  # the row goes
    ANONYMISE = "anonymise"  # the row stays for totals, what tells of the person is blanked
    KEEP = "keep"  # the law or the safety of others asks for the row; `retention` says until when


@dataclass(frozen=True)
class PersonalData:
    """`fields` tell of the person that the lookup `owner` leads to (an account, from a row of the model).

    `blanks` are the values that anonymising writes. Rows are removed `keep_for` after the moment in
    `since` (a date-time field) by `manage.py apply_retention`; without it, with the account.
    """

    fields: tuple[str, ...]
    purpose: str | Promise
    retention: str | Promise
    owner: str = ""
    on_erasure: OnErasure = OnErasure.DELETE
    blanks: dict = field(default_factory=dict)
    exported: tuple[str, ...] = ()  # besides `fields`: what makes them readable
    keep_for: timedelta | None = None
    since: str = ""
    at_work: tuple[str, ...] = ()  # accounts of staff who did their work here: nobody's data


NO_PERSONAL_DATA = PersonalData(fields=(), purpose="", retention="", on_erasure=OnErasure.KEEP)


def only_staff(*names: str) -> PersonalData:
    """For a model that tells of nobody but the staff who worked on it; `names` are its links to accounts."""
    return replace(NO_PERSONAL_DATA, at_work=names)
