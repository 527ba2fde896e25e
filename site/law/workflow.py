"""A lawyer's look as a step of a Wagtail workflow: approving it signs the page when its text goes live."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    AbstractGroupApprovalTask,
    Page,
    Revision,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
    get_page_models,
)

from core.pages import SectionPage
from core.personal_data import NO_PERSONAL_DATA
from law.basis import LawBased
from law.enums import ReviewOutcome
from law.review_actions import record_review

GROUP = "Lawyers"
NAME = "Заңгердің тексеруі · Проверка юриста"  # stored, so in both languages at once


class LawyerTask(AbstractGroupApprovalTask):
    """Approving it signs the page: its text is compared with the law by the person who approved."""

    personal_data = NO_PERSONAL_DATA

    class Meta:
        verbose_name = _("lawyer's check")
        verbose_name_plural = _("lawyer's checks")

    @classmethod
    def get_description(cls):
        return _("A lawyer compares the text with the law and signs it")

    def get_actions(self, obj, user):
        """A signature is a public name: who has none written may ask for changes and not approve."""
        actions = super().get_actions(obj, user)
        if user.full_name.strip():
            return actions
        return [action for action in actions if action[0] != "approve"]


def sign_what_was_approved(*, instance: Page, revision: Revision, **kwargs) -> None:
    """Hears Wagtail's `page_published`: signs the page where a lawyer approved the very text that went live.

    A text that somebody edited after her approval is not signed, nor is one published past the workflow. What is
    published on a date is signed on that date. One query for a page nobody approved.
    """
    if not isinstance(instance, LawBased):
        return
    approval = _approval_of(instance, revision)
    if approval is None or not approval.finished_by.full_name.strip():
        return
    record_review(
        page=instance, actor=approval.finished_by, outcome=ReviewOutcome.EDITED, note=approval.comment.strip()
    )


def _approval_of(page: Page, revision: Revision) -> TaskState | None:
    """The lawyer's approval of `revision`: given after it was saved and before any later one was."""
    later = Revision.objects.for_instance(page).filter(created_at__gt=revision.created_at)
    return (
        TaskState.objects.for_instance(page)
        .filter(
            status=TaskState.STATUS_APPROVED,
            workflow_state__status=WorkflowState.STATUS_APPROVED,
            task__in=LawyerTask.objects.values("pk"),
            finished_by__isnull=False,
            finished_at__gte=revision.created_at,
        )
        .exclude(models.Exists(later.filter(created_at__lte=models.OuterRef("finished_at"))))
        .select_related("finished_by")
        .order_by("-finished_at")
        .first()
    )


@transaction.atomic
def make_workflow() -> Workflow | None:
    """Gives the sections whose pages cite law a workflow with one step for the lawyers; None where nothing is made.

    Done once, as soon as there are lawyers and sections: what staff then make of it stays. They keep the right to
    publish without it.
    """
    group = Group.objects.filter(name=GROUP).first()
    sections = sections_that_cite_law()
    if group is None or not sections or LawyerTask.objects.exists():
        return None
    task = LawyerTask.objects.create(name=NAME)
    task.groups.add(group)
    workflow = Workflow.objects.create(name=NAME)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    taken = set(WorkflowPage.objects.filter(page__in=sections).values_list("page_id", flat=True))
    WorkflowPage.objects.bulk_create(
        WorkflowPage(workflow=workflow, page=section) for section in sections if section.pk not in taken
    )
    return workflow


def sections_that_cite_law() -> list[Page]:
    """The first pages of the sections, in all languages, below which pages that lean on the law may stand."""
    models_of_sections = [
        model for model in get_page_models() if issubclass(model, SectionPage) and _may_hold_law(model, set())
    ]
    return list(Page.objects.type(*models_of_sections).order_by("path")) if models_of_sections else []


def _may_hold_law(model: type[Page], seen: set[type[Page]]) -> bool:
    """Whether a `LawBased` page may stand somewhere below a page of `model`."""
    for child in model.allowed_subpage_models():
        if child not in seen:
            seen.add(child)
            if issubclass(child, LawBased) or _may_hold_law(child, seen):
                return True
    return False
