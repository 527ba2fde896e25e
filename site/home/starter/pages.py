"""The page tree of a new site, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

from courses.catalogue import CourseIndexPage, CoursePage, LessonPage
from courses.seminars import SeminarIndexPage
from faq.enums import Audience
from faq.glossary import GlossaryPage, GlossaryTerm
from faq.guides import GuideIndexPage, GuidePage
from faq.questions import QuestionIndexPage, QuestionPage, QuestionTag, RelatedQuestion, TopicPage
from home.pages import HomePage, StandardPage
from home.search_page import SearchPage
from home.starter import files
from home.starter.duties import load_duties
from home.starter.law import Provisions
from home.starter.markdown import blocks
from home.starter.people import load_consents, load_offices
from home.starter.tree import Tree, Twins
from law.pages import ActIndexPage

SECTIONS = {
    "questions": QuestionIndexPage,
    "seminars": SeminarIndexPage,
    "courses": CourseIndexPage,
    "guides": GuideIndexPage,
    "glossary": GlossaryPage,
    "acts": ActIndexPage,
    "search": SearchPage,
}
IN_MENU = {"questions", "seminars", "courses", "guides", "front-office"}


class Starter:
    """Loads everything; `say(step)` is called before each step."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.tree = Tree()
        self.law = Provisions()

    def load(self) -> int:
        """Makes what is missing and returns the number of new pages."""
        self.say("offices and consents")
        load_offices()
        load_consents()
        self.say("acts and provisions")
        self.law.load()
        load_duties(self.law)
        self.say("home page and sections")
        home = self._home()
        sections = self._sections(home)
        self.say("standard pages")
        self._standard_pages(home)
        self.say("questions")
        self._questions(sections["questions"])
        self.say("guides and glossary")
        self._guides(sections["guides"])
        self._glossary()
        self.say("courses and lessons")
        self._courses(sections["courses"])
        return self.tree.made

    def _home(self) -> Twins:
        root = Page.get_first_root_node()
        words = files.read("home.yaml")

        def build(language: str) -> Page:
            text = words[language]
            return HomePage(
                title=text["title"],
                slug=language,
                heading=text["heading"],
                lead=text["lead"],
                search_placeholder=text["search_placeholder"],
                tries="\n".join(text["tries"]),
            )

        _remove_welcome_page()
        root = Page.objects.get(pk=root.pk)
        home = self.tree.twins("home", dict.fromkeys(files.LANGUAGES, root), build)
        Site.objects.get_or_create(
            is_default_site=True,
            defaults=_host() | {"root_page": home["kk"], "site_name": settings.WAGTAIL_SITE_NAME},
        )
        return home

    def _sections(self, home: Twins) -> dict[str, Twins]:
        words = files.read("sections.yaml")
        made = {}
        for slug, model in SECTIONS.items():

            def build(language: str, slug: str = slug, model: type[Page] = model) -> Page:
                text = words[slug][language]
                page = model(title=text["title"], slug=slug, show_in_menus=slug in IN_MENU)
                if "intro" in text:
                    page.intro = text["intro"]
                return page

            made[slug] = self.tree.twins(f"section:{slug}", home, build)
        return made

    def _standard_pages(self, home: Twins) -> None:
        for facts in files.read("pages.yaml"):

            def build(language: str, facts: dict = facts) -> Page:
                text = facts[language]
                return StandardPage(
                    title=text["title"],
                    slug=facts["slug"],
                    summary=text["summary"],
                    body=blocks(text["body"]),
                    show_in_menus=facts["slug"] in IN_MENU,
                )

            self.tree.twins(f"page:{facts['key']}", home, build)

    def _questions(self, index: Twins) -> None:
        content = files.read("questions.yaml")
        words = {language: files.read(f"{language}/questions.yaml") for language in files.LANGUAGES}
        tags = self._tags(content["tags"])
        topics = {facts["key"]: self._topic(index, facts) for facts in content["topics"]}
        made: dict[str, Twins] = {}
        for facts in content["questions"]:

            def build(language: str, facts: dict = facts) -> Page:
                text = words[language][facts["key"]]
                return QuestionPage(
                    title=text["question"],
                    slug=facts["slug"],
                    short_answer=text["short"],
                    body=blocks(text["answer"]),
                    hidden_words=text.get("hidden_words", ""),
                    is_verified=facts["verified"],
                )

            def finish(page: Page, language: str, facts: dict = facts) -> None:
                self.law.cite(page.citations, facts["citations"])
                if facts["verified"]:
                    self.law.compared(page, facts["citations"])
                page.tags.add(*(tags[language, tag] for tag in facts.get("tags", [])))

            made[facts["key"]] = self.tree.twins(f"question:{facts['key']}", topics[facts["topic"]], build, finish)
        self._relate(content["questions"], made)

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

    def _relate(self, questions: list[dict], made: dict[str, Twins]) -> None:
        """Related questions need every question to exist first; a page that has some is left alone."""
        done = set(RelatedQuestion.objects.values_list("page_id", flat=True))
        rows = [
            RelatedQuestion(
                page_id=made[facts["key"]][language].pk, question_id=made[other][language].pk, sort_order=place
            )
            for facts in questions
            for language in files.LANGUAGES
            if made[facts["key"]][language].pk not in done
            for place, other in enumerate(facts.get("related", []))
        ]
        RelatedQuestion.objects.bulk_create(rows)

    def _guides(self, index: Twins) -> None:
        for facts in files.read("guides.yaml"):

            def build(language: str, facts: dict = facts) -> Page:
                text = facts[language]
                steps = [{"title": step["title"], "text": f"<p>{step['text']}</p>"} for step in text["steps"]]
                audience = facts["audience"][0] if facts["audience"] else "everyone"
                return GuidePage(
                    title=text["title"],
                    slug=facts["slug"],
                    summary=text["summary"],
                    audience=audience if audience in Audience.values else Audience.EVERYONE,
                    body=[("steps", {"steps": steps})],
                    is_verified=facts["verified"],
                )

            def finish(page: Page, language: str, facts: dict = facts) -> None:
                self.law.cite(page.citations, facts["citations"])
                if facts["verified"]:
                    self.law.compared(page, facts["citations"])

            self.tree.twins(f"guide:{facts['key']}", index, build, finish)

    def _glossary(self) -> None:
        known = set(GlossaryTerm.objects.values_list("translation_key", "locale__language_code"))
        for facts in files.read("glossary.yaml"):
            key = files.key_of(f"term:{facts['key']}")
            for language in files.LANGUAGES:
                if (key, language) in known:
                    continue
                text = facts[language]
                term = GlossaryTerm(
                    term=text["term"],
                    abbreviation=text.get("abbr") or "",
                    slug=facts["slug"],
                    definition=text["definition"],
                    locale=self.tree.locales[language],
                    translation_key=key,
                )
                self.law.cite(term.citations, facts["citations"])
                term.save()

    def _courses(self, index: Twins) -> None:
        for facts in files.read("courses.yaml"):

            def build(language: str, facts: dict = facts) -> Page:
                text = facts[language]
                page = CoursePage(
                    title=text["title"],
                    slug=facts["slug"],
                    summary=text["summary"],
                    for_whom=text["for_whom"],
                    intro=blocks(text["intro"]),
                    outcomes=[("outcome", outcome) for outcome in text["outcomes"]],
                )
                page.course_facts = {name: facts[name] for name in ("code", "hours", "level")}
                return page

            course = self.tree.twins(f"course:{facts['key']}", index, build)
            self._lessons(facts["key"], course)

    def _lessons(self, course: str, parents: Twins) -> None:
        lessons = {language: files.lessons(course, language) for language in files.LANGUAGES}
        for place in range(len(lessons["kk"])):

            def build(language: str, place: int = place) -> Page:
                lesson = lessons[language][place]
                return LessonPage(
                    title=lesson.title,
                    slug=f"lesson-{place + 1}",
                    summary=lesson.summary,
                    minutes=lesson.minutes,
                    body=blocks(lesson.body),
                )

            def finish(page: Page, language: str, place: int = place) -> None:
                self.law.cite(page.citations, lessons[language][place].citations)
                self.law.compared(page, lessons[language][place].citations)

            self.tree.twins(f"lesson:{course}:{place + 1}", parents, build, finish)


def _host() -> dict:
    """Host and port of the site's own address, as Wagtail wants them."""
    parts = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    return {"hostname": parts.hostname or "localhost", "port": parts.port or (443 if parts.scheme == "https" else 80)}


def _remove_welcome_page() -> None:
    """Wagtail's first migration makes a page and a site of its own; ours take their place."""
    welcome = Page.objects.filter(depth=2, slug="home", content_type__model="page").first()
    if welcome is not None and welcome.get_children_count() == 0:
        Site.objects.filter(root_page=welcome).delete()
        welcome.delete()
