"""What is left of an erased account: that it happened, for totals and for restored backups."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.personal_data import NO_PERSONAL_DATA


class ErasureRecord(models.Model):
    """`account` is the number of the row that is gone: whoever restores an older backup erases it again."""

    personal_data = NO_PERSONAL_DATA

    account = models.BigIntegerField(_("account"))
    by_owner = models.BooleanField(_("by the person"), default=True)
    removed = models.JSONField(default=dict)  # model label → number of rows
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-at"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.account} {self.at:%d.%m.%Y}"
