"""The one abstract page every page of the site stands on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager, PageViewRestriction

from core.personal_data import NO_PERSONAL_DATA, PersonalData


class BasePage(Page):
    """A page with a twin in the other language.

    kk and ru are equals: a page may be written in either first. `text_changed_at` moves when a
    published change is news to the twin, `text_matched_at` whenever this page is published; a page
    lags when its twin changed after it was last published (`core.twins` keeps both).
    """

    personal_data: ClassVar[PersonalData] = NO_PERSONAL_DATA
    exclude_fields_in_copy = ["last_visited_on"]

    text_changed_at = models.DateTimeField(null=True, editable=False)
    text_matched_at = models.DateTimeField(null=True, editable=False)
    # At most one write a day and page: which pages nobody needs, and nothing about who came.
    last_visited_on = models.DateField(null=True, editable=False)
    minor_edit = models.BooleanField(
        _("small correction"),
        default=False,
        help_text=_("The page in the other language does not need the same change"),
    )

    # Told by `core.routing`, which has read them on the way to this page.
    known_ancestors: list[Page] | None = None
    known_public: bool = False

    # Shown in the browser's address bar and in search engines; set by page types that know better.
    show_in_sitemap: ClassVar[bool] = True

    settings_panels = [
        *Page.settings_panels,
        MultiFieldPanel([FieldPanel("minor_edit")], heading=_("Other language")),
    ]

    class Meta:
        abstract = True

    @cached_property
    def twin(self) -> BasePage | None:
        """The live page of the same text in the other language, or None. One query, once a request."""
        same_type: PageManager = type(self).objects  # twins are of one type
        twins = same_type.filter(translation_key=self.translation_key).exclude(pk=self.pk)
        return twins.live().select_related("locale").first()

    @cached_property
    def nearest_twin(self) -> Page | None:
        """For a page without a twin: the live twin of its nearest ancestor that has one (a question: its topic).

        One query; two where nobody asked for the crumbs yet.
        """
        keys = [crumb.translation_key for crumb in self.crumbs]
        found = Page.objects.live().filter(translation_key__in=keys).exclude(locale=self.locale_id)
        return found.order_by("-depth").first()

    @property
    def lags_behind_twin(self) -> bool:
        twin = self.twin
        if twin is None or twin.text_changed_at is None or self.text_matched_at is None:
            return False
        return twin.text_changed_at > self.text_matched_at

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["twin"] = self.twin
        context["crumbs"] = self.crumbs
        return context

    @cached_property
    def crumbs(self) -> list[Page]:
        """Live ancestors below the language's home page, outermost first. No query where the router read them."""
        if self.known_ancestors is not None:
            return [page for page in self.known_ancestors if page.depth > 2 and page.live]
        ancestors = self.get_ancestors().filter(depth__gt=2).live()
        return list(ancestors.only("title", "url_path", "path", "depth", "locale", "translation_key"))

    def structured_data(self, request) -> list[dict]:
        """What search engines are told of the page besides its crumbs, in words of schema.org that readers see too."""
        return []

    @classmethod
    def to_read(cls):
        """Pages of this type as the router fetches them: a type adds what each of its readers is shown."""
        return cls._default_manager.all()

    def get_view_restrictions(self):
        """Wagtail asks two queries; the router knows already when there are none."""
        return PageViewRestriction.objects.none() if self.known_public else super().get_view_restrictions()

    def get_sitemap_urls(self, request=None):
        return super().get_sitemap_urls(request) if self.show_in_sitemap else []

    def with_content_json(self, content):
        """A revision must not carry the twin marks and visits of the day it was written."""
        page = super().with_content_json(content)
        page.text_changed_at, page.text_matched_at = self.text_changed_at, self.text_matched_at
        page.last_visited_on = self.last_visited_on
        return page


class SectionPage(BasePage):
    """The first page of a section: an introduction above a list of what the section holds."""

    intro = models.TextField(_("introduction"), blank=True)

    searched_by_title_only = True
    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    parent_page_types = ["home.HomePage"]
    max_count_per_parent = 1

    class Meta:
        abstract = True
