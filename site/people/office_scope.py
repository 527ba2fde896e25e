"""Admin screens that show and accept only rows of the offices a person works in.

    class VenueViewSet(OfficeScopedViewSet):
        model = Venue
        office_path = "office"  # the lookup from a row to its office; the default

Every address of the viewset is covered (list, results, edit, copy, inspect, delete, usage, history, revisions,
chooser, bulk delete): the list is cut to own rows, an address with another office's row answers 404, and a
choice of an office, a district or a row of another scoped model offers and accepts own ones only, in inline
rows too. Administrators see all; staff without an office nothing.

A form of one's own extends `OfficeScopedForm` and is named as `base_form_class`; a filter set of one's own extends
`OfficeScopedFilterSet`; a view of one's own builds on Wagtail's and calls `super().get_base_queryset()`. A row that
other rows protect is kept with a message when somebody deletes it. `in_offices_of(user, queryset)` of
`office_policy(Model)` cuts any other queryset of the model.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django import forms
from django.contrib.admin.utils import unquote
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_list_or_404, redirect
from django.utils.functional import classproperty
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.models import get_snippet_models
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)
from wagtail.snippets.views.snippets import DeleteView, SnippetViewSet

from people.offices import District, Office

ANY_ACTION = ("add", "change", "delete", "view")


class OfficePermissionPolicy(ModelPermissionPolicy):
    """The permissions of the person's roles, for rows of her offices."""

    def __init__(self, model, office_path: str = "office") -> None:
        super().__init__(model)
        self.office_path = office_path

    def in_offices_of(self, user, queryset: QuerySet | None = None) -> QuerySet:
        """`queryset` (default: all rows) cut to the offices of `user`, whatever her permissions."""
        rows = self.model._default_manager.all() if queryset is None else queryset
        return _cut(rows, user, self.office_path)

    def user_has_permission_for_instance(self, user, action, instance) -> bool:
        if not self.user_has_permission(user, action):
            return False
        return user.is_superuser or self.in_offices_of(user).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user, actions) -> QuerySet:
        if not self.user_has_any_permission(user, actions):
            return self.model._default_manager.none()
        return self.in_offices_of(user)

    def users_with_any_permission_for_instance(self, actions, instance) -> QuerySet:
        office = self.model._default_manager.filter(pk=instance.pk).values(self.office_path)
        there = get_user_model().objects.filter(Q(is_superuser=True) | Q(offices__in=office))
        return self.users_with_any_permission(actions).filter(pk__in=there.values("pk"))


def office_policy(model: type[models.Model]) -> OfficePermissionPolicy | None:
    """The policy of a model whose screens are scoped, else None."""
    policy = policy_registry.get_by_type(model, fallback=False)
    return policy if isinstance(policy, OfficePermissionPolicy) else None


def _cut(rows: QuerySet, user, office_path: str) -> QuerySet:
    if user is None or not user.is_authenticated:
        return rows.none()
    if user.is_superuser and user.is_active:
        return rows
    return rows.filter(**{f"{office_path}__in": Office.objects.for_staff(user)})


def _own_choices(rows: QuerySet, user) -> QuerySet:
    """`rows` that `user` may choose: those of her offices, where the model has an office at all."""
    policy = office_policy(rows.model)
    path = {Office: "pk", District: "office"}.get(rows.model) or (policy.office_path if policy else "")
    return _cut(rows, user, path) if path else rows


def limit_choices(form: forms.BaseForm, user) -> None:
    """Cuts every choice of rows in `form` to the offices of `user`; the offered is also all that is accepted."""
    for field in form.fields.values():
        if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
            field.queryset = _own_choices(field.queryset, user)


def preselect_the_only_office(form: forms.BaseForm) -> None:
    """Who works in one office is not asked for it."""
    for name, field in form.fields.items():
        if not isinstance(field, forms.ModelChoiceField) or not field.required or form.initial.get(name):
            continue
        rows = field.queryset
        if rows is not None and rows.model is Office and len(offices := list(rows[:2])) == 1:
            form.initial[name] = offices[0].pk
            field.empty_label = None


