"""Questions with their topics, tags and life events."""

from __future__ import annotations

from wagtail.models import Page

from faq.models import LifeEvent, QuestionPage, QuestionTag, TopicPage
from home.starter import files
from home.starter.law import Provisions
from home.starter.links import law_blocks
from home.starter.tree import Tree, Twins


class Questions:
    """Placed first and published last: they lead to trees and to each other, and trees lead to them."""

    def __init__(self, tree: Tree, law: Provisions) -> None:
        self.tree, self.law = tree, law
        self.facts = files.read("questions.yaml")
        self.words = {language: files.read(f"{language}/questions.yaml") for language in files.LANGUAGES}
        self.placed: dict[str, Twins] = {}
        self.new: dict[str, Twins] = {}

    def place(self, index: Twins) -> None:
        self.tags = self._tags(self.facts["tags"])
        self.events = load_life_events()
        topics = {facts["key"]: self._topic(index, facts) for facts in self.facts["topics"]}
        for facts in self.facts["questions"]:
            key = facts["key"]
            self.placed[key], self.new[key] = self.tree.place(
                f"question:{key}",
                topics[facts["topic"]],
                lambda language, facts=facts: self._page(facts, language),  # type: ignore[misc]
            )

    def publish(self) -> None:
        """Adds what needs other pages and the page's own key, and publishes those that are new."""
        for facts in self.facts["questions"]:
            self.tree.publish(
                self.new[facts["key"]],
                lambda page, language, facts=facts: self._finish(page, facts, language),  # type: ignore[misc]
            )

    def _page(self, facts: dict, language: str) -> Page:
        text = self.words[language][facts["key"]]
        return QuestionPage(
            title=text["question"],
            slug=facts["slug"],
            short_answer=text["short"],
            body=law_blocks(text["answer"], self.law.get),
            audience=facts["audience"],
            life_event=self.events.get(facts.get("life_event", "")),
            phrasings="\n".join(text["phrasings"]),
            hidden_words=text.get("hidden_words", ""),
            is_verified=facts["verified"],
        )

    def _finish(self, page: Page, facts: dict, language: str) -> None:
        self.law.cite(page.citations, facts["citations"])
        if facts["verified"]:
            self.law.compared(page, facts["citations"])
        page.tags.add(*(self.tags[language, tag] for tag in facts.get("tags", [])))
        page.next_page_id = self.tree.key_of_page(facts.get("next"), language)
        for place, other in enumerate(facts.get("related", [])):
            rows = page.related_questions
            rows.add(rows.model(question_id=self.placed[other][language].pk, sort_order=place))

    def _topic(self, index: Twins, facts: dict) -> Twins:
        def build(language: str) -> Page:
            text = facts[language]
            return TopicPage(title=text["title"], slug=facts["slug"], intro=text["intro"], icon=facts["icon"])

        return self.tree.twins(f"topic:{facts['key']}", index, build)

    def _tags(self, facts: dict) -> dict[tuple[str, str], QuestionTag]:
        made = {}
        for key, names in facts.items():
            for language in files.LANGUAGES:
                made[language, key], _ = QuestionTag.objects.get_or_create(
                    slug=key,
                    locale=self.tree.locales[language],
                    defaults={"name": names[language], "translation_key": files.key_of(f"tag:{key}")},
                )
        return made


def load_life_events() -> dict[str, LifeEvent]:
    """Makes the events that are missing; what staff changed in an existing one is left alone."""
    known = {event.key: event for event in LifeEvent.objects.all()}
    for place, facts in enumerate(files.read("life_events.yaml"), start=1):
        if facts["key"] not in known:
            known[facts["key"]] = LifeEvent.objects.create(
                key=facts["key"],
                title_kk=facts["kk"],
                title_ru=facts["ru"],
                icon=facts["icon"],
                position=place * 10,
            )
    return known
