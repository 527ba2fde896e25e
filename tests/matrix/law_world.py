"""What the addresses of the knowledge base point to: an amendment with its list, a change note, a voice, drafts."""

from __future__ import annotations

from django.core import signing
from django.utils import timezone
from wagtail.models import DraftStateMixin, Locale, Workflow

from core.pictures import digest
from faq.guides import GuidePage
from faq.life_events import LifeEvent
from faq.questions import QuestionPage
from law import radar_actions
from law.change_notes import ChangeNote
from law.feedback import Feedback
from law.feedback_views import SALT
from law.models import AmendedProvision, Amendment, SharedNote
from law.workflow import NAME
from people.models import User


def law_values(actor: User) -> dict[str, object]:
    """Values of the parameters of the law's own addresses. `actor` records the amendment."""
    page = QuestionPage.objects.live().filter(locale__language_code="kk").order_by("path").first()
    page = QuestionPage.objects.get(pk=page.pk)
    today = timezone.localdate()
    for locale in Locale.objects.all():
        SharedNote.objects.create(title="Ескерту", text="<p>Мәтін</p>", locale=locale)
    note = ChangeNote.objects.create(page_id=page.pk, text="Жаңа редакция", on=today, before=page.serializable_data())
    voice = Feedback.objects.create(page_id=page.pk, is_useful=False, visitor="0" * 64, day=today)
    return {
        "amendment_id": _amendment_of(page, actor).pk,
        "note_id": note.pk,
        "topic": page.get_parent().slug,
        "event": LifeEvent.objects.of_questions(QuestionPage.objects.live()).first().key,
        "guide": GuidePage.objects.live().filter(locale__language_code="kk").first().slug,
        "picture": {"page_id": page.pk, "mark": digest(page.title, "kk")},
        "voice": {"token": signing.dumps(voice.pk, salt=SALT)},
    }


def _amendment_of(page: QuestionPage, actor: User) -> Amendment:
    """In force, and undecided: it may still be deleted, applied and worked through."""
    amendment = Amendment.objects.create(
        title_kk="Түзету",
        title_ru="Поправка",
        what_kk="Кворум өзгерді",
        what_ru="Кворум изменился",
        source_url="https://adilet.zan.kz/rus/docs/Z2600000001",
        in_force_on=timezone.localdate(),
    )
    AmendedProvision.objects.create(amendment=amendment, provision=page.cited[0].provision)
    assert radar_actions.record(amendment=amendment, actor=actor), "nothing cites what the amendment touches"
    return amendment


def values_of_draft(row: DraftStateMixin, waiting: DraftStateMixin, actor: User) -> tuple[dict, dict]:
    """A revision of `row`, and a workflow in which `waiting` waits for the lawyers."""
    revision = row.save_revision()
    waiting.save_revision()
    state = Workflow.objects.get(name=NAME).start(waiting, actor)
    in_workflow = {
        "pk": waiting.pk,
        "workflow_state_id": state.pk,
        "task_state_id": state.current_task_state.pk,
        "action_name": "approve",
    }
    return {"revision_id": revision.pk}, in_workflow
