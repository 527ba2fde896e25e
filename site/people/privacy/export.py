"""«Take my data»: everything the declarations name as a person's own, in one ZIP she can read and a program can.

Other people are left out: an account is never written, and what a row says of somebody else (`_NOT_HERS`) neither.
"""

from __future__ import annotations

import datetime
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import IO

from allauth.account.models import EmailAddress
from django.core.files.storage import Storage
from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.memberships import Invitation
from people.privacy.declarations import Declared, declared
from people.user import User

_NOT_HERS: dict[str, frozenset[str]] = {
    "mfa.Authenticator": frozenset({"data"}),  # the secret itself: who finds the file could sign in
    "people.Invitation": frozenset({"email"}),  # the address of who was invited
    "wagtailcore.ModelLogEntry": frozenset({"label", "data"}),  # names rows of others, accounts among them
    "wagtailcore.PageLogEntry": frozenset({"data"}),
    "wagtailadmin.FormState": frozenset({"data"}),  # what she was writing for the site
}
_CHUNK = 64 * 1024
_IN_MEMORY = 5 * 1024 * 1024


@dataclass
class Part:
    """One table of the export: `labels` name the columns, `rows` hold text, numbers, dates and yes or no."""

    key: str
    name: str
    labels: dict[str, str]
    rows: list[dict]
    purpose: str = ""
    retention: str = ""

    @property
    def table(self) -> list[list[str]]:
        """The rows in the order of the columns, as a page shows them: all text, in the active language."""
        return [[_in_words(row.get(column)) for column in self.labels] for row in self.rows]


@dataclass
class Export:
    user: User
    made_at: datetime.datetime
    parts: list[Part] = field(default_factory=list)
    files: dict[str, tuple[Storage, str]] = field(default_factory=dict)  # name in the archive → where it lies


@dataclass(frozen=True)
class FurtherPart:
    """What an app adds: data of a person that no declaration's `owner` leads to."""

    key: str
    name: str | Promise
    labels: dict[str, str | Promise]
    rows: Callable[[User], Iterable[dict]]


_further: dict[str, FurtherPart] = {}


def register(part: FurtherPart) -> None:
    """Adds a part to every export. Rows must be hers alone. Raises ValueError for a key that is taken."""
    if part.key in _further:
        raise ValueError(f"part {part.key} is registered already")
    _further[part.key] = part


def collect(user: User) -> Export:
    """Everything, in the language of the account. A fixed number of queries a model, whatever the number of rows."""
    export = Export(user, timezone.localtime())
    with translation.override(user.language):
        export.parts += [_part(each, export) for each in declared() if each.data.owner]
        for part in _further.values():
            labels = {key: str(label) for key, label in part.labels.items()}
            export.parts.append(Part(part.key, str(part.name), labels, list(part.rows(user))))
    export.parts = [part for part in export.parts if part.rows]
    return export


def write_archive(export: Export) -> IO[bytes]:
    """The ZIP as an open temporary file at its start: data.json, index.html, files/. Small ones stay in memory."""
    target = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  the response closes it
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, (storage, path) in export.files.items():
            with storage.open(path, "rb") as file, archive.open(name, "w") as entry:
                while chunk := file.read(_CHUNK):
                    entry.write(chunk)
        archive.writestr("data.json", json.dumps(as_json(export), ensure_ascii=False, indent=1))
        with translation.override(export.user.language):
            archive.writestr("index.html", render_to_string("people/privacy/export.html", {"export": export}))
    target.seek(0)
    return target


def as_json(export: Export) -> dict:
    """`{"made_at", "language", "parts": [{"key", "name", "purpose", "retention", "labels", "rows"}]}`; dates in ISO."""
    return {
        "made_at": export.made_at.isoformat(timespec="seconds"),
        "language": export.user.language,
        "parts": [
            {
                "key": part.key,
                "name": part.name,
                "purpose": part.purpose,
                "retention": part.retention,
                "labels": part.labels,
                "rows": [{name: _plain(value) for name, value in row.items()} for row in part.rows],
            }
            for part in export.parts
        ],
    }


def _plain(value):
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, datetime.date) else value


def _in_words(value) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime.datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, datetime.date):
        return date_format(value, "DATE_FORMAT")
    return "" if value is None else str(value)


def _columns(each: Declared) -> dict:
    """The fields of a model that an export shows, by name: what is hers, in the order of the declaration."""
    if not each.data.owner:
        return {}
    hidden = _NOT_HERS.get(each.label, frozenset())
    names = [name for name in dict.fromkeys((*each.data.fields, *each.data.exported)) if name not in hidden]
    fields = {name: each.model._meta.get_field(name) for name in names}
    return {name: found for name, found in fields.items() if not _is_account(found)}


def _part(each: Declared, export: Export) -> Part:
    fields = _columns(each)
    rows = each.rows_of(export.user).order_by("pk")
    if joined := [name for name, found in fields.items() if isinstance(found, models.ForeignKey)]:
        rows = rows.select_related(*joined)
    return Part(
        key=each.label.lower(),
        name=each.name,
        labels={name: each.field_name(name) for name in fields},
        rows=[{name: _value(row, found, export) for name, found in fields.items()} for row in rows],
        purpose=str(each.data.purpose),
        retention=str(each.data.retention),
    )


def _is_account(found) -> bool:
    return isinstance(found, models.ForeignKey) and found.related_model is User


def _value(row: models.Model, found, export: Export):
    """A field's value as a person reads it; of a file its name in the archive."""
    value = getattr(row, found.name)
    if isinstance(found, models.FileField):
        return _file(row, found, export) if value else ""
    if isinstance(found, models.ForeignKey):
        return "" if value is None else str(value)
    if getattr(found, "choices", None):
        return str(getattr(row, f"get_{found.name}_display")())
    if isinstance(value, (str, int, bool, datetime.date)) or value is None:
        return value
    return str(value)


def _file(row: models.Model, found: models.FileField, export: Export) -> str:
    stored = getattr(row, found.name)
    if not stored.storage.exists(stored.name):
        return _("the file is no longer there")
    own_name = getattr(row, f"{found.name}_name", "") or stored.name.rpartition("/")[2]
    name = f"files/{row.pk}-{get_valid_filename(own_name) if own_name.strip('._- ') else 'file'}"
    export.files[name] = (stored.storage, stored.name)
    return name


def _invitations_to(user: User) -> Iterable[dict]:
    invitations = Invitation.objects.filter(
        models.Q(accepted_by=user)
        | models.Q(email__in=EmailAddress.objects.filter(user=user, verified=True).values("email"))
    )
    for invitation in invitations.select_related("association").order_by("pk"):
        yield {
            "association": str(invitation.association),
            "role": str(invitation.get_role_display()),
            "created_at": invitation.created_at,
            "accepted_at": invitation.accepted_at,
        }


register(
    FurtherPart(
        key="invitations_to_you",
        name=gettext_lazy("Invitations to you"),
        labels={
            "association": gettext_lazy("association"),
            "role": gettext_lazy("role"),
            "created_at": gettext_lazy("sent"),
            "accepted_at": gettext_lazy("accepted"),
        },
        rows=_invitations_to,
    )
)
