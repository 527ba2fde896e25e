"""«Did it help?»: what readers say of a page."""

from __future__ import annotations

import datetime
from datetime import timedelta
from typing import NamedTuple

from django.db import models
from django.db.models import Count, F, FloatField, IntegerField, Q
from django.db.models.functions import Cast, NullIf, Round
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageQuerySet

from core.personal_data import OnErasure, PersonalData
from law.enums import FeedbackReason


class Numbers(NamedTuple):
    voices: int
    no: int
    reasons: dict[str, int]

    @property
    def yes(self) -> int:
        return self.voices - self.no


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def negative(self):
        return self.filter(is_useful=False)

    def last_words(self, number: int):
        """What readers who were not helped wrote in their own words, the newest first."""
        return self.negative().exclude(text="").order_by("-created_at", "-pk")[:number]

    def numbers(self) -> Numbers:
        """How many spoke, how many were not helped, and why. One query."""
        reasons = {reason: Count("pk", filter=Q(is_useful=False, reason=reason)) for reason in FeedbackReason.values}
        found = self.aggregate(voices=Count("pk"), no=Count("pk", filter=Q(is_useful=False)), **reasons)
        return Numbers(found["voices"], found["no"], {reason: found[reason] for reason in FeedbackReason.values})


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


def pages_with_voices(pages: PageQuerySet, *, reason: str = "", since: datetime.date | None = None) -> PageQuerySet:
    """Those of `pages` that readers spoke of, the ones that helped the fewest first. One query for any number.

    Each has `voices`, `said_no`, `no_share` in whole per cent and a number for every reason, all of the days from
    `since`. A `reason` leaves the pages for which somebody gave it.
    """
    spoken = Q(feedback__day__gte=since) if since else Q(feedback__isnull=False)
    no = spoken & Q(feedback__is_useful=False)
    numbers = {key: Count("feedback", filter=no & Q(feedback__reason=key)) for key in FeedbackReason.values}
    pages = pages.annotate(voices=Count("feedback", filter=spoken), said_no=Count("feedback", filter=no), **numbers)
    pages = pages.filter(voices__gt=0, **({f"{reason}__gt": 0} if reason else {}))
    # A database may work out the share before it drops the pages without voices.
    share = Round(F("said_no") * 100.0 / NullIf(F("voices"), 0), output_field=FloatField())
    return pages.annotate(no_share=Cast(share, IntegerField())).order_by("-no_share", "-said_no", "path")
