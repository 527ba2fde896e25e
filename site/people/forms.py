"""Forms of an account's own pages."""

from itertools import groupby

from allauth.core import context
from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from people.contact_fields import name_in_letters, phone_number
from people.enums import OfficeState
from people.models import District, User
from people.sign_in import why_no_code


class SignInForm(forms.Form):
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
        email = self.cleaned_data["email"]
        if reason := why_no_code(context.request, email):
            raise forms.ValidationError(reason)
        return email


class _ByCity(ModelChoiceIterator):
    """Choices under their cities: the names of districts repeat from city to city."""

    def __iter__(self):
        yield "", self.field.empty_label
        rows = self.queryset.all()
        for _office, districts in groupby(rows, key=lambda district: district.office_id):
            group = list(districts)
            yield group[0].office.city, [self.choice(district) for district in group]


class DistrictField(forms.ModelChoiceField):
    """Districts under their cities, of offices that work or are being prepared. Not required."""

    iterator = _ByCity

    def __init__(self, **kwargs) -> None:
        districts = District.objects.for_choice().exclude(office__state=OfficeState.CLOSED)
        super().__init__(districts, required=False, empty_label=_("Not chosen"), **kwargs)


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["full_name", "phone", "language", "district"]
        widgets = {
            "full_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        }
        help_texts = {
            "full_name": _("As it should stand on a certificate"),
            "phone": _("If a seminar is moved at short notice, we call"),
            "language": _("Messages come in this language"),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # Here and not above: this module is read before all models are loaded.
        self.fields["district"] = DistrictField(
            label=_("District"), help_text=_("It tells us which front office is yours")
        )

    def clean_full_name(self) -> str:
        return name_in_letters(self.cleaned_data["full_name"])

    def clean_phone(self) -> str:
        return phone_number(self.cleaned_data["phone"])
