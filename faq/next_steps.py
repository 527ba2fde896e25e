"""Where an editor sends a reader who has read the answer: the one main button of the page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

# Types of pages by name: courses are another app of this layer.
NEXT_STEPS = ["faq.GuidePage", "faq.DecisionTreePage", "courses.CoursePage", "home.StandardPage"]
WORDS = {
    "guidepage": _("Open the guide"),
    "decisiontreepage": _("Find out by a few questions"),
    "coursepage": _("Look at the course"),
}


@dataclass(frozen=True)
class NextStep:
    """A live page and what its button says. `language` is given where the page speaks another one."""

    page: Page
    words: object
    language: str = ""


def next_step(page: Page, target: int | None) -> NextStep | None:
    """The page an editor chose for `page`, or its twin in the language of `page`; None where neither is live.

    One query, none where nothing was chosen.
    """
    if target is None:
        return None
    key = Page.objects.filter(pk=target).values("translation_key")[:1]
    # The root of all pages has no address.
    twins = Page.objects.live().filter(translation_key=key, depth__gt=1).exclude(pk=page.pk).select_related("locale")
    found = {twin.locale_id: twin for twin in twins}
    step = found.get(page.locale_id) or next((twin for twin in found.values() if twin.pk == target), None)
    if step is None:
        return None
    words = WORDS.get(step.cached_content_type.model, _("Read on"))
    return NextStep(step, words, "" if step.locale_id == page.locale_id else step.locale.language_code)
