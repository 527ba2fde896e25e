"""One import of a city's register: its file, its progress, what came of it."""

from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.personal_data import OnErasure, PersonalData
from people.enums import ImportState
from people.memberships import private_storage
from people.offices import Office


def import_path(row: RegisterImport, filename: str) -> str:
    suffix = "xlsx" if filename.lower().endswith(".xlsx") else "csv"
    return f"imports/{uuid.uuid4().hex}.{suffix}"


class RegisterImportQuerySet(models.QuerySet["RegisterImport"]):
    def for_staff(self, user):
        return self.filter(office__in=Office.objects.for_staff(user))


class RegisterImport(models.Model):
    personal_data = PersonalData(
        fields=("started_by",),
        purpose=_("to know who changed the register of associations"),
        retention=_("180 days; the file goes when the import has ended"),
        owner="started_by",
        on_erasure=OnErasure.ANONYMISE,
        blanks={"started_by": None},
        exported=("office", "file_name", "created_at"),
        keep_for=datetime.timedelta(days=180),
        since="created_at",
    )

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", verbose_name=_("city"))
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    file = models.FileField(_("file"), storage=private_storage, upload_to=import_path, blank=True)
    file_name = models.CharField(max_length=150)
    is_dry_run = models.BooleanField(_("only try"), default=True)
    state = models.CharField(max_length=20, choices=ImportState.choices, default=ImportState.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    # The first problems as {"row": 12, "column": "BIN", "problem": "bin_check", "value": "…"}; `failed` counts all.
    problems = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    objects = RegisterImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of a register")
        verbose_name_plural = _("imports of registers")
        ordering = ["-created_at"]
        permissions = [("import_register", "Can import a register of associations")]

    def __str__(self) -> str:
        return self.file_name
