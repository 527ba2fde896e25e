"""Every model says what it keeps of a person: a system check, so that a new one cannot be forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.checks import Error, register
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models.constants import LOOKUP_SEP

from core.personal_data import OnErasure, PersonalData
from people.privacy.declarations import declaration_of
from people.privacy.libraries import LIBRARIES, ON_SQLITE_ALONE

# Accounts and addresses that are nobody's data: they name a member of the staff at work, or an office.
NOT_OF_A_PERSON: dict[str, frozenset[str]] = {
    "core.SiteSettings": frozenset({"security_contact"}),
    "people.Membership": frozenset({"confirmed_by"}),
    "people.Office": frozenset({"email"}),
}
HINT = "declare `personal_data` on the model (core.personal_data), or in people.privacy.libraries for a library"


@register()
def declarations(app_configs, **kwargs) -> list[Error]:
    """people.E001 for each model without a true declaration, and for a declaration without its model."""
    found = declaration_errors(apps.get_models())
    installed = {model._meta.label for model in apps.get_models()}
    for label in sorted(set(LIBRARIES) - installed - ON_SQLITE_ALONE):
        found.append(Error(f"{label} is declared and not installed", hint="take it out of LIBRARIES", id="people.E001"))
    return found


def declaration_errors(found_models: Iterable[type[models.Model]]) -> list[Error]:
    """Errors of these models' declarations."""
    return [
        Error(f"{model._meta.label}: {problem}", hint=HINT, obj=model, id="people.E001")
        for model in found_models
        for problem in _problems(model)
    ]


def _problems(model: type[models.Model]) -> Iterator[str]:
    data = declaration_of(model)
    if data is None:
        yield "does not say what it keeps of a person"
        return
    yield from _missing_fields(model, data)
    if data.owner and data.owner != "pk" and _resolve(model, data.owner) is None:
        yield f"owner {data.owner} is no field"
    if bool(data.keep_for is not None) != bool(data.since):
        yield "keep_for and since belong together"
    if data.since and not isinstance(_resolve(model, data.since), models.DateTimeField):
        yield f"since {data.since} is no date-time field"
    if data.fields and data.on_erasure is OnErasure.ANONYMISE and not data.blanks:
        yield "is anonymised and does not say by what"
    named = {*data.fields, *data.blanks, data.owner, *data.at_work, *NOT_OF_A_PERSON.get(model._meta.label, ())}
    for field in model._meta.local_fields:
        if field.name not in named and _tells_of_a_person(field):
            yield f"{field.name} tells of a person and is not named"


def _missing_fields(model: type[models.Model], data: PersonalData) -> Iterator[str]:
    for name in sorted({*data.fields, *data.exported, *data.blanks, *data.at_work}):
        try:
            model._meta.get_field(name)
        except FieldDoesNotExist:
            yield f"{name} is declared and does not exist"


def _tells_of_a_person(field: models.Field) -> bool:
    if isinstance(field, models.EmailField):
        return True
    return isinstance(field, models.ForeignKey) and field.related_model is get_user_model()


def _resolve(model: type[models.Model], path: str) -> models.Field | None:
    """The last field of a lookup path, or None where it leads nowhere."""
    last: models.Field | None = None
    for name in path.split(LOOKUP_SEP):
        try:
            found = model._meta.get_field(name)
        except FieldDoesNotExist:
            return None
        if isinstance(found, models.Field):
            last = found
        if isinstance(found.related_model, type):
            model = found.related_model
    return last
