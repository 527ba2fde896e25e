"""Forms of an account's own pages."""

from allauth.account.forms import RequestLoginCodeForm
from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import User


class SignInForm(RequestLoginCodeForm):
    """An address to send a code to. Counts against the sign-in limits of the address and the network."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "autocapitalize": "off"}),
        error_messages={
            "required": _("Enter an e-mail address: the code will come to it."),
            "invalid": _("This does not look like an e-mail address. Example: aigul@mail.kz"),
        },
    )

    def clean_email(self) -> str:
        try:
            return super().clean_email()
        except forms.ValidationError as error:
            if error.code != "too_many_login_attempts":
                raise
            # allauth speaks of failed attempts, but nobody has failed at anything
            message = _("Several codes were sent to this address. Wait a minute before you ask for one more.")
            raise forms.ValidationError(message, code=error.code) from error

    def clean(self):
        """allauth would take a phone number beside the address for a second way to sign in."""
        return forms.Form.clean(self)


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["full_name", "phone", "language"]
        widgets = {
            "full_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        }
        help_texts = {
            "full_name": _("As it should stand on a certificate"),
            "phone": _("If a seminar is moved at short notice, we call"),
            "language": _("Messages come in this language"),
        }
