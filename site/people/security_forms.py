"""Forms of sign-in and of an account's locks."""

from __future__ import annotations

from struct import error as StructError  # noqa: N812  an exception, whatever its own module calls it

from allauth.account.forms import ChangePasswordForm, ResetPasswordForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import UnsupportedAlgorithm
from django import forms
from django.utils.translation import gettext_lazy as _

from people import limits
from people.mailed_codes import MailedCode
from people.sign_in import why_no_code

# What parsing an invented credential can end in: it is binary data from the web, read by several libraries.
MALFORMED = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    StructError,
    TypeError,
    UnsupportedAlgorithm,
    ValueError,
)
PASSKEY_REFUSED = _("The passkey was not accepted. Try once more, or use another way.")
TOO_MANY_TRIES = _("Too many wrong codes. Try again in 15 minutes.")


class CodeForm(forms.Form):
    """A code from a letter."""

    code = forms.CharField(
        label=_("Code from the letter"),
        max_length=40,
        error_messages={"required": _("Type the code from the letter.")},
    )

    def __init__(self, *args, mailed_code: MailedCode, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.mailed_code = mailed_code

    def clean_code(self) -> str:
        if not self.mailed_code.is_alive:
            raise forms.ValidationError(_("The code has expired. Ask for a new one."))
        if not self.mailed_code.matches(self.cleaned_data["code"]):
            raise forms.ValidationError(_("Incorrect code."))
        return self.cleaned_data["code"]


class NewPasswordForm(ChangePasswordForm):
    """Asks for the old password, whose tries are counted like those of sign-in."""

    def clean_oldpassword(self) -> str:
        used = limits.use(context.request, "password", self.user.email)
        if used is None:
            raise forms.ValidationError(_("Too many wrong passwords. Wait 15 minutes, or set a new one with a code."))
        typed = super().clean_oldpassword()
        used.rollback()
        return typed


class PasswordResetForm(ResetPasswordForm):
    """Asks for a code that lets a new password be set; counted like a sign-in code."""

    def clean_email(self) -> str:
        if reason := why_no_code(context.request, self.cleaned_data["email"]):
            raise forms.ValidationError(reason)
        return super().clean_email()


class _SecondFactorCode(BaseAuthenticateForm):
    """The phone's code or a recovery code; tries are counted by account and network."""

    def clean_code(self) -> str:
        account, request = str(self.user.pk), context.request
        used = [limits.use(request, "second_factor", account), limits.use_network(request, "second_factor")]
        if not all(used):
            raise forms.ValidationError(TOO_MANY_TRIES)
        everywhere = limits.use_everywhere(request, "second_factor", account)
        types = [Authenticator.Type.RECOVERY_CODES, *([Authenticator.Type.TOTP] if everywhere else [])]
        for authenticator in Authenticator.objects.filter(user=self.user, type__in=types):
            if authenticator.wrap().validate_code(self.cleaned_data["code"]):
                authenticator.user = self.user
                self.authenticator = authenticator
                for usage in (*used, everywhere):
                    if usage:
                        usage.rollback()
                return self.cleaned_data["code"]
        self._emit_authentication_failed(Authenticator.objects.filter(user=self.user).first())
        raise get_adapter().validation_error("incorrect_code")


class SecondFactorForm(_SecondFactorCode, AuthenticateForm):
    pass


class SecondFactorAgainForm(_SecondFactorCode, ReauthenticateForm):
    pass


class CredentialField(forms.JSONField):
    """What a browser answers about a passkey: a JSON object of a sane size, whatever was really sent."""

    widget = forms.HiddenInput
    default_error_messages = {"required": PASSKEY_REFUSED, "invalid": PASSKEY_REFUSED}
    most = 20_000

    def to_python(self, value):
        try:
            parsed = super().to_python(value) if len(value or "") <= self.most else None
        except (RecursionError, ValueError) as error:  # depth, and numbers of thousands of digits
            raise forms.ValidationError(PASSKEY_REFUSED) from error
        if not isinstance(parsed, dict):
            raise forms.ValidationError(PASSKEY_REFUSED)
        return parsed


class _PasskeyAnswer(AuthenticateWebAuthnForm):
    """Refuses any answer that is not a right one with one message of its own."""

    def clean_credential(self):
        try:
            return super().clean_credential()
        except forms.ValidationError as error:
            raise forms.ValidationError(PASSKEY_REFUSED) from error
        except MALFORMED as error:
            raise forms.ValidationError(PASSKEY_REFUSED) from error


class PasskeyForm(_PasskeyAnswer):
    credential = CredentialField()


class PasskeyAgainForm(_PasskeyAnswer, ReauthenticateWebAuthnForm):
    credential = CredentialField()


class PasskeySignInForm(_PasskeyAnswer, LoginWebAuthnForm):
    credential = CredentialField()


class PasskeyNameForm(EditWebAuthnForm):
    name = forms.CharField(label=_("Name of the passkey"), max_length=60)


class AddPasskeyForm(AddWebAuthnForm):
    """A new passkey: one that asks its holder for a finger, a face or a PIN."""

    name = forms.CharField(
        label=_("Name of the passkey"),
        max_length=60,
        required=False,
        help_text=_("So that you can tell them apart: «my phone», «work computer»"),
    )
    credential = CredentialField()
    passwordless = None

    def clean(self) -> dict:
        self.cleaned_data["passwordless"] = True  # the holder must have been checked by the device
        try:
            cleaned = super().clean()
            if credential := cleaned.get("credential"):
                cleaned["credential"] = _kept(credential)
        except forms.ValidationError as error:
            raise forms.ValidationError(PASSKEY_REFUSED) from error
        except MALFORMED as error:
            raise forms.ValidationError(PASSKEY_REFUSED) from error
        return cleaned


def _kept(credential: dict) -> dict:
    """Of a checked answer, what is needed later; the rest is the sender's and is not stored."""
    answer = credential["response"]
    return {
        "id": credential["id"],
        "rawId": credential["rawId"],
        "type": "public-key",
        "response": {name: answer[name] for name in ("clientDataJSON", "attestationObject")},
        "clientExtensionResults": {"credProps": {"rk": True}},
    }
