"""The pages that change an account's address: the new one, then the two codes."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.change_email import AddressTaken, EmailChange
from people.mailed_codes import MailedCode
from people.models import normalise_email, signed_in


class NewEmailForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("New e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "autocapitalize": "off"}),
        error_messages={
            "required": gettext_lazy("Enter the new address."),
            "invalid": gettext_lazy("This does not look like an e-mail address. Example: aigul@mail.kz"),
        },
    )

    def __init__(self, *args, current: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.current = normalise_email(current)

    def clean_email(self) -> str:
        email = normalise_email(self.cleaned_data["email"])
        if email == self.current:
            raise forms.ValidationError(_("This is your address already."))
        return email


class BothCodesForm(forms.Form):
    """Each code is tried every time, so that both mistakes are told at once."""

    old_code = forms.CharField(label=gettext_lazy("Code from the letter to the old address"), max_length=40)
    new_code = forms.CharField(label=gettext_lazy("Code from the letter to the new address"), max_length=40)

    def __init__(self, *args, change: EmailChange, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.change = change
        for field in self.fields.values():
            field.error_messages["required"] = _("Type the code from the letter.")

    def clean_old_code(self) -> str:
        return self._right(self.change.old_code, self.cleaned_data["old_code"])

    def clean_new_code(self) -> str:
        return self._right(self.change.new_code, self.cleaned_data["new_code"])

    def _right(self, code: MailedCode, typed: str) -> str:
        if not code.matches(typed):
            raise forms.ValidationError(_("Incorrect code."))
        return typed


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The new address. Whatever it is, the next page is the same."""
    form = NewEmailForm(request.POST or None, current=signed_in(request).email)
    if request.method == "POST" and form.is_valid():
        if EmailChange(request).begin(form.cleaned_data["email"]):
            return redirect("account_email_confirm")
        form.add_error(None, _("You asked for many codes. Try again in an hour."))
    return render(request, "account/email_change.html", {"form": form, "change": EmailChange(request)})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """The two codes. Wrong ones five times, or a quarter of an hour, and one has to start anew."""
    change = EmailChange(request)
    if not change.is_alive:
        return _start_anew(request, change)
    form = BothCodesForm(request.POST or None, change=change)
    match request.POST.get("action", ""):
        case "resend":
            if change.begin(change.new_email):
                messages.success(request, _("New codes are on their way. The old ones no longer work."))
                return redirect("account_email_confirm")
            messages.error(request, _("You asked for many codes. Try again in an hour."))
            return redirect("account_email_confirm" if change.is_alive else "account_email")
        case "give_up":
            change.give_up()
            messages.success(request, _("Your address stays as it was."))
            return redirect("account_email")
    if request.method == "POST" and form.is_valid():
        return _finish(request, change)
    if not change.is_alive:
        return _start_anew(request, change)
    return render(request, "account/email_change_confirm.html", {"form": form, "change": change})


def _finish(request: HttpRequest, change: EmailChange) -> HttpResponse:
    try:
        change.finish()
    except AddressTaken:
        messages.error(request, _("The address was not changed: in the meantime it came to belong to another account."))
        return redirect("account_email")
    messages.success(request, _("Your address is changed. Other devices were signed out."))
    return redirect("cabinet")


def _start_anew(request: HttpRequest, change: EmailChange) -> HttpResponse:
    if change.new_email:
        change.give_up()
        messages.error(request, _("The codes no longer work. Give the new address once more."))
    return redirect("account_email")
