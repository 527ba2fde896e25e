"""Courses with their lessons."""

from __future__ import annotations

from wagtail.models import Page

from courses.catalogue import CoursePage, LessonPage
from home.starter import files
from home.starter.law import Provisions
from home.starter.links import law_blocks
from home.starter.markdown import blocks
from home.starter.tree import Tree, Twins


def load_courses(tree: Tree, law: Provisions, index: Twins) -> None:
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

        course = tree.twins(f"course:{facts['key']}", index, build)
        _load_lessons(tree, law, facts["key"], course)


def _load_lessons(tree: Tree, law: Provisions, course: str, parents: Twins) -> None:
    lessons = {language: files.lessons(course, language) for language in files.LANGUAGES}
    for place in range(len(lessons["kk"])):

        def build(language: str, place: int = place) -> Page:
            lesson = lessons[language][place]
            return LessonPage(
                title=lesson.title,
                slug=f"lesson-{place + 1}",
                summary=lesson.summary,
                minutes=lesson.minutes,
                body=law_blocks(lesson.body, law.get),
            )

        def finish(page: Page, language: str, place: int = place) -> None:
            law.cite(page.citations, lessons[language][place].citations)
            law.compared(page, lessons[language][place].citations)

        tree.twins(f"lesson:{course}:{place + 1}", parents, build, finish)
