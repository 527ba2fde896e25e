"""The page tree of a new site, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

from courses.catalogue import CourseIndexPage
from courses.seminars import SeminarIndexPage
from faq.models import GlossaryPage, GuideIndexPage, QuestionIndexPage
from home.pages import HomePage, StandardPage
from home.search_page import SearchPage
from home.starter import files
from home.starter.courses import load_courses
from home.starter.duties import load_duties
from home.starter.guides import load_glossary, load_guides
from home.starter.law import Provisions
from home.starter.markdown import blocks
from home.starter.people import load_consents, load_offices
from home.starter.questions import Questions
from home.starter.tree import Tree, Twins
from home.starter.trees import load_trees
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
        self.say("courses and lessons")
        load_courses(self.tree, self.law, sections["courses"])
        self.say("questions, guides and decision trees")
        questions = Questions(self.tree, self.law)
        questions.place(sections["questions"])
        load_guides(self.tree, self.law, sections["guides"])
        load_trees(self.tree, self.law, sections["guides"])
        questions.publish()
        self.say("glossary")
        load_glossary(self.tree, self.law)
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
