"""The public register: acts, their provisions, and for each provision the texts that cite it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from core.pages import SectionPage
from law import references
from law.acts import LegalAct, Provision
from law.register import acts_by_rank, amendments_of, around, entries_of
from law.usage import Usage

PER_PAGE = 50


class ActIndexPage(RoutablePageMixin, SectionPage):
    """Register of acts; one address an act and a provision, the same rows in both languages."""

    template = "law/act_index_page.html"
    page_description = _("Register of legal acts")
    subpage_types: list[str] = []

    @path("")
    def register(self, request):
        return self.render(request, context_overrides={"acts": acts_by_rank()})

    @path("<slug:key>/", name="act")
    def act(self, request, key: str):
        act = LegalAct.objects.live().filter(key=key).first()
        if act is None:
            raise Http404
        context = {
            "act": act,
            "entries": entries_of(act, self.locale.language_code),
            "twin_suffix": f"{key}/",
            "crumbs": [*self.crumbs, self],
        }
        return self.render(request, context_overrides=context, template="law/act.html")

    @path("<slug:key>/<str:slug>/", name="provision")
    def provision(self, request, key: str, slug: str):
        ref = references.from_slug(slug)
        provisions = Provision.objects.published().select_related("act", "replaced_by__act")
        provision = provisions.filter(act__key=key, ref=ref).first()
        if provision is None or provision.slug != slug:  # one address a provision, however brackets are written
            raise Http404
        holds, parts = around(provision)
        usage = Usage(provision, self.locale.language_code)
        pages = Paginator(usage.pages, PER_PAGE).get_page(request.GET.get("page"))
        texts = usage.page_texts(pages.object_list, request)
        context = {
            "act": provision.act,
            "provision": provision,
            "holds": holds,
            "parts": parts,
            "amendments": amendments_of(provision),
            "pages": pages,
            "texts": texts if pages.has_next() else [*texts, *usage.row_texts()],
            "twin_suffix": f"{key}/{slug}/",
            "crumbs": [*self.crumbs, self],
        }
        return self.render(request, context_overrides=context, template="law/provision.html")

    def act_url(self, act: LegalAct, request=None) -> str:
        return f"{self.get_url(request)}{act.key}/"

    def provision_url(self, provision: Provision, request=None) -> str:
        return f"{self.act_url(provision.act, request)}{provision.slug}/"

    def get_sitemap_urls(self, request=None):
        urls = super().get_sitemap_urls(request)
        base = self.get_full_url(request)
        acts = [f"{key}/" for key in LegalAct.objects.live().values_list("key", flat=True)]
        refs = Provision.objects.published().values_list("act__key", "ref")
        provisions = [f"{key}/{references.slug(ref)}/" for key, ref in refs]
        return urls + [{"location": f"{base}{suffix}"} for suffix in [*acts, *provisions]]
