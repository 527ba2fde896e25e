"""A lawyer's look as a step of a Wagtail workflow."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask

from core.personal_data import NO_PERSONAL_DATA


class LawyerTask(AbstractGroupApprovalTask):
    """Approving it signs the page: its text is compared with the law by the person who approved."""

    personal_data = NO_PERSONAL_DATA

    class Meta:
        verbose_name = _("lawyer's check")
        verbose_name_plural = _("lawyer's checks")

    @classmethod
    def get_description(cls):
        return _("A lawyer compares the text with the law and signs it")
