"""One of everything that an address can point to, and one visitor of each kind."""

from __future__ import annotations

from dataclasses import dataclass, field

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from fido2.utils import websafe_encode
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    DraftStateMixin,
    GroupApprovalTask,
    Locale,
    Page,
    PageViewRestriction,
    Site,
    UploadedFile,
    Workflow,
    WorkflowTask,
)
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import OverridableSegment, StringSegment, Translation, TranslationSource

from core.models import OutboxMessage, SiteSettings
from courses.actions import enrol
from courses.runs import CourseRun
from faq.questions import QuestionPage, TopicPage
from people.enums import ImportState, MembershipRole, MembershipState
from people.invitations import invite
from people.models import Membership, RegisterImport, User
from people.privacy.consents import ConsentPurpose, give_consent
from tests.factories import make_association, make_membership, make_office, make_run, make_user
from tests.matrix.law_world import law_values, values_of_draft
from tests.people.passkey import HOST, Device
from tests.people.steps import show_second_factor

# Found nowhere else: whoever may not know the learner must meet none of these on any page.
LEARNER = {"full_name": "Қырмызы Құпиябекова", "phone": "+7 707 424 24 24", "email": "qyrmyzy@secret.test"}
WHO = (
    "anonymous",
    "learner",
    "other learner",
    "chair",
    "editor",
    "lawyer",
    "trainer",
    "desk",
    "manager",
    "foreign manager",
    "admin",
)
# What is pressed where an empty POST says nothing: it chooses no text, and so decides about none.
BUTTONS = {"feedback": {"useful": "no"}, "law_radar_worklist": {"confirm_selected": "yes"}}
GROUPS = {"editor": "Editors", "lawyer": "Lawyers", "trainer": "Trainers", "desk": "Desk", "manager": "Managers"}


@dataclass
class World:
    visitors: dict[str, Client] = field(default_factory=dict)
    values: dict[str, object] = field(default_factory=dict)
    special: dict[str, dict] = field(default_factory=dict)

    def values_of(self, name: str) -> dict:
        """Values of an address' parameters: the common ones, with those of its family put over them."""
        family = {}
        for prefix, values in self.special.items():
            if name == prefix or name.startswith(f"{prefix}:"):
                family |= values
        return self.values | family


def build() -> World:
    world = World()
    people = _people(world)
    _content(world, people)
    _law(world, people["lawyer"])
    _seats(world, people)
    return world


def _people(world: World) -> dict[str, User]:
    people = {"learner": make_user(**LEARNER), "other learner": make_user(), "chair": make_user()}
    for who, group in GROUPS.items():
        # a lawyer signs what she approves: without a name of hers the doors of the radar lead nowhere
        people[who] = make_user(group=group, full_name="Әлия Серікова" if who == "lawyer" else "")
    people["foreign manager"] = make_user(group="Managers", offices=("almaty",))
    people["admin"] = User.objects.create_superuser("admin@mail.test", "long-test-password", full_name="Админ")
    for who in WHO:
        world.visitors[who] = Client()
        if who in people:
            sign_in(world.visitors[who], people[who])
    return people


def sign_in(client: Client, user: User) -> None:
    client.force_login(user)
    if user.has_perm("wagtailadmin.access_admin"):
        show_second_factor(client, user)


