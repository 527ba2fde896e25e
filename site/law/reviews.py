"""Who compared a page with which edition of the law, and when it must be done again.

The state stands beside the page and not in it: a review makes no revision, and publishing an old draft
cannot bring back an old signature. Only `law.review_actions` writes here.
"""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.personal_data import OnErasure, PersonalData, only_staff
from law.enums import ReviewOutcome

# Between the publication of a text and the signature that comes with it.
ONE_STEP = datetime.timedelta(seconds=30)


class ReviewStateQuerySet(models.QuerySet["ReviewState"]):
    def overdue(self, day: datetime.date):
        """The next review should have been made before `day`."""
        return self.filter(next_review_on__lt=day)

    def due_between(self, first: datetime.date, last: datetime.date):
        """Both days included."""
        return self.filter(next_review_on__range=(first, last))

    def public(self):
        """Of pages that readers see: nobody is asked to review a draft."""
        return self.filter(page__live=True)

    def of(self, user):
        """Those `user` cares for, as owner or as deputy."""
        return self.filter(models.Q(responsible=user) | models.Q(deputy=user))

    def in_full(self):
        """With page, language and people, the longest overdue first: for lists, in one query."""
        return self.select_related("page__locale", "responsible", "deputy").order_by("next_review_on", "page_id")


class ReviewState(models.Model):
    """The last review of a page, who cares for it and when it is due again. Pages without a row: never compared."""

    personal_data = only_staff("responsible", "deputy")
    wagtail_reference_index_ignore = True

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="review_state", verbose_name=_("page"))
    edition_date = models.DateField(_("compared with the edition of"), null=True, blank=True)
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, editable=False)
    reviewer = models.CharField(_("reviewed by"), max_length=150, blank=True)
    next_review_on = models.DateField(_("next review"), null=True, blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("deputy"),
    )
    # The date of the next review that owner and deputy were already told is over.
    told_of = models.DateField(null=True, editable=False)

    objects = ReviewStateQuerySet.as_manager()

    class Meta:
        verbose_name = _("state of review")
        permissions = [("sign_review", _("Can sign reviews and decide what an amendment changes"))]
        indexes = [models.Index(fields=["next_review_on"], name="review_next")]

    def __str__(self) -> str:
        return f"review of page {self.page_id}"

    @property
    def is_signed(self) -> bool:
        return bool(self.reviewer and self.reviewed_on)

    def is_older_than(self, moment: datetime.datetime | None) -> bool:
        """Whether what happened at `moment` came after the review. A text that is signed as it goes live is its own."""
        return bool(moment and self.reviewed_at and moment > self.reviewed_at + ONE_STEP)

    def is_overdue(self, day: datetime.date) -> bool:
        return self.next_review_on is not None and self.next_review_on < day


class Review(models.Model):
    """One review: a line of the log that is never changed."""

    personal_data = only_staff("by")
    wagtail_reference_index_ignore = True

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="reviews")
    outcome = models.CharField(_("outcome"), max_length=20, choices=ReviewOutcome.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reviewer = models.CharField(_("reviewed by"), max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    edition_date = models.DateField(_("edition of"), null=True)
    amendment = models.ForeignKey("law.Amendment", on_delete=models.SET_NULL, null=True, related_name="reviews")
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("review")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.at:%Y-%m-%d}"


class ReviewTaskQuerySet(models.QuerySet["ReviewTask"]):
    def open(self):
        return self.filter(closed_at=None)

    def of(self, user):
        """On pages `user` cares for, as owner or as deputy."""
        return self.filter(models.Q(page__review_state__responsible=user) | models.Q(page__review_state__deputy=user))

    def in_full(self):
        """With page, language and who cares for it, the oldest first: for lists, in one query."""
        people = ("page__review_state__responsible", "page__review_state__deputy")
        return self.select_related("page__locale", *people).order_by("opened_at", "pk")


class ReviewTask(models.Model):
    """Somebody said that a page is out of date: a lawyer looks, and the next review closes the task."""

    personal_data = PersonalData(
        fields=("text",),
        purpose=_("to tell a lawyer what readers find out of date"),
        retention=_("as long as the page"),
        on_erasure=OnErasure.KEEP,
        at_work=("closed_by",),
    )
    wagtail_reference_index_ignore = True

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="review_tasks")
    text = models.TextField(_("what was said"), blank=True)
    voices = models.PositiveIntegerField(_("how many said so"), default=1)
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = ReviewTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("review task")
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=models.Q(closed_at=None), name="one_open_review_task_a_page"
            )
        ]

    def __str__(self) -> str:
        return f"review task of page {self.page_id}"
