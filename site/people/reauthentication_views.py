"""The page that asks for a code by mail before the locks of an account change."""

from __future__ import annotations

from typing import cast

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import BaseReauthenticateView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from people.mailed_codes import MailedCode
from people.models import signed_in
from people.security_forms import CodeForm


@method_decorator([login_required, never_cache], name="dispatch")
class ReauthenticateByCodeView(BaseReauthenticateView):
    """A button that sends a code, then a field for it."""

    form_class = CodeForm
    template_name = "account/reauthenticate_by_code.html"

    @property
    def code(self) -> MailedCode:
        return MailedCode(self.request, "reauthentication")

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.POST.get("action") != "send":
            return cast(HttpResponse, super().post(request, *args, **kwargs))
        if not self.code.send(email=signed_in(request).email, kind="people/reauthentication_code", context={}):
            messages.error(request, _("Several codes were sent. Wait a minute before you ask for one more."))
        return HttpResponseRedirect(self.passthrough_next_url(reverse("account_reauthenticate_by_code")))

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"mailed_code": self.code}

    def get_context_data(self, **kwargs) -> dict:
        sent = {"is_sent": self.code.is_alive, "email": signed_in(self.request).email}
        return super().get_context_data(**kwargs) | sent

    def form_valid(self, form) -> HttpResponse:
        self.code.drop()
        record_authentication(self.request, signed_in(self.request), "code", reauthenticated=True)
        return super().form_valid(form)
