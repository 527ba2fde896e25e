"""Signing up for a run."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from people.contact_fields import name_in_letters, phone_number
from people.forms import SignInForm
from people.privacy.consents import ConsentPurpose, ConsentText


class SeatForm(forms.Form):
    """What a signed-in person fills in. `expects` tells what the page promised when it was read."""

    full_name = forms.CharField(
        label=_("Name and surname"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("As it should stand on a certificate"),
        error_messages={"required": _("Write your name and surname.")},
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        help_text=_("If a seminar is moved at short notice, we call"),
    )
    consent = forms.BooleanField(
        label=_("I agree that the front office keeps these data to run the seminar"),
        error_messages={"required": _("Without this consent we cannot keep a seat for you.")},
    )
    expects = forms.ChoiceField(
        choices=[("seat", "seat"), ("queue", "queue")], widget=forms.HiddenInput, required=False, initial="seat"
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if text := ConsentText.objects.current(ConsentPurpose.SEMINARS):
            self.fields["consent"].label = text.text  # what is agreed to is what is recorded

    def clean_full_name(self) -> str:
        return name_in_letters(self.cleaned_data["full_name"])

    def clean_phone(self) -> str:
        return phone_number(self.cleaned_data["phone"])

    @property
    def accepts_queue(self) -> bool:
        return self.cleaned_data.get("expects") == "queue"


class StrangerSeatForm(SeatForm, SignInForm):
    """The same for a person who is not signed in: her address is confirmed by a code in the next step."""

    field_order = ["full_name", "email", "phone", "consent", "expects"]
