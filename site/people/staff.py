"""Staff screens for accounts: Wagtail's own, with our one name field; looking leaves a record, deleting erases."""

from __future__ import annotations

from base64 import b64encode

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.account import AvatarSettingsPanel, NameEmailSettingsPanel
from wagtail.admin.views.generic.usage import UsageView
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.bulk_actions.delete import DeleteBulkAction
from wagtail.users.views.users import DeleteView, EditView, HistoryView, IndexView
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from people.change_email import change_email, is_taken
from people.models import User, normalise_email
from people.privacy.access_log import AccessKind, record_access
from people.privacy.erasure import LastAdministrator, erase_account
from people.sessions import end_all

FIELDS = ["email", "full_name", "phone", "language", "offices", "is_superuser", "groups"]


class AccountCreationForm(UserCreationForm):
    first_name = None
    last_name = None

    class Meta(UserCreationForm.Meta):
        model = User
        fields = FIELDS


class AccountEditForm(UserEditForm):
    first_name = None
    last_name = None
    forget_factors = forms.BooleanField(
        label=gettext_lazy("Take the second factor away"),
        required=False,
        help_text=gettext_lazy(
            "She lost her phone or key: make sure it is her. She sets a new one up at the next sign-in."
        ),
    )

    class Meta(UserEditForm.Meta):
        model = User
        fields = [*FIELDS, "is_active"]

    def clean_email(self) -> str:
        email = normalise_email(self.cleaned_data["email"])
        if is_taken(email, by_others_than=self.instance):
            raise forms.ValidationError(_("Another account signs in with this address."))
        return email


class AccountIndexView(IndexView):
    def get_context_data(self, *args, **kwargs):
        """The list and its search results: one record a page of people."""
        context = super().get_context_data(*args, **kwargs)
        shown = len(context["object_list"])
        record_access(actor=self.request.user, kind=AccessKind.ACCOUNTS, people=shown)
        return context


class _LookAtAccount:
    """A screen about one person."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)  # type: ignore[misc]  # of Wagtail's view
        record_access(
            actor=self.request.user,  # type: ignore[attr-defined]
            kind=AccessKind.ACCOUNT,
            subject=self.object,  # type: ignore[attr-defined]
            label=str(self.object.pk),  # type: ignore[attr-defined]
        )
        return context


class AccountEditView(_LookAtAccount, EditView):
    success_message = gettext_lazy("The account is saved.")  # a name would stay in the session of who saved it

    @transaction.atomic
    def save_instance(self):
        """Another address is given as the owner would do it: the old mailbox no longer opens the account.

        It ends her sessions, as does taking the second factor away: whoever holds them may not be her.
        """
        new_email = self.form.cleaned_data["email"]
        self.form.instance.email = User.objects.values_list("email", flat=True).get(pk=self.object.pk)
        account = super().save_instance()
        is_moved, forgets = new_email != account.email, self.form.cleaned_data["forget_factors"]
        if is_moved:
            change_email(user=account, new_email=new_email, actor=self.request.user)
        if forgets:
            Authenticator.objects.filter(user=account).delete()
        if (is_moved or forgets) and account != self.request.user:
            end_all(account)
        return account


class AccountHistoryView(_LookAtAccount, HistoryView):
    pass


class AccountUsageView(_LookAtAccount, UsageView):
    pass


class AccountDeleteView(_LookAtAccount, DeleteView):
    """Deleting an account is erasing it, as its owner could do herself."""

    page_title = gettext_lazy("Erase the account")
    success_message = gettext_lazy("The account is erased.")
    confirmation_message = gettext_lazy(
        "Her name, contacts, letters and files go for good, her places at coming seminars go to the queue, her roles "
        "in associations end. To close the account and keep it, make it inactive instead."
    )

    def delete_action(self) -> None:
        erase_account(user=self.object, actor=self.request.user)

    def form_valid(self, form) -> HttpResponse:
        try:
            return super().form_valid(form)
        except LastAdministrator:
            messages.error(self.request, _("The last administrator cannot be erased."))
        except IntegrityError:
            messages.error(
                self.request, _("Something of hers changed at the same moment. Nothing was erased: try again.")
            )
        return redirect(self.get_success_url())


class EraseBulkAction(DeleteBulkAction):
    """The same for several accounts at once."""

    models = [get_user_model()]

    def get_execution_context(self):
        return {**super().get_execution_context(), "user": self.request.user}

    @classmethod
    def execute_action(cls, objects, user=None, **kwargs):
        for account in objects:
            erase_account(user=account, actor=user)
        return len(objects), 0

    def get_success_message(self, num_parent_objects, num_child_objects):
        return ngettext("%(number)d account is erased.", "%(number)d accounts are erased.", num_parent_objects) % {
            "number": num_parent_objects
        }


# After Wagtail's own, whose place it takes.
hooks.register("register_bulk_action", EraseBulkAction, order=10)


class UserViewSet(WagtailUserViewSet):
    ordering = "email"
    template_prefix = "people/staff/"
    index_view_class = AccountIndexView
    edit_view_class = AccountEditView
    delete_view_class = AccountDeleteView
    history_view_class = AccountHistoryView
    usage_view_class = AccountUsageView
    copy_view_enabled = False  # an account is one person's

    def get_form_class(self, for_update: bool = False):
        return AccountEditForm if for_update else AccountCreationForm


# Wagtail asks each panel of an account's own page `is_active`, and has no setting for these two: pictures of
# people are not kept, and our one name is changed in the cabinet.
for panel in (AvatarSettingsPanel, NameEmailSettingsPanel):
    setattr(panel, "is_active", lambda self: False)  # noqa: B010  a method of the library


@hooks.register("get_avatar_url")
def initials_as_picture(user, size: int) -> str | None:
    """Where Wagtail shows a picture of a person: her initials, drawn into the address itself."""
    initials = getattr(user, "initials", "")
    if not initials:
        return None
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 50 50"><rect width="50" height="50" fill="#00606e"/>'
        '<text x="25" y="33" font-family="sans-serif" font-size="22" text-anchor="middle" fill="#fff">'
        f"{escape(initials)}</text></svg>"
    )
    return "data:image/svg+xml;base64," + b64encode(picture.encode()).decode()
