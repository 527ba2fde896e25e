"""Recording an amendment in the admin, as a lawyer would."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets import ListingButton
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import CreateView, DeleteView, EditView, IndexView, SnippetViewSet

from law import radar_actions
from law.amendments import AmendedProvision, refuse_duplicates
from law.models import Amendment

NO_PROVISION = gettext_lazy("Name at least one provision that the amendment touches.")
IS_APPLIED = gettext_lazy(
    "The amendment is in force and applied: prepared texts are published, provisions have their new state. "
    "Its date and its provisions stay as they are; for a correction record another amendment."
)


class AmendmentForm(WagtailAdminModelForm):
    """Says in words what is wrong with a list of provisions. The source is never asked for while saving."""

    def clean(self):
        cleaned = super().clean()
        rows = self._rows()
        if rows is not None:
            if not rows:
                self.add_error(None, NO_PROVISION)
            try:
                refuse_duplicates([provision for provision, _effect in rows])
            except ValidationError as error:
                self.add_error(None, error)
            if self.instance.applied_at and self._moves(cleaned, rows):
                self.add_error(None, IS_APPLIED)
        return cleaned

    def _rows(self) -> list[tuple] | None:
        """Provision and effect of each row that is kept; None while a row itself is wrong."""
        forms = [form for form in self.formsets["provisions"].forms if not _is_deleted(form)]
        if not all(form.is_valid() for form in forms):
            return None
        filled = [form.cleaned_data for form in forms if form.cleaned_data]
        return [(row["provision"], row["effect"]) for row in filled]

    def _moves(self, cleaned: dict, rows: list[tuple]) -> bool:
        kept = AmendedProvision.objects.filter(amendment=self.instance).values_list("provision", "effect")
        return cleaned.get("in_force_on") != self.instance.in_force_on or {
            (provision.pk, effect) for provision, effect in rows
        } != set(kept)


def _is_deleted(form) -> bool:
    """Whether a row is marked to go, which may be wrong in itself."""
    return form.fields["DELETE"].to_python(form["DELETE"].data)


class AmendmentPolicy(ModelPermissionPolicy):
    """Decisions are a log: an amendment that has some is not deleted any more."""

    def user_has_permission_for_instance(self, user, action, instance):
        if action == "delete" and instance.items.decided().exists():
            return False
        return super().user_has_permission_for_instance(user, action, instance)


# Before Wagtail asks for the first time who may do what with amendments.
register_permission_policy(Amendment, AmendmentPolicy(Amendment))


class _Recorded:
    """After saving: the list is filled in the same transaction, and shown."""

    def save_instance(self):
        amendment = super().save_instance()  # type: ignore[misc]  # of Wagtail's view
        radar_actions.record(amendment=amendment, actor=self.request.user)  # type: ignore[attr-defined]
        return amendment

    def get_success_url(self) -> str:
        return reverse("law_radar_worklist", args=[self.object.pk])  # type: ignore[attr-defined]


class AmendmentCreateView(_Recorded, CreateView):
    success_message = gettext_lazy("The amendment is recorded. These texts lean on what it touches.")


class AmendmentEditView(_Recorded, EditView):
    success_message = gettext_lazy("The amendment is saved, and its list is up to date.")

    def post(self, request, *args, **kwargs):
        """Under the amendment's lock: what the day in force has written meanwhile is not written over."""
        with transaction.atomic():
            Amendment.objects.locked(self.object.pk)
            self.object.refresh_from_db()
            return super().post(request, *args, **kwargs)


class AmendmentDeleteView(DeleteView):
    def dispatch(self, request, *args, **kwargs):
        if not self.user_has_permission_for_instance("delete", self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class AmendmentIndexView(IndexView):
    def get_base_queryset(self):
        return Amendment.objects.with_progress()

    def get_delete_url(self, instance):
        return None if instance.decided else super().get_delete_url(instance)

    def get_list_more_buttons(self, instance):
        url = reverse("law_radar_worklist", args=[instance.pk])
        return [
            ListingButton(_("Texts to check"), url=url, icon_name="tasks", priority=5),
            *super().get_list_more_buttons(instance),
        ]


class AmendmentViewSet(SnippetViewSet):
    model = Amendment
    icon = "history"
    edit_handler = ObjectList(Amendment.panels, base_form_class=AmendmentForm)
    index_view_class = AmendmentIndexView
    add_view_class = AmendmentCreateView
    edit_view_class = AmendmentEditView
    delete_view_class = AmendmentDeleteView
    copy_view_enabled = False
    list_display = [
        "__str__",
        "in_force_on",
        Column("found", label=gettext_lazy("Texts found"), accessor="found"),
        Column("decided", label=gettext_lazy("Decided"), accessor="decided"),
    ]
