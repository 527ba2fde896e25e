"""Every declaration in one place: our models' own and those of libraries, with words a person can read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.utils.text import capfirst

from core.personal_data import OnErasure, PersonalData
from people.privacy.libraries import LIBRARIES, OF_STAFF
from people.privacy.words import FIELDS, MODELS

# Our own models that only staff leave something in.
OF_STAFF_ALONE = frozenset(OF_STAFF) | {"people.RegisterImport", "people.MembershipEvent", "courses.EnrolmentEvent"}


@dataclass(frozen=True)
class Declared:
    model: type[models.Model]
    data: PersonalData

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def name(self) -> str:
        """What the rows are, in the active language."""
        return capfirst(str(MODELS.get(self.label) or self.model._meta.verbose_name_plural))

    @property
    def concerns_staff_alone(self) -> bool:
        return self.label in OF_STAFF_ALONE

    def rows_of(self, user) -> models.QuerySet:
        """Rows that `owner` leads from to `user`; none without an owner."""
        rows = self.model._default_manager.all()
        if not self.data.owner:
            return rows.none()
        return rows.filter(**{self.data.owner: user.pk})

    def field_name(self, field: str) -> str:
        """A field in words of the active language, where anybody has given it any (a test asks for all)."""
        return capfirst(str(FIELDS.get(field) or self.model._meta.get_field(field).verbose_name))  # type: ignore[union-attr]

    def file_fields(self, names: Iterable[str]) -> list[models.FileField]:
        fields = (self.model._meta.get_field(name) for name in names)
        return [field for field in fields if isinstance(field, models.FileField)]


def declaration_of(model: type[models.Model]) -> PersonalData | None:
    """A model's own declaration, else that of its library, else None."""
    return LIBRARIES.get(model._meta.label) or getattr(model, "personal_data", None)


def declared() -> Iterator[Declared]:
    """Every installed model that keeps something of a person, in the order of the apps."""
    for model in apps.get_models():
        data = declaration_of(model)
        if data is not None and data.fields:
            yield Declared(model, data)


def shown_to(user) -> list[Declared]:
    """What the page «My data» explains to `user`: to staff everything, to others what can concern them."""
    is_staff = user.has_perm("wagtailadmin.access_admin")
    return [found for found in declared() if is_staff or not found.concerns_staff_alone]


def staying_without_name() -> list[Declared]:
    """What is kept for totals and history after an erasure, of rows that are anybody's."""
    return [
        found
        for found in declared()
        if found.data.on_erasure is OnErasure.ANONYMISE and found.data.owner and not found.concerns_staff_alone
    ]