def _content(world: World, people: dict[str, User]) -> None:
    page = QuestionPage.objects.live().filter(locale__language_code="ru").first()
    page.title += "."
    revision = page.save_revision()
    topic = TopicPage.objects.get(pk=page.get_parent().pk)
    image = get_image_model().objects.create(title="Сурет", file=get_test_image_file())
    document = get_document_model().objects.create(title="Құжат", file=ContentFile(b"text", name="a.txt"))
    task = GroupApprovalTask.objects.create(name="Тексеру")
    task.groups.set(Group.objects.filter(name="Editors"))
    workflow = Workflow.objects.create(name="Тексеру")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    collection = Collection.get_first_root_node().add_child(name="Суреттер")
    topic.save_revision()
    workflow_state = workflow.start(topic, people["editor"])
    session = EditingSession.objects.create(
        user=people["editor"],
        content_type=ContentType.objects.get_for_model(page),
        object_id=str(page.pk),
        last_seen_at=timezone.now(),
    )
    uploads = [
        UploadedFile.objects.create(
            for_content_type=ContentType.objects.get_for_model(model),
            file=ContentFile(b"x", name="upload.txt"),
            uploaded_by_user=people["editor"],
        )
        for model in (get_image_model(), get_document_model())
    ]
    restricted = Page.objects.live().filter(locale__language_code="kk", depth=3).last()
    page_restriction = PageViewRestriction.objects.create(
        page=restricted, restriction_type="password", password="only-for-the-test"
    )
    collection_restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type="password", password="only-for-the-test"
    )
    redirect = Redirect.objects.create(old_path="/old", redirect_link="/kk/")
    source, _made = TranslationSource.update_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code="kk"))
    world.values |= {
        "page_id": page.pk,
        "parent_page_id": topic.pk,
        "page_to_move_id": page.pk,
        "destination_id": topic.pk,
        "task_state_id": workflow_state.current_task_state.pk,
        "workflow_state_id": workflow_state.pk,
        "session_id": session.pk,
        "redirect_id": redirect.pk,
        "page_view_restriction_id": page_restriction.pk,
        "restriction_id": collection_restriction.pk,
        "string_segment_id": StringSegment.objects.filter(source=source).first().pk,
        "overridable_segment_id": _overridable(source),
        "mode": "default",
        "uidb64": "MQ",
        "token": "no-token",
        "revision_id": revision.pk,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "content_type_app_name": "faq",
        "content_type_model_name": "questionpage",
        "app_label": "faq",
        "model_name": "questionpage",
        "app_name": "faq",
        "image_id": image.pk,
        "filter_spec": "fill-10x10",
        "document_id": document.pk,
        "doc_id": document.pk,
        "task_id": task.pk,
        "workflow_pk": workflow.pk,
        "page_pk": page.pk,
        "collection_id": collection.pk,
        "translation_source_id": source.pk,
        "translation_id": translation.pk,
        "object_id": str(page.pk),
        "action": "delete",
        "action_name": "cancel",
        "pk": page.pk,
    }
    world.special |= {
        "wagtailadmin_api:images": {"pk": image.pk},
        "wagtailadmin_api:documents": {"pk": document.pk},
        "wagtailadmin_collections": {"pk": collection.pk},
        "wagtailadmin_workflows": {"pk": workflow.pk, "app_label": "wagtailcore", "model_name": "groupapprovaltask"},
        "wagtailadmin_workflows:edit_task": {"pk": task.pk},
        "wagtailadmin_workflows:disable_task": {"pk": task.pk},
        "wagtailadmin_workflows:enable_task": {"pk": task.pk},
        "wagtaillocales": {"pk": Locale.objects.get(language_code="ru").pk},
        "wagtailsites": {"pk": Site.objects.get(is_default_site=True).pk},
        "wagtailsettings": {"app_name": "core", "model_name": "sitesettings", "pk": SiteSettings.load().pk},
        "wagtailimages:create_multiple_from_uploaded_image": {"uploaded_file_id": uploads[0].pk},
        "wagtailimages:delete_upload_multiple": {"uploaded_file_id": uploads[0].pk},
        "wagtaildocs:create_multiple_from_uploaded_document": {"uploaded_file_id": uploads[1].pk},
        "wagtaildocs:delete_upload_multiple": {"uploaded_file_id": uploads[1].pk},
        "wagtailadmin_pages:workflow_action": {"page_id": topic.pk, "action_name": "approve"},
        "wagtailadmin_pages:collect_workflow_action_data": {"page_id": topic.pk, "action_name": "approve"},
        "wagtailadmin_pages:workflow_history_detail": {"page_id": topic.pk},
        "wagtailadmin_pages:confirm_workflow_cancellation": {"page_id": topic.pk},
        "wagtailcore_authenticate_with_password": {"page_id": restricted.pk},
        "wagtailimages_chooser": {"pk": image.pk},
        "wagtaildocs_chooser": {"pk": document.pk},
    }


def _law(world: World, lawyer: User) -> None:
    values = law_values(lawyer)
    world.special |= {"picture": values.pop("picture"), "feedback_words": values.pop("voice")}
    world.values |= values


