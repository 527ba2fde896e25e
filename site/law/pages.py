"""The public register of acts."""

from django.db.models import Count, Prefetch
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from core.pages import SectionPage
from law.acts import LegalAct, Provision


class ActIndexPage(RoutablePageMixin, SectionPage):
    """Register of acts; one address an act, the same rows in both languages."""

    template = "law/act_index_page.html"
    page_description = _("Register of legal acts")
    subpage_types: list[str] = []

    @path("")
    def register(self, request):
        acts = LegalAct.objects.by_rank().annotate(cited=Count("provisions"))
        return self.render(request, context_overrides={"acts": acts})

    @path("<slug:key>/", name="act")
    def act(self, request, key: str):
        provisions = Prefetch("provisions", Provision.objects.all())
        act = LegalAct.objects.filter(key=key).prefetch_related(provisions).first()
        if act is None:
            raise Http404
        context = {
            "act": act,
            "provisions": sorted(
                filter(lambda provision: provision.ref, act.provisions.all()), key=lambda p: p.sort_key
            ),
            "twin_suffix": f"{key}/",
            "crumbs": [*self.crumbs, self],
        }
        return self.render(request, context_overrides=context, template="law/act.html")

    def act_url(self, act: LegalAct, request=None) -> str:
        return f"{self.get_url(request)}{act.key}/"

    def get_sitemap_urls(self, request=None):
        urls = super().get_sitemap_urls(request)
        base = self.get_full_url(request)
        return urls + [{"location": f"{base}{key}/"} for key in LegalAct.objects.values_list("key", flat=True)]
