"""The two forms of a page's review: signing it, and giving it an owner."""

from __future__ import annotations

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from law.duty_dates import today
from law.review_actions import current_edition, proposed_date, same_in_other_language, staff
from law.reviews import ReviewState


class SignForm(forms.Form):
    """Filled in already: pressing the button signs."""

    edition_date = forms.DateField(
        label=_("Compared with the edition of"),
        required=False,
        widget=AdminDateInput,
        help_text=_("The date of the edition of the act, not today's"),
    )
    next_review_on = forms.DateField(label=_("Next review"), widget=AdminDateInput)
    note = forms.CharField(
        label=_("Note for colleagues"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Readers do not see it"),
    )
    both_languages = forms.BooleanField(
        label=_("The page in the other language says the same: sign both"), required=False
    )

    def __init__(self, data=None, *, page) -> None:
        super().__init__(data, initial={"edition_date": current_edition(page), "next_review_on": proposed_date()})
        if same_in_other_language(page) is None:
            del self.fields["both_languages"]

    def clean_edition_date(self) -> datetime.date | None:
        edition = self.cleaned_data["edition_date"]
        if edition and edition > today():
            raise ValidationError(_("This edition is not in force yet."))
        return edition

    def clean_next_review_on(self) -> datetime.date:
        following = self.cleaned_data["next_review_on"]
        if following <= today():
            raise ValidationError(_("The next review must be on a day to come."))
        return following


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj) -> str:
        return f"{obj.full_name} ({obj.email})" if obj.full_name else obj.email


class AssignForm(forms.Form):
    """Who cares for the page; the verb itself refuses what does not fit."""

    responsible = PersonField(queryset=None, label=_("Owner"), required=False)
    deputy = PersonField(queryset=None, label=_("Deputy"), required=False)
    next_review_on = forms.DateField(label=_("Next review"), required=False, widget=AdminDateInput)

    def __init__(self, data=None, *, state: ReviewState) -> None:
        initial = {
            "responsible": state.responsible_id,
            "deputy": state.deputy_id,
            "next_review_on": state.next_review_on,
        }
        super().__init__(data, initial=initial, auto_id="owner_%s")  # two forms on one page
        for name in ("responsible", "deputy"):
            self.fields[name].queryset = staff()  # type: ignore[attr-defined]
