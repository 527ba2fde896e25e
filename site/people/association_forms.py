"""Forms about a person's associations."""

from __future__ import annotations

from typing import cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.associations import Association
from people.contact_fields import name_in_letters
from people.enums import ELECTED, MembershipRefusal, MembershipRole, OfficeState
from people.mandates import Refused, mandate_end
from people.offices import District, Office
from people.privacy.consents import ConsentPurpose, ConsentText
from people.protocols import check_protocol
from people.user import User

EARLIEST_YEAR, YEARS_AHEAD = 1950, 50
# Which field a refusal of a mandate is about.
_FIELDS = {
    MembershipRefusal.NOT_YET: "valid_from",
    MembershipRefusal.BACKWARDS: "valid_to",
    MembershipRefusal.TOO_LONG: "valid_to",
    MembershipRefusal.MANDATE_OVER: "valid_to",
    MembershipRefusal.NO_PROTOCOL: "protocol",
    MembershipRefusal.ALREADY: "role",
    MembershipRefusal.OTHER_CLAIM: "role",
}


def name_field() -> forms.CharField:
    """Asked of whoever takes a role and has no name yet."""
    return forms.CharField(
        label=_("Name and surname"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name and surname.")},
    )


class DateField(forms.DateField):
    """A day in the browser's own calendar, which speaks YYYY-MM-DD; typed by hand, also 31.12.2026."""

    def __init__(self, **kwargs) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%d.%m.%Y"],
            error_messages={
                "required": _("Write the date."),
                "invalid": _("Write the date like 2026-12-31."),
            },
            **kwargs,
        )

    def clean(self, value):
        day = super().clean(value)
        if day and not EARLIEST_YEAR <= day.year <= timezone.localdate().year + YEARS_AHEAD:
            raise forms.ValidationError(_("Check the year."), code="year")
        return day


class MandateForm(forms.Form):
    """From when to when somebody has which role; checked by the rules of `people.mandates`."""

    role = forms.ChoiceField(
        label=_("Role"), choices=MembershipRole.choices, error_messages={"required": _("Choose a role.")}
    )
    valid_from = DateField(label=_("First day of the mandate"))
    valid_to = DateField(
        label=_("Last day of the mandate"),
        required=False,
        help_text=_("Empty: three years for a chair, a council member and an auditor; no end for the others."),
    )

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if data.get("role") and data.get("valid_from") and "valid_to" in data:
            try:
                data["valid_to"] = mandate_end(data["role"], data["valid_from"], data["valid_to"])
            except Refused as refused:
                self.refuse(refused)
        return data

    def refuse(self, refused: Refused) -> None:
        """Says a refusal beside the field it is about."""
        field = _FIELDS.get(refused.reason)
        self.add_error(field if field in self.fields else None, refused.message)


class ClaimForm(MandateForm):
    protocol = forms.FileField(
        label=_("Minutes of the meeting"),
        required=False,
        help_text=_("Needed for a chair, a council member and an auditor. PDF, JPG or PNG, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={
            "empty": _("This file is empty."),
            "invalid": _("The file did not arrive. Choose it once more."),
        },
    )
    consent = forms.BooleanField(error_messages={"required": _("Without this consent we cannot keep your claim.")})

    def __init__(self, *args, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not user.full_name:  # the office compares it with the minutes
            self.fields["full_name"] = name_field()
            self.order_fields(["full_name"])
        self.fields["protocol"].is_conditional = True  # type: ignore[attr-defined]  # its help says when it is needed
        text = ConsentText.objects.current(ConsentPurpose.MEMBERSHIP)
        if text:
            self.fields["consent"].label = text.text
        else:
            del self.fields["consent"]

    def clean_full_name(self) -> str:
        return name_in_letters(self.cleaned_data["full_name"])

    def clean_protocol(self) -> UploadedFile | None:
        upload = self.cleaned_data.get("protocol")
        if upload:
            check_protocol(upload)
        return upload

    def clean(self):
        data = super().clean()
        if data.get("role") in ELECTED and "protocol" in data and not data["protocol"]:
            self.add_error("protocol", MembershipRefusal.NO_PROTOCOL.label)
        return data


class NameForm(forms.Form):
    """Whoever takes a role has a name: the chair and the office see it beside the role."""

    full_name = name_field()

    def clean_full_name(self) -> str:
        return name_in_letters(self.cleaned_data["full_name"])


class InvitationForm(MandateForm):
    """To any role but the chair's, which is handed over on a page of its own."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email", "autocapitalize": "off"}),
        error_messages={
            "required": _("Write the address that the invitation goes to."),
            "invalid": _("This does not look like an e-mail address. Example: aigul@mail.kz"),
        },
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[
            ("", _("Choose a role")),
            *(choice for choice in MembershipRole.choices if choice[0] != MembershipRole.CHAIR),
        ],
        error_messages={"required": _("Choose a role.")},
    )
    field_order = ["email", "role", "valid_from", "valid_to"]


class HandoverForm(InvitationForm):
    """The role is the chair's; who gets the letter becomes the chair by accepting."""

    role = forms.ChoiceField(
        choices=[(MembershipRole.CHAIR, "")], initial=MembershipRole.CHAIR, widget=forms.HiddenInput
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_to"].help_text = _("Empty: three years.")


class AssociationForm(forms.ModelForm):
    """A house that is not in the register."""

    bin = forms.CharField(
        label=_("BIN"),
        max_length=20,
        required=False,
        help_text=_("12 digits, from the certificate of registration. Without it, leave the field empty."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    units = forms.IntegerField(
        label=_("Flats and non-residential units"),
        min_value=1,
        max_value=5000,
        required=False,
        error_messages={"min_value": _("A house has at least one flat. Leave the field empty if you do not know.")},
    )

    class Meta:
        model = Association
        fields = ["kind", "name_kk", "name_ru", "bin", "office", "district", "address", "units"]
        help_texts = {
            "name_kk": _("One of the two names is enough."),
            "address": _("Street and number of the house"),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        cities = Office.objects.in_order().exclude(state=OfficeState.CLOSED)
        office = cast(forms.ModelChoiceField, self.fields["office"])
        district = cast(forms.ModelChoiceField, self.fields["district"])
        office.queryset, office.empty_label = cities, _("Choose a city")
        district.queryset = District.objects.for_choice().filter(office__in=cities)
        district.choices = [("", _("Not known")), *_by_city(district.queryset)]
        office.error_messages["required"] = _("Choose a city.")
        self.fields["address"].error_messages["required"] = _("Write the address of the house.")
        self.existing: Association | None = None

    def clean_bin(self) -> str | None:
        number = "".join(self.cleaned_data["bin"].split()) or None
        if number:
            self.existing = Association.objects.filter(bin=number).first()
        return number

    def clean(self):
        super().clean()
        office, district = self.cleaned_data.get("office"), self.cleaned_data.get("district")
        if office and district and district.office_id != office.pk:
            self.add_error("district", _("This district is in another city."))
        return self.cleaned_data

    def validate_unique(self) -> None:
        """A BIN that exists is no mistake: the view leads to the association that has it."""


def _by_city(districts) -> list[tuple[str, list[tuple[int, str]]]]:
    cities: dict[str, list[tuple[int, str]]] = {}
    for district in districts:
        cities.setdefault(district.office.city, []).append((district.pk, district.name))
    return list(cities.items())