def _seats(world: World, people: dict[str, User]) -> None:
    learner = people["learner"]
    run = make_run(capacity=5)
    enrolment, _created = enrol(
        run_id=run.pk, user=learner, full_name=learner.full_name, phone=learner.phone, language="kk", actor=learner
    )
    house = make_association()
    make_membership(user=people["chair"], association=house)
    pdf = ContentFile(b"%PDF-1.4 %%EOF", name="a.pdf")
    claim = Membership.objects.create(
        association=make_association(),
        user=learner,
        role=MembershipRole.CHAIR,
        state=MembershipState.CLAIMED,
        valid_from=timezone.localdate(),
        protocol=pdf,
        protocol_name="a.pdf",
    )
    resident = make_membership(association=house, role=MembershipRole.RESIDENT)
    invitation = invite(
        association_id=house.pk,
        actor=people["chair"],
        role=MembershipRole.COUNCIL,
        email="council@mail.test",
        valid_from=timezone.localdate(),
        valid_to=None,
        language="kk",
    )
    register = RegisterImport.objects.create(office=make_office(), file_name="register.xlsx", state=ImportState.DONE)
    letter = OutboxMessage.objects.filter(person=learner).first()
    OutboxMessage.objects.filter(pk=letter.pk).update(sent_at=timezone.now(), subject="Орын", body="Орын сізде")
    consent = give_consent(user=learner, purpose=ConsentPurpose.SEMINARS, language="kk")
    session = UserSession.objects.create(
        user=learner, ip="10.0.0.9", session_key="no-such-session", user_agent="", created_at=timezone.now()
    )
    wish = {
        "rp": {"id": HOST},
        "user": {"id": websafe_encode(b"learner")},
        "challenge": websafe_encode(b"wish"),
    }
    passkey = Authenticator.objects.create(
        user=learner,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Телефон", "credential": Device().create({"publicKey": wish})},
    )
    world.values |= {
        "run_id": run.pk,
        "run_code": run.code,
        "public_id": enrolment.public_id,
        "number": letter.pk,
        "consent_id": consent.pk,
    }
    world.special |= {
        "wagtailusers_users": {"pk": learner.pk},
        "wagtailusers_groups": {"pk": Group.objects.get(name="Editors").pk},
        "association": {"pk": house.pk},
        "association_claim": {"pk": house.pk},
        "association_invite": {"pk": house.pk},
        "association_hand_over": {"pk": house.pk},
        "association_people": {"pk": claim.association_id},
        "member_end": {"public_id": resident.public_id},
        "membership_leave": {"public_id": claim.public_id},
        "own_protocol": {"public_id": claim.public_id},
        "membership_review": {"public_id": claim.public_id},
        "membership_protocol": {"public_id": claim.public_id},
        "membership_end": {"public_id": resident.public_id},
        "invitation_revoke": {"public_id": invitation.public_id},
        "invitation_link": {"token": "no-such-token"},
        "calendar_feed": {"token": "no-such-calendar"},
        "register_import": {"public_id": register.public_id},
        "usersessions_end": {"number": session.pk},
        "mfa_remove_webauthn": {"pk": passkey.pk},
        "mfa_edit_webauthn": {"pk": passkey.pk},
    }


def _overridable(source: TranslationSource) -> int:
    segment = OverridableSegment.objects.filter(source=source).first()
    return segment.pk if segment else 0


# Of a snippet with drafts: they lead to a row that waits in a workflow.
OF_WORKFLOW = (
    "workflow_action",
    "collect_workflow_action_data",
    "confirm_workflow_cancellation",
    "workflow_history",
    "workflow_history_detail",
)


def rows_of_snippets(world: World) -> None:
    """Gives each snippet family a row of its model to point to; where there are drafts, one in a workflow too."""
    for model in get_snippet_models():
        label = f"{model._meta.app_label}_{model._meta.model_name}"
        rows = list(model._default_manager.order_by("pk")[:2])
        row = CourseRun.objects.get(pk=world.values["run_id"]) if model is CourseRun else next(iter(rows), None)
        family = {"pk": row.pk if row else 0, "app_label": model._meta.app_label}
        if issubclass(model, DraftStateMixin):
            revision, waiting = values_of_draft(*rows, User.objects.get(is_superuser=True))
            family |= revision
            world.special |= {f"wagtailsnippets_{label}:{name}": waiting for name in OF_WORKFLOW}
        world.special = {f"wagtailsnippets_{label}": family, f"wagtailsnippetchoosers_{label}": family} | world.special
