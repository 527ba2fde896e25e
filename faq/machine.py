"""Questions and guides in the words of schema.org, equal to what readers see."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.html import strip_tags

from core.structured_data import organisation
from law.change_notes import notes_of
from law.standing import Standing

if TYPE_CHECKING:
    from faq.guides import GuidePage
    from faq.questions import QuestionPage


def question_and_answer(page: QuestionPage, request: HttpRequest) -> dict:
    """A QAPage: the question, the short answer and whose it is.

    Dates stand here as on the page: the last change that readers are told of, and the review while it may be relied on.
    """
    url = request.build_absolute_uri(page.get_url(request))
    answer = {"@type": "Answer", "text": page.short_answer, "url": url, "author": organisation()}
    question = {"@type": "Question", "name": page.title, "text": page.title, "answerCount": 1, "acceptedAnswer": answer}
    data = {"@type": "QAPage", "url": url, "inLanguage": page.locale.language_code, "mainEntity": question}
    if notes := notes_of(page):
        data["dateModified"] = notes[0].on.isoformat()
    if page.standing == Standing.SIGNED and page.review.reviewed_on:
        data["lastReviewed"] = page.review.reviewed_on.isoformat()
        data["reviewedBy"] = {"@type": "Person", "name": page.review.reviewer}
    return data


def steps_of(page: GuidePage, request: HttpRequest) -> list[dict]:
    """A HowTo of the numbered steps of a guide; nothing where it has none."""
    steps = [step for block in page.body if block.block_type == "steps" for step in block.value["steps"]]
    told = [_step(place, step) for place, step in enumerate(steps, start=1)]
    url = request.build_absolute_uri(page.get_url(request))
    return [{"@type": "HowTo", "name": page.title, "url": url, "step": told}] if told else []


def _step(place: int, step) -> dict:
    words = " ".join(unescape(strip_tags(step["text"].source.replace("<", " <"))).split())
    named = {"name": step["title"]} if step["title"] else {}
    return {"@type": "HowToStep", "position": place, **named, "text": words or step["title"]}
