"""Which of two language twins is behind. Called when a page is published."""

from __future__ import annotations

from django.utils import timezone

from core.pages import BasePage


def note_published(page: BasePage) -> None:
    """Moves the twin marks of a page that was just published.

    Publishing a page that lags is taken as catching up: it matches its twin from now on and is no
    news to it. Any other publication is news, unless the editor ticked «small correction».
    """
    now = timezone.now()
    catching_up = page.lags_behind_twin
    page.text_matched_at = now
    if page.text_changed_at is None or not (catching_up or page.minor_edit):
        # A first publication of the second twin is no news to the first one.
        twin = page.twin
        of_first = twin.text_changed_at if twin and page.text_changed_at is None else None
        page.text_changed_at = of_first or now
    page.minor_edit = False
    type(page).objects.filter(pk=page.pk).update(
        text_changed_at=page.text_changed_at, text_matched_at=page.text_matched_at, minor_edit=False
    )
