"""«Did it help?»: what readers say of a page."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.personal_data import OnErasure, PersonalData
from law.enums import FeedbackReason


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def negative(self):
        return self.filter(is_useful=False)


class Feedback(models.Model):
    """One answer of one visitor about one page on one day. Who it was cannot be told from it."""

    personal_data = PersonalData(
        fields=("text",),
        purpose=_("to make answers better"),
        retention=_("one year"),
        on_erasure=OnErasure.KEEP,
        keep_for=timedelta(days=365),
        since="created_at",
    )
    wagtail_reference_index_ignore = True

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="feedback")
    is_useful = models.BooleanField(_("it helped"))
    reason = models.CharField(_("what is wrong"), max_length=20, choices=FeedbackReason.choices, blank=True)
    text = models.TextField(_("in your own words"), max_length=1000, blank=True)
    # HMAC of address, browser and day: the same visitor is counted once, and cannot be followed to the next day.
    visitor = models.CharField(max_length=64)
    day = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback")
        constraints = [models.UniqueConstraint(fields=["page", "visitor", "day"], name="one_voice_a_day")]
        indexes = [models.Index(fields=["page", "is_useful"], name="feedback_page")]

    def __str__(self) -> str:
        return f"feedback on page {self.page_id}"
