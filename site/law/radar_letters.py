"""Letters to those who care for pages that an amendment reaches."""

from __future__ import annotations

from collections import defaultdict

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from wagtail.models import Page

from core.outbox import queue_mail
from law.amendments import Amendment
from people.user import User

# A letter names so many pages; the list in the admin has them all.
NAMED = 10


def tell_owners(amendment: Amendment) -> int:
    """Queues one letter to each owner of a page that waits for a decision; who has had one gets no second.

    What nobody owns is told to all lawyers. Returns to how many people. Three queries, and one for each letter.
    """
    pages = Page.objects.filter(pk__in=amendment.items.pending().among(Page.objects.all()).values("object_id"))
    lawyers = list(User.objects.filter(groups__name="Lawyers", is_active=True))
    of_owner: dict[User, list[Page]] = defaultdict(list)
    for page in pages.select_related("owner", "review_state__responsible").order_by("path"):
        owner = owner_of(page)
        for reader in [owner] if owner is not None and owner.is_active else lawyers:
            of_owner[reader].append(page)
    for owner, own in of_owner.items():
        _queue(amendment, owner, own)
    return len(of_owner)


def owner_of(page: Page) -> User | None:
    """Who answers for a page: the person named for its reviews, else who made it."""
    state = getattr(page, "review_state", None)
    return (state.responsible if state else None) or page.owner


def _queue(amendment: Amendment, owner: User, pages: list[Page]) -> None:
    with translation.override(owner.language):
        context = {
            "name": owner.full_name or owner.get_short_name(),
            "title": amendment.title,
            "what": amendment.what,
            "date": date_format(amendment.in_force_on, "DATE_FORMAT"),
            "source": amendment.source_url,
            "count": len(pages),
            "pages": [page.title for page in pages[:NAMED]],
            "more": max(len(pages) - NAMED, 0),
            "list_url": settings.WAGTAILADMIN_BASE_URL
            + reverse("law_radar_worklist", args=[amendment.pk])
            + f"?owner={owner.pk}",
            "site_url": f"{settings.WAGTAILADMIN_BASE_URL}/{owner.language}/",
        }
    queue_mail(
        kind="law/amendment",
        recipient=owner.email,
        person=owner,
        language=owner.language,
        context=context,
        dedupe_key=f"amendment:{amendment.pk}:{owner.pk}",
    )
