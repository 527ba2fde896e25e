"""What lies on a lawyer's desk: pages by what is to be done, and all that is known about one page."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from law.amendments import RadarItem
from law.basis import LawBased
from law.feedback import Feedback
from law.reviews import Review, ReviewState, ReviewTask

SOON = datetime.timedelta(days=30)
LISTS = {
    "overdue": _("Review overdue"),
    "reported": _("Readers say: out of date"),
    "soon": _("Due within 30 days"),
    "unsigned": _("Not signed yet"),
}


@dataclass(frozen=True)
class Desk:
    """The lists of one day; `user` narrows them to the pages she cares for."""

    day: datetime.date
    user: object = None

    def rows(self, name: str) -> QuerySet:
        """The rows of one of `LISTS`. Raises KeyError for another name."""
        return {
            "overdue": self._states().overdue(self.day),
            "reported": self._tasks(),
            "soon": self._states().due_between(self.day, self.day + SOON),
            "unsigned": self._unsigned(),
        }[name]

    def counts(self) -> dict[str, int]:
        """How many rows each list has. A query a list."""
        return {name: self.rows(name).count() for name in LISTS}

    def _states(self):
        states = ReviewState.objects.public().in_full()
        return states.of(self.user) if self.user else states

    def _tasks(self):
        tasks = ReviewTask.objects.open().in_full()
        return tasks.of(self.user) if self.user else tasks

    def _unsigned(self):
        """Pages and not states: a page that nobody has touched has none."""
        pages = Page.objects.live().type(*law_page_types()).filter(review_state__reviewed_on=None)
        if self.user:
            pages = pages.filter(Q(review_state__responsible=self.user) | Q(review_state__deputy=self.user))
        people = ("review_state__responsible", "review_state__deputy")
        return pages.select_related("locale", "review_state", *people).order_by("first_published_at", "pk")


def law_page_types() -> list[type[Page]]:
    """Every page type that leans on the law."""
    return [model for model in apps.get_models() if issubclass(model, LawBased) and issubclass(model, Page)]


@dataclass(frozen=True)
class PageFile:
    """All that is known about the reviews of one page. Each property is one query."""

    page: Page

    @property
    def reviews(self) -> QuerySet[Review]:
        return Review.objects.filter(page_id=self.page.pk).select_related("amendment")[:50]

    @property
    def tasks(self) -> QuerySet[ReviewTask]:
        return ReviewTask.objects.open().filter(page_id=self.page.pk)

    @property
    def amendments(self) -> QuerySet[RadarItem]:
        """Amendments the page was not checked against yet, whether in force or not."""
        pending = RadarItem.objects.of(self.page).pending()
        return pending.select_related("amendment").order_by("amendment__in_force_on", "pk")

    @property
    def voices(self) -> dict[str, int]:
        """How many readers said that the page helped, and how many that it did not."""
        return Feedback.objects.filter(page_id=self.page.pk).aggregate(
            yes=Count("pk", filter=Q(is_useful=True)), no=Count("pk", filter=Q(is_useful=False))
        )
