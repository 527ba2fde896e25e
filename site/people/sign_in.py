"""One entrance for everybody: an e-mail address, then the code sent to it.

allauth sends a code only to accounts it knows and tells the others that they have none. Here both
get a code and the same page, so nothing reveals whether an address is known, and a stranger's
account is made at the moment the code proves that the address is hers: before that there is no row.
"""

from __future__ import annotations

import secrets
import string
import time

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import EmailAddress, Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from people import limits
from people.models import User, normalise_email

LONG_CODE = 10  # digits, while an address is asked for from many networks: a short one could be guessed by then


def why_no_code(request: HttpRequest, email: str) -> str:
    """Counts one code for `email`. Empty when it may be sent, else the reason to tell the person."""
    if limits.use(request, "code", email) is None:
        return _("Several codes were sent to this address. Wait a minute before you ask for one more.")
    if limits.use(request, "codes_an_hour", email) is None:
        return _("Ten codes were sent to this address within an hour. Look in the spam folder, or ask again later.")
    if limits.use_network(request, "code") is None:
        return _("Many people near you are asking for codes right now. Wait a minute and ask again.")
    return ""


class SignInProcess(LoginCodeVerificationProcess):
    def generate_code(self) -> str:
        """Six digits; ten past the ceiling of the address, so that many networks cannot guess it together."""
        code = get_adapter().generate_login_code()
        if limits.use_everywhere(self.request, "code", self.state["email"]) is None:
            code += "".join(secrets.choice(string.digits) for _ in range(LONG_CODE - len(code)))
        self.state["code"] = code
        return code

    def count_try(self) -> limits.RateLimitUsage | None:
        """Counts a try at this very code, however many requests come at once; None when there were too many."""
        return limits.use(self.request, "code_try", f"{self.state['email']}:{self.state['at']}")

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:
        code = self.generate_code()
        get_adapter().send_mail("account/email/login_code", email, {"request": self.request, "code": code})

    def resend(self) -> None:
        if reason := why_no_code(self.request, self.state["email"]):
            messages.error(self.request, reason)
            return
        self.state["at"] = time.time()  # a new code lives as long as the first one
        self.send()
        messages.success(self.request, _("A new code is on its way. The old one no longer works."))
        self.record_resend()
        self.persist()

    def finish(self, redirect_url: str | None) -> HttpResponse:
        user = account_of(self.state["email"])
        self._user = self.stage.login.user = user
        return super().finish(redirect_url)

    @classmethod
    def start(cls, *, request: HttpRequest, email: str) -> SignInProcess:
        """Sends a code to `email` and remembers the attempt in the session."""
        email = normalise_email(email)
        login = Login(user=None, email=email)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=None, email=email), initiated_by_user=True)
        process = cls(stage=stage)
        process.send()
        process.persist()
        return process

    @classmethod
    def resume(cls, stage) -> SignInProcess | None:
        """The attempt under way, or None when its time is over."""
        return cls(stage=stage).abort_if_invalid()


def account_of(email: str) -> User:
    """The account of an address that was just proven, made when there is none."""
    email = normalise_email(email)
    address = EmailAddress.objects.filter(email=email, verified=True).select_related("user").first()
    if address is not None:
        return address.user
    user = User.objects.filter(email=email).first()
    if user is None:
        try:
            with transaction.atomic():
                user = User.objects.create_user(email, language=get_language() or "kk")
        except IntegrityError:  # confirmed twice at once, in two tabs
            user = User.objects.get(email=email)
    first = not EmailAddress.objects.filter(user=user, primary=True).exclude(email=email).exists()
    EmailAddress.objects.update_or_create(user=user, email=email, defaults={"verified": True, "primary": first})
    return user
