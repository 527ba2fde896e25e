"""The pages of sign-in: the address, the code, the password."""

from __future__ import annotations

from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.stagekit import clear_login, get_pending_stage
from allauth.account.mixins import NextRedirectMixin
from allauth.account.stages import LoginByCodeStage
from allauth.account.views import ConfirmLoginCodeView, LoginView
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from people.forms import SignInForm
from people.sign_in import SignInProcess


@method_decorator(never_cache, name="dispatch")
class SignInView(NextRedirectMixin, FormView):
    """Always starts anew: who mistyped her address must not be led back to the code she cannot get."""

    form_class = SignInForm
    template_name = "account/login.html"

    def dispatch(self, request: HttpRequest, *args, **kwargs):
        if request.user.is_authenticated:
            if (self.get_next_url() or "").startswith("/admin/") and not request.user.has_perm(
                "wagtailadmin.access_admin"
            ):
                raise PermissionDenied  # the admin sent her here: sending her back would go round for ever
            return HttpResponseRedirect(self.get_next_url() or reverse("cabinet"))
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form) -> HttpResponse:
        SignInProcess.start(request=self.request, email=form.cleaned_data["email"])
        return super().form_valid(form)

    def get_success_url(self):
        return self.passthrough_next_url(reverse("account_confirm_login_code"))


@method_decorator(never_cache, name="dispatch")
@method_decorator(login_stage_required(stage=LoginByCodeStage.key, redirect_urlname="account_login"), name="dispatch")
class ConfirmCodeView(ConfirmLoginCodeView):
    _process: SignInProcess

    def dispatch(self, request: HttpRequest, *args, **kwargs):
        self.stage = getattr(request, "_login_stage")  # noqa: B009  set by the decorator
        process = SignInProcess.resume(self.stage)
        if process is None:
            messages.error(request, _("The code has expired. Ask for a new one."))
            return HttpResponseRedirect(self.passthrough_next_url(reverse("account_login")))
        self._process = process
        return FormView.dispatch(self, request, *args, **kwargs)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        self._try = self._process.count_try() if self._action == "verify" else None
        if self._action == "verify" and self._try is None:
            return self._start_anew()
        return super().post(request, *args, **kwargs)

    def form_valid(self, form) -> HttpResponse:
        if self._try:
            self._try.rollback()
        return super().form_valid(form)

    def form_invalid(self, form) -> HttpResponse:
        if self._process.record_invalid_attempt():
            return FormView.form_invalid(self, form)
        return self._start_anew()

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs) | {"code_length": len(self._process.code)}

    def _start_anew(self) -> HttpResponse:
        self._process.abort()
        messages.error(self.request, _("Too many wrong codes. Ask for a new one."))
        return HttpResponseRedirect(self.passthrough_next_url(reverse("account_login")))


class PasswordSignInView(LoginView):
    """allauth's own, reached even while a code is under way: it would lead back to the code for ever."""

    template_name = "account/login_password.html"

    def dispatch(self, request: HttpRequest, *args, **kwargs):
        leave_the_code(request)
        return super().dispatch(request, *args, **kwargs)


def leave_the_code(request: HttpRequest) -> None:
    """Gives up a code under way: the person has chosen another way to sign in."""
    if isinstance(get_pending_stage(request), LoginByCodeStage):
        clear_login(request)


def one_entrance(request: HttpRequest) -> HttpResponse:
    """allauth's other doors (sign-up, code request) lead to the one entrance."""
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{reverse('account_login')}{'?' + query if query else ''}")