class OfficeScopedForm(WagtailAdminModelForm):
    """Offers own offices only, the one office by itself; the same for rows that are edited inline."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        limit_choices(self, self.for_user)
        preselect_the_only_office(self)
        for formset in self.formsets.values():
            formset.add_fields = self._limited(formset.add_fields)

    def _limited(self, add_fields: Callable) -> Callable:
        @wraps(add_fields)
        def add(form, index) -> None:
            add_fields(form, index)
            limit_choices(form, self.for_user)

        return add


class OfficeScopedFilterSet(WagtailFilterSet):
    """Filters of a list that offer rows of own offices."""

    def __init__(self, data=None, queryset=None, *, request=None, prefix=None) -> None:
        super().__init__(data, queryset, request=request, prefix=prefix)
        for found in self.filters.values():
            rows = getattr(found, "queryset", None)
            if isinstance(rows, (QuerySet, models.Manager)):
                found.queryset = _own_choices(rows.all(), request.user)


class KeepingDeleteView(DeleteView):
    """A row that others stand on is kept, and the person is told so."""

    def form_valid(self, form) -> HttpResponse:
        if self.usage and self.usage.is_protected:
            return self._kept()
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except ProtectedError:
            return self._kept()

    def _kept(self) -> HttpResponse:
        messages.error(self.request, in_use(self.object))
        return redirect(self.get_success_url())


def in_use(row: models.Model) -> str:
    """What a person is told who tries to delete a row that others protect."""
    return _("«%(row)s» is in use and cannot be deleted.") % {"row": row}


class _OwnRows:
    """For views of a chooser, which know the model only: rows of own offices that the person may see."""

    def own_rows(self) -> QuerySet:
        policy = policy_registry.get_by_type(self.model_class)  # type: ignore[attr-defined]  # of the chooser view
        return policy.instances_user_has_any_permission_for(self.request.user, ANY_ACTION)  # type: ignore[attr-defined]


class _OwnChooseView(_OwnRows, ChooseView):
    def get_object_list(self) -> QuerySet:
        return self.own_rows()


class _OwnChooseResultsView(_OwnRows, ChooseResultsView):
    def get_object_list(self) -> QuerySet:
        return self.own_rows()


class _OwnChosenView(_OwnRows, SnippetChosenView):
    def get_object(self, pk):
        try:
            return self.own_rows().get(pk=pk)
        except ValueError as error:
            raise Http404 from error


class _OwnChosenMultipleView(_OwnRows, SnippetChosenMultipleView):
    def get_objects(self, pks) -> QuerySet:
        return self.own_rows().filter(pk__in=[pk for pk in pks if pk.isdecimal()])


class OfficeScopedChooserViewSet(SnippetChooserViewSet):
    choose_view_class = _OwnChooseView
    choose_results_view_class = _OwnChooseResultsView
    chosen_view_class = _OwnChosenView
    chosen_multiple_view_class = _OwnChosenMultipleView

    def get_urlpatterns(self):
        """Without Wagtail's address for making a row in the chooser: no form of ours is behind it."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


class OfficeScopedViewSet(SnippetViewSet):
    office_path = "office"
    base_form_class: type[OfficeScopedForm] = OfficeScopedForm
    chooser_viewset_class = OfficeScopedChooserViewSet
    delete_view_class = KeepingDeleteView
    reorder_view_enabled = False  # Wagtail counts places over the rows of all offices

    def on_register(self) -> None:
        """The policy first: Wagtail asks for one while it registers the rest."""
        policy = OfficePermissionPolicy(self.model, self.office_path)
        register_permission_policy(self.model, policy, exact_class=True)
        super().on_register()

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return self.permission_policy.in_offices_of(request.user)

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(base_filterset_class=OfficeScopedFilterSet, **kwargs)

    def get_edit_handler(self):
        handler = super().get_edit_handler()
        handler.base_form_class = handler.base_form_class or self.base_form_class
        if not issubclass(handler.base_form_class, OfficeScopedForm):
            raise ImproperlyConfigured(f"{handler.base_form_class.__name__} must extend OfficeScopedForm")
        return handler

    def construct_view(self, view_class, **kwargs):
        """Wagtail's views look a row up in five different ways: the address is checked before any of them."""
        view = super().construct_view(view_class, **kwargs)

        @wraps(view)
        def scoped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if "pk" in kwargs:
                self._require_own(request, kwargs["pk"])
            return view(request, *args, **kwargs)

        return scoped

    def _require_own(self, request: HttpRequest, pk) -> None:
        try:
            found = self.permission_policy.in_offices_of(request.user).filter(pk=unquote(str(pk))).exists()
        except (ValueError, ValidationError) as error:
            raise Http404 from error
        if not found:
            raise Http404


class OfficeScopedDeleteBulkAction(DeleteBulkAction):
    """Wagtail's own would name rows of other offices while it refuses them."""

    @classproperty
    def models(cls):  # noqa: N805  of the class
        return [model for model in get_snippet_models() if office_policy(model)]

    def get_queryset(self, model, object_ids):
        return get_list_or_404(self.permission_policy.in_offices_of(self.request.user), pk__in=object_ids)

    def get_all_objects_in_listing_query(self, parent_id):
        return self.permission_policy.in_offices_of(self.request.user).values_list("pk", flat=True)

    def get_actionable_objects(self):
        try:
            return super().get_actionable_objects()
        except ValueError as error:
            raise Http404 from error

    def form_valid(self, form) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, in_use(self.actionable_objects[0]))
            return redirect(self.next_url)


# After Wagtail's own, whose place it takes for our models.
hooks.register("register_bulk_action", OfficeScopedDeleteBulkAction, order=10)
