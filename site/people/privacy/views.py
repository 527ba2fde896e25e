"""«My data»: what the site keeps of a person, what she agreed to, who looked, taking it all and erasing it all."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.mailed_codes import MailedCode
from people.models import signed_in
from people.privacy.access_log import AccessRecord
from people.privacy.consents import Consent, consequence_of, withdraw_consent
from people.privacy.declarations import shown_to, staying_without_name
from people.privacy.erasure import LastAdministrator, erase_account, is_last_administrator
from people.privacy.export import collect, write_archive

LOOKS_ON_A_PAGE = 20
EXPORTS = {"export": "5/d/user"}
PURPOSE = "erasure"


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code from the letter"),
        max_length=40,
        error_messages={"required": gettext_lazy("Type the code from the letter.")},
    )

    def __init__(self, data, *, mailed: MailedCode) -> None:
        super().__init__(data)
        self.mailed = mailed

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if not self.mailed.matches(code):
            raise forms.ValidationError(
                _("The code is wrong or too old. Look at the last letter, or ask for a new one.")
            )
        return code


@login_required
@never_cache
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    looks = AccessRecord.objects.about(user)
    context = {
        "declared": shown_to(user),
        "consents": user.consents.in_full(),
        "looks": Paginator(looks, LOOKS_ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "people/privacy/my_data.html", context)


@login_required
@never_cache
def export_data(request: HttpRequest) -> HttpResponseBase:
    """The ZIP by POST. Built in a temporary file first: a failure is a page that says so, not half an archive."""
    if request.method != "POST":  # sign-in leads back here when the session had ended
        return redirect("my_data")
    user = signed_in(request)
    if ratelimit.consume(request, app="people", action="export", config=EXPORTS, user=user) is None:
        messages.error(request, _("You have taken your data five times today. Come back tomorrow."))
        return redirect("my_data")
    export = collect(user)
    name = f"turgyndar-amanaty-{export.made_at:%Y-%m-%d}.zip"
    response = FileResponse(write_archive(export), as_attachment=True, filename=name, content_type="application/zip")
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_required
@never_cache
def withdraw(request: HttpRequest, consent_id: int) -> HttpResponse:
    """Says what follows, and takes the consent back by POST. Somebody else's, or one taken back, is not found."""
    user = signed_in(request)
    consent = get_object_or_404(Consent.objects.standing().in_full(), pk=consent_id, user=user)
    if request.method == "POST":
        withdraw_consent(consent_id=consent.pk, actor=user)
        messages.success(request, _("Your consent is taken back."))
        return redirect("my_data")
    context = {"consent": consent, "consequence": consequence_of(consent.text.purpose)}
    return render(request, "people/privacy/withdraw.html", context)


@login_required
@never_cache
def erase(request: HttpRequest) -> HttpResponse:
    """Explains, mails a code, and erases the account when the code is typed."""
    user = signed_in(request)
    mailed = MailedCode(request, PURPOSE)
    form = CodeForm(None, mailed=mailed)
    if is_last_administrator(user):
        return render(request, "people/privacy/erase.html", {"is_last_administrator": True})
    if request.method == "POST" and request.POST.get("action") == "send":
        letter = {"name": user.get_short_name(), "site_url": f"{settings.WAGTAILADMIN_BASE_URL}/{get_language()}/"}
        if not mailed.send(email=user.email, kind="people/erasure_code", context=letter):
            messages.error(request, _("Several codes were sent. Wait a minute before you ask for one more."))
        return redirect(f"{reverse('erase_account')}#confirm")
    if request.method == "POST":
        form, was_alive = CodeForm(request.POST, mailed=mailed), mailed.is_alive
        if form.is_valid():
            return _erased(request, mailed)
        if was_alive and not mailed.is_alive:
            messages.error(request, _("Too many wrong codes. Ask for a new one."))
            return redirect("erase_account")
    context = {"form": form, "code_is_sent": mailed.is_alive, "staying": staying_without_name()}
    return render(request, "people/privacy/erase.html", context)


def _erased(request: HttpRequest, mailed: MailedCode) -> HttpResponse:
    user = signed_in(request)
    language = get_language()
    try:
        erase_account(user=user, actor=user)
    except IntegrityError:  # a seat was taken, or a role claimed, in another tab at the same moment
        messages.error(request, _("Something of yours changed at the same moment. Nothing was erased: try again."))
        return redirect("erase_account")
    except LastAdministrator:
        return redirect("erase_account")
    mailed.drop()
    logout(request)
    messages.success(request, _("Your account is erased. Thank you for having been with us."))
    return redirect(f"/{language}/")
