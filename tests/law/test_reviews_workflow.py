"""«Submit to the lawyer»: what approving does, through Wagtail's own doors."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from courses.catalogue import CourseIndexPage, LessonPage
from faq.guides import GuideIndexPage
from faq.questions import QuestionIndexPage
from law.duty_dates import today
from law.models import Review
from law.workflow import LawyerTask, make_workflow
from people.roles import sync_roles
from tests.core.sample import LANGUAGES, first
from tests.factories import make_user
from tests.law.reviewing import lawyer, question

pytestmark = pytest.mark.django_db


def submit(client, page, title: str):
    """An editor writes a new title and gives it to the lawyers, as the editor's screen does."""
    page.title = title
    page.save_revision(user=None)
    page.refresh_from_db()
    workflow = page.get_workflow()
    return workflow.start(page.get_latest_revision_as_object(), make_user(group="Editors"))


def approve(client, page, action: str = "approve"):
    state = page.current_workflow_task_state
    return client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", [QuestionIndexPage, GuideIndexPage, CourseIndexPage])
def test_sections_of_both_languages_have_the_lawyers_check(section, language):
    workflow = first(section, language).get_workflow()

    (task,) = workflow.tasks.specific()
    assert isinstance(task, LawyerTask)
    assert [group.name for group in task.groups.all()] == ["Lawyers"]


def test_what_staff_made_of_it_is_left_alone():
    page = first(GuideIndexPage, "ru")
    WorkflowPage.objects.filter(page=page).delete()
    Workflow.objects.filter(workflow_tasks__task=LawyerTask.objects.get()).update(name="Ours")

    sync_roles()

    assert make_workflow() is None
    assert LawyerTask.objects.count() == 1
    assert Workflow.objects.filter(name="Ours").count() == 1
    assert not WorkflowPage.objects.filter(page=page).exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_editor_may_submit_to_the_lawyer_and_still_publish(client, language):
    client.force_login(make_user(group="Editors"))

    html = client.get(reverse("wagtailadmin_pages:edit", args=[question(language).pk])).content.decode()

    assert 'name="action-submit"' in html
    assert 'name="action-publish"' in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_approving_publishes_and_signs_for_who_approved(client, language):
    page, by = question(language), lawyer("Әлия Серікова")
    submit(client, page, "Жаңа")
    client.force_login(by)

    assert approve(client, question(language)).status_code == 302

    page = question(language)
    assert page.title == "Жаңа"
    review = Review.objects.get(page=page)
    assert (review.outcome, review.by, review.reviewer) == ("edited", by, "Әлия Серікова")
    assert page.review.is_signed
    assert "Әлия Серікова" in client.get(page.url).content.decode()


def test_lessons_are_signed_as_questions_are(client):
    lesson = first(LessonPage, "ru")
    submit(client, lesson, "Урок")
    client.force_login(lawyer())

    approve(client, LessonPage.objects.get(pk=lesson.pk))

    assert Review.objects.filter(page=lesson, outcome="edited").count() == 1


def test_asking_for_changes_signs_nothing(client):
    page = question("ru")
    submit(client, page, "Новое")
    client.force_login(lawyer())

    approve(client, page, "reject")

    assert not Review.objects.filter(page=page).exists()
    assert question("ru").title != "Новое"


def test_a_lawyer_without_a_name_cannot_approve(client):
    page = question("ru")
    submit(client, page, "Новое")
    client.force_login(lawyer(""))

    assert approve(client, page).status_code in (302, 403)

    assert question("ru").title != "Новое"
    assert not Review.objects.filter(page=page).exists()


def test_an_editor_who_publishes_past_the_workflow_signs_nothing(client):
    page = question("ru")
    submit(client, page, "Новое")

    page.get_latest_revision().publish(user=make_user(group="Editors"))

    assert question("ru").title == "Новое"
    assert not Review.objects.filter(page=page).exists()


def test_what_is_edited_after_the_approval_is_not_signed_by_it(client):
    """A second step stands after the lawyer's: somebody writes on, then the second step publishes."""
    page = question("ru")
    second = GroupApprovalTask.objects.create(name="Second")
    second.groups.add(*make_user(group="Managers").groups.all())
    WorkflowTask.objects.create(workflow=page.get_workflow(), task=second, sort_order=1)
    submit(client, page, "Новое")
    client.force_login(lawyer())
    approve(client, question("ru"))
    assert not Review.objects.filter(page=page).exists(), "nothing is public yet"
    page = question("ru").get_latest_revision_as_object()
    page.title = "Совсем другое"
    page.save_revision()

    manager = make_user(group="Managers")
    question("ru").current_workflow_task_state.approve(user=manager)

    assert question("ru").title == "Совсем другое"
    assert not Review.objects.filter(page=page).exists()


def test_an_approved_text_with_a_date_is_signed_on_that_date(client, on):
    page, by = question("ru"), lawyer()
    page.go_live_at = timezone.now() + timedelta(days=3)
    submit(client, page, "Новое")
    client.force_login(by)
    approve(client, question("ru"))
    assert not Review.objects.filter(page=page).exists()

    on(today() + timedelta(days=4))
    call_command("publish_scheduled")

    assert question("ru").title == "Новое"
    review = Review.objects.get(page=page)
    assert (review.by, question("ru").review.reviewed_on) == (by, today())
