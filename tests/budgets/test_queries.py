"""What a page costs in queries, and that it costs the same with twice the rows.

A budget is the number measured when it was written: who needs one more says why. Two of each are finding the page
(`core.routing`); the frame of the site is remembered by the process.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses import actions
from courses.catalogue import CoursePage, LessonPage
from faq.glossary import GlossaryTerm
from faq.guides import GuideIndexPage, GuidePage
from faq.questions import QuestionPage, TopicPage
from faq.trees import DecisionTreePage
from law.models import LegalAct, Provision
from tests.factories import make_membership, make_office, make_run, make_user

pytestmark = pytest.mark.django_db

BUDGETS = {
    "/kk/": 12,
    "/kk/questions/": 6,
    "/kk/questions/sobranie/": 6,
    "question": 7,
    "/kk/guides/": 5,
    "guide": 6,
    "/kk/glossary/": 5,
    "/kk/acts/": 4,
    "/kk/acts/housing-law/": 10,
    "/kk/acts/housing-law/42.8/": 11,
    "tree": 5,
    "outcome": 7,
    "/kk/courses/": 4,
    "/kk/courses/problems-mzhd/": 9,
    "/kk/courses/problems-mzhd/lesson-1/": 5,
    "/kk/seminars/": 9,
    "run": 11,
    "enrol": 8,
    "/kk/front-office/": 8,
    "/kk/about/": 3,
    "/kk/search/?q=кворум": 9,
    "/kk/search/": 3,
    "/kk/account/login/": 0,
    "/kk/no-such-page/": 4,
}


def cost(client, address: str) -> int:
    client.get(address)  # what is remembered for the life of a process does not count
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(address)
    return len(queries)


@pytest.fixture
def addresses():
    run = make_run(capacity=10, confirmed=3)
    question = QuestionPage.objects.live().filter(locale__language_code="kk").first()
    guide = GuidePage.objects.live().filter(locale__language_code="kk").first()
    tree = DecisionTreePage.objects.live().filter(locale__language_code="kk").first()
    return {
        "question": question.url,
        "guide": guide.url,
        "tree": tree.url,
        "outcome": f"{tree.url}?a=1.1.1.1.1.1",
        "run": f"/kk/seminars/{run.code}/",
        "enrol": f"/kk/seminars/{run.code}/enrol/",
    }


@pytest.mark.parametrize("name", BUDGETS)
def test_a_page_stays_within_its_budget(client, addresses, name):
    assert cost(client, addresses.get(name, name)) <= BUDGETS[name]


def runs():
    for _ in range(3):
        make_run(capacity=10, confirmed=3, waiting=0)
        make_run(capacity=3, confirmed=3, waiting=2, starts_in=timedelta(days=-5))
        make_run(office=make_office("almaty"), eligibility="chairs")


def questions():
    topic = TopicPage.objects.filter(locale__language_code="kk").first()
    for number in range(20):
        topic.add_child(
            instance=QuestionPage(title=f"Сұрақ {number} кворум", short_answer="Жауап", locale=topic.locale)
        )


def guides():
    index = GuideIndexPage.objects.get(locale__language_code="kk")
    for number in range(12):
        index.add_child(instance=GuidePage(title=f"Нұсқаулық {number}", locale=index.locale))


def terms():
    locale = GlossaryTerm.objects.filter(locale__language_code="kk").first().locale
    provision = Provision.objects.first()
    for number in range(60):
        term = GlossaryTerm(term=f"сөз {number}", slug=f"term-{number}", definition="…", locale=locale)
        term.citations.add(term.citations.model(provision=provision))
        term.save()


def acts():
    for number in range(40):
        act = LegalAct.objects.create(key=f"act-{number}", kind="law", title_kk="Заң", title_ru="Закон")
        Provision.objects.create(act=act, ref=str(number + 1))


def provisions():
    act = LegalAct.objects.get(key="housing-law")
    Provision.objects.bulk_create(Provision(act=act, ref=f"{number}(99)") for number in range(200, 400))


def courses():
    sample = CoursePage.objects.filter(locale__language_code="kk").first()
    for number in range(5):
        copy = CoursePage(title=f"Курс {number}", summary="…", locale=sample.locale)
        sample.get_parent().add_child(instance=copy)


def lessons():
    course = CoursePage.objects.get(locale__language_code="kk", slug="problems-mzhd")
    for number in range(8):
        course.add_child(instance=LessonPage(title=f"Сабақ {number}", locale=course.locale))


@pytest.mark.parametrize(
    ("address", "more"),
    [
        ("/kk/", runs),
        ("/kk/seminars/", runs),
        ("/kk/courses/problems-mzhd/", runs),
        ("/kk/questions/", questions),
        ("/kk/questions/sobranie/", questions),
        ("/kk/search/?q=кворум", questions),
        ("/kk/guides/", guides),
        ("/kk/glossary/", terms),
        ("/kk/acts/", acts),
        ("/kk/acts/housing-law/", provisions),
        ("/kk/courses/", courses),
        ("/kk/courses/problems-mzhd/", lessons),
        ("/kk/courses/problems-mzhd/lesson-1/", lessons),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_twice_the_rows_cost_the_same(client, address, more):
    make_run(capacity=10, confirmed=1)
    make_run(capacity=10, confirmed=1, starts_in=timedelta(days=-9))
    before = cost(client, address)
    more()
    assert cost(client, address) == before


def test_a_cabinet_and_a_roster_cost_the_same_with_more_seats(client):
    person, manager = make_user(), make_user(group="Managers")
    run = make_run(capacity=2)
    roster = reverse("run_roster", args=[run.pk])

    def fill(number: int) -> None:
        for _ in range(number):
            for user, where in ((person, make_run()), (make_membership().user, run)):
                actions.enrol(run_id=where.pk, user=user, full_name="А Б", phone="", language="kk", actor=user)

    def costs() -> tuple[int, int]:
        client.force_login(person)
        cabinet = cost(client, "/kk/cabinet/")
        client.force_login(manager)
        return cabinet, cost(client, roster)

    fill(3)
    before = costs()
    fill(6)
    assert costs() == before
