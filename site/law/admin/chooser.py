"""The chooser of provisions: one for fields, blocks and links in text. It reads citations as people write them."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, TitleColumn
from wagtail.permissions import policy_registry
from wagtail.search.backends import get_search_backend
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
    SnippetCreateView,
)

from law.acts import LegalAct, Provision
from law.inline import in_short
from law.resolver import Proposal, resolve
from search.analysis import tokens

FOUND_BY_WORDS = 100  # who needs the hundred-and-first writes more


class CitationSearchForm(BaseFilterForm):
    """«ст. 42, п. 8 ЗРК» puts that provision first; any other words search references, gists and titles of acts."""

    q = forms.CharField(
        label=_("Citation or words"),
        widget=forms.TextInput(attrs={"placeholder": _("ст. 42, п. 8 · 42-бап · quorum")}),
        required=False,
        max_length=400,
    )
    proposals: list[Proposal] = []

    def filter(self, objects):
        text = self.cleaned_data["q"].replace("\x00", "").strip()
        if not text:
            return objects
        self.is_searching, self.search_query = True, text
        self.proposals = resolve(text)
        first = [found for proposal in self.proposals if (found := proposal.provision or proposal.nearest)]
        words = " ".join(tokens(text))  # no raw text reaches a backend's parser: a lone quote breaks it
        by_words = list(get_search_backend().autocomplete(words, objects)[:FOUND_BY_WORDS]) if words else []
        return list(dict.fromkeys([*first, *by_words]))


class _ProvisionTable:
    """What both views of the modal show: the whole choice, and its results while one types."""

    filter_form: CitationSearchForm
    create_url_name: str
    filter_form_class = CitationSearchForm
    results_template_name = "law/admin/chooser_results.html"
    page_subtitle = ""

    @property
    def columns(self) -> list[Column]:
        return [
            self.title_column,
            Column("ref", label=capfirst(_("reference")), accessor="words"),
            Column("gist", label=_("Gist")),
            Column("state", label=_("State"), accessor="get_state_display"),
            LiveStatusTagColumn(sort_key=None),
        ]

    @property
    def title_column(self) -> TitleColumn:
        """A draft has no link: readers could not open what is not published."""
        column = super().title_column  # type: ignore[misc]
        column.label, to_choose = _("Act"), column._get_url_func
        column.accessor = lambda provision: provision.act.short
        if to_choose:
            column._get_url_func = lambda provision: to_choose(provision) if provision.is_public else None
        return column

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        missing = [proposal for proposal in self.filter_form.proposals if proposal.provision is None]
        context["missing"] = [
            {"name": capfirst(Provision(act=new.act, ref=new.ref).words) or new.act.title, "act": new.act.short}
            | {"url": f"{reverse(self.create_url_name)}?{urlencode({'act': new.act.pk, 'ref': new.ref})}"}
            for new in missing
        ]
        return context


class ProvisionChooseView(_ProvisionTable, ChooseView):
    pass


class ProvisionChooseResultsView(_ProvisionTable, ChooseResultsView):
    pass


class _InShort:
    """Besides the name a field shows: what a sentence says, in the language of the text that is written."""

    def get_chosen_response_data(self, item: Provision) -> dict:
        short = {language: in_short(item, language) for language, _name in settings.LANGUAGES}
        return super().get_chosen_response_data(item) | {"short": short}  # type: ignore[misc]


class ProvisionChosenView(_InShort, SnippetChosenView):
    pass


class ProvisionChosenMultipleView(_InShort, SnippetChosenMultipleView):
    pass


class ProvisionForm(forms.ModelForm):
    """Acts by their short names: a full title is wider than the modal."""

    class Meta:
        model = Provision
        fields = ["act", "ref", "gist_kk", "gist_ru"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        acts = cast(forms.ModelChoiceField, self.fields["act"])
        acts.queryset = LegalAct.objects.by_rank()
        acts.label_from_instance = lambda obj: Truncator(obj.short).chars(80)  # type: ignore[method-assign]


class ProvisionCreateView(_InShort, SnippetCreateView):
    """A provision nobody has cited yet, with act and reference as they were typed; published at once by who may."""

    def get_creation_form_kwargs(self):
        initial = {name: self.request.GET[name][:60] for name in ("act", "ref") if name in self.request.GET}
        return super().get_creation_form_kwargs() | {"initial": initial}

    @transaction.atomic
    def save_form(self, form) -> Provision:
        may_publish = policy_registry.get_by_type(Provision).user_has_permission(self.request.user, "publish")
        form.instance.live = False
        provision = form.save()
        revision = provision.save_revision(user=self.request.user, log_action="wagtail.create")
        if may_publish:
            revision.publish(user=self.request.user)
        return Provision.objects.get(pk=provision.pk)


class ProvisionChooserViewSet(SnippetChooserViewSet):
    choose_view_class = ProvisionChooseView
    choose_results_view_class = ProvisionChooseResultsView
    chosen_view_class = ProvisionChosenView
    chosen_multiple_view_class = ProvisionChosenMultipleView
    create_view_class = ProvisionCreateView
    creation_form_class = ProvisionForm
    # Wagtail translates its own words once, when it is loaded
    page_title = _("Provision")
    search_tab_label = _("Search")
    create_action_label = _("Add to the register")
    creation_tab_label = _("New provision")
