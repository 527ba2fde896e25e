"""What is new in a topic, for feed readers: questions that were added and changes of the answers."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from faq.questions import QuestionPage, TopicPage
from law.change_notes import ChangeNote

SHOWN = 30
# XML has no way to write these; they come with text that was pasted from an office program.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class News(NamedTuple):
    """A line of the feed: a new question, or a change of an answer."""

    title: str
    text: str
    url: str
    at: datetime.datetime


class TopicChanges(Feed):
    """RSS of one topic in one language. The same queries for any number of questions and changes."""

    def get_object(self, request: HttpRequest, topic: str) -> TopicPage:
        topics = TopicPage.objects.live().public().filter(locale__language_code=get_language(), slug=topic)
        found = topics.order_by("path").first()
        if found is None:
            raise Http404
        return found

    def title(self, topic: TopicPage) -> str:
        return _written(_("%(topic)s: what is new") % {"topic": topic.title})

    def link(self, topic: TopicPage) -> str:
        return topic.get_url() or "/"

    def description(self, topic: TopicPage) -> str:
        return _written(topic.intro or topic.title)

    def items(self, topic: TopicPage) -> list[News]:
        """The newest first."""
        added = [
            News(page.title, page.short_answer, page.get_url(), page.first_published_at)
            for page in QuestionPage.objects.child_of(topic).live().public().newest()[:SHOWN]
        ]
        changed = [
            News(
                _("%(question)s: the answer has changed") % {"question": note.page.title},
                note.text,
                f"{note.page.get_url()}#change-{note.pk}",
                note.made_at,
            )
            for note in ChangeNote.objects.for_readers().below(topic)[:SHOWN]
        ]
        return sorted([*added, *changed], key=lambda news: news.at, reverse=True)[:SHOWN]

    def item_title(self, item: News) -> str:
        return _written(item.title)

    def item_description(self, item: News) -> str:
        return _written(item.text)

    def item_link(self, item: News) -> str:
        return item.url

    def item_pubdate(self, item: News) -> datetime.datetime:
        return item.at


def _written(text: str) -> str:
    return _UNWRITABLE.sub(" ", text)
