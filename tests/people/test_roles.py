"""Who may open what among the staff's screens: one table, asked over HTTP."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from faq.questions import QuestionPage, TopicPage
from people.models import User
from people.roles import ROLES, sync_roles
from tests.core.html import Html
from tests.core.sample import LANGUAGES, first
from tests.factories import make_run, make_user

pytestmark = pytest.mark.django_db

WHO = ["anonymous", "participant", "Trainers", "Desk", "Lawyers", "Editors", "Managers", "superuser"]
STAFF = {"Trainers", "Desk", "Lawyers", "Editors", "Managers", "superuser"}
MAY_OPEN = {
    "admin": STAFF,
    "add a question": {"Trainers", "Editors", "Managers", "superuser"},
    "edit a question": {"Trainers", "Lawyers", "Editors", "Managers", "superuser"},
    "runs": {"Trainers", "Desk", "Managers", "superuser"},
    "add a run": {"Managers", "superuser"},
    "change a run": {"Managers", "superuser"},
    "roster": {"Trainers", "Desk", "Managers", "superuser"},
    "export of a roster": {"Desk", "Managers", "superuser"},
    "acts": {"Lawyers", "Editors", "superuser"},
    "add an act": {"Lawyers", "superuser"},
    "terms": {"Lawyers", "Editors", "superuser"},
    "tags": {"Editors", "superuser"},
    "users": {"superuser"},
    "groups": {"superuser"},
    "images": {"Trainers", "Lawyers", "Editors", "Managers", "superuser"},
    "sites": {"superuser"},
}


def address(what: str) -> str:
    run = make_run(confirmed=1)
    question = first(QuestionPage, "ru")
    return {
        "admin": lambda: reverse("wagtailadmin_home"),
        "add a question": lambda: reverse(
            "wagtailadmin_pages:add", args=["faq", "questionpage", first(TopicPage, "kk").pk]
        ),
        "edit a question": lambda: reverse("wagtailadmin_pages:edit", args=[question.pk]),
        "runs": lambda: reverse("wagtailsnippets_courses_courserun:list"),
        "add a run": lambda: reverse("wagtailsnippets_courses_courserun:add"),
        "change a run": lambda: reverse("wagtailsnippets_courses_courserun:edit", args=[run.pk]),
        "roster": lambda: reverse("run_roster", args=[run.pk]),
        "export of a roster": lambda: reverse("run_roster_export", args=[run.pk]),
        "acts": lambda: reverse("wagtailsnippets_law_legalact:list"),
        "add an act": lambda: reverse("wagtailsnippets_law_legalact:add"),
        "terms": lambda: reverse("wagtailsnippets_faq_glossaryterm:list"),
        "tags": lambda: reverse("wagtailsnippets_faq_questiontag:list"),
        "users": lambda: reverse("wagtailusers_users:index"),
        "groups": lambda: reverse("wagtailusers_groups:index"),
        "images": lambda: reverse("wagtailimages:index"),
        "sites": lambda: reverse("wagtailsites:index"),
    }[what]()


def client_of(who: str) -> Client:
    client = Client()
    if who == "superuser":
        client.force_login(User.objects.create_superuser("boss@mail.test", "long-test-password"))
    elif who != "anonymous":
        client.force_login(make_user(group=who if who in ROLES else ""))
    return client


def opens(client: Client, url: str) -> bool:
    """Whether the screen itself is shown: a refusal is a 403 or leads somewhere else."""
    response = client.get(url)
    if response.status_code == 302 and response.url.startswith(url):
        response = client.get(response.url)  # settings add the number of their row
    assert response.status_code in {200, 302, 403}
    return response.status_code == 200


@pytest.mark.parametrize("what", MAY_OPEN)
def test_each_screen_opens_for_whom_it_should_and_for_nobody_else(what):
    url = address(what)

    assert {who for who in WHO if opens(client_of(who), url)} == MAY_OPEN[what]


@pytest.mark.parametrize("who", WHO)
def test_only_those_who_run_seminars_take_people_off_them(who):
    run = make_run(confirmed=1)
    url = reverse("run_roster_remove", args=[run.pk, run.enrolments.get().public_id])

    client_of(who).post(url)

    assert run.enrolments.active().exists() is (who not in {"Managers", "superuser"})


def test_who_is_no_staff_is_told_so_and_not_sent_in_a_circle():
    client = client_of("participant")

    response = client.get(reverse("wagtailadmin_home"), follow=True)

    assert response.status_code in {200, 403}
    assert Html(response).one("h1").text
    assert len(response.redirect_chain) <= 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("who", "publishes"), [("Trainers", False), ("Lawyers", True), ("Editors", True)])
def test_a_trainer_writes_and_others_publish(language, who, publishes):
    page = first(QuestionPage, language)

    html = Html(client_of(who).get(reverse("wagtailadmin_pages:edit", args=[page.pk])))

    assert bool(html.all("button", name="action-publish")) is publishes


def rights() -> dict:
    return {
        name: (
            sorted(Group.objects.get(name=name).permissions.values_list("codename", flat=True)),
            sorted(
                GroupPagePermission.objects.filter(group__name=name).values_list("page__slug", "permission__codename")
            ),
            sorted(
                GroupCollectionPermission.objects.filter(group__name=name).values_list(
                    "collection__name", "permission__codename"
                )
            ),
        )
        for name in ROLES
    }


def test_making_the_roles_again_changes_nothing():
    before, groups = rights(), Group.objects.count()

    assert sync_roles() == len(ROLES)
    call_command("sync_roles", verbosity=0)

    assert rights() == before
    assert Group.objects.count() == groups


def test_making_the_roles_again_takes_back_what_was_added_by_hand_and_leaves_other_groups_alone():
    before = rights()
    desk, own = Group.objects.get(name="Desk"), Group.objects.create(name="Volunteers")
    extra = Group.objects.get(name="Managers").permissions.get(codename="add_courserun")
    desk.permissions.add(extra)
    own.permissions.add(extra)
    person = make_user(group="Desk")

    sync_roles()

    assert rights() == before
    assert list(own.permissions.all()) == [extra]
    assert list(person.groups.all()) == [desk]


@pytest.mark.parametrize("name", ROLES)
def test_a_role_that_works_on_pages_works_in_both_languages(name):
    trees: dict[str, set] = {language: set() for language in LANGUAGES}
    for slug, codename in GroupPagePermission.objects.filter(group__name=name).values_list(
        "page__slug", "permission__codename"
    ):
        trees[slug].add(codename)

    assert trees["kk"] == trees["ru"] == {f"{action}_page" for action in ROLES[name].pages}
