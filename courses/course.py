"""The language-neutral course that pages, runs and records refer to."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.personal_data import NO_PERSONAL_DATA
from courses.enums import Level


class Course(models.Model):
    """Made together with its first page; `key` is the pages' `translation_key`."""

    personal_data = NO_PERSONAL_DATA

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    code = models.CharField(_("code"), max_length=20, unique=True, help_text=_("Short and public, like OSI-101"))
    level = models.CharField(_("level"), max_length=20, choices=Level.choices, default=Level.BASIC)
    hours = models.PositiveSmallIntegerField(_("hours"), default=1)
    is_archived = models.BooleanField(_("archived"), default=False)

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    @classmethod
    def next_code(cls) -> str:
        """A free code for a course that an editor starts without one: C-1, C-2…"""
        taken = set(cls.objects.filter(code__startswith="C-").values_list("code", flat=True))
        return next(code for number in range(1, len(taken) + 2) if (code := f"C-{number}") not in taken)
