"""What the worklist of an amendment shows of each text: made for a whole page of the list in a few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, ReferenceIndex, TranslatableMixin

from law import radar
from law.acts import Provision
from law.amendments import RadarItem, radar_content_type
from law.enums import RadarOutcome, Route
from law.radar_day import is_overtaken
from law.radar_letters import owner_of
from law.reviews import ReviewState
from people.user import User


@dataclass
class Row:
    """One text of the list. `text` is None where it is deleted; what is kept of it stands in the note."""

    item: RadarItem
    text: Any
    edit_url: str | None
    cites: list[Provision] = field(default_factory=list)

    @property
    def title(self) -> str:
        if self.text is None:
            return self.item.note
        return self.text.get_admin_display_title() if isinstance(self.text, Page) else str(self.text)

    @property
    def kind(self) -> str:
        """A page's own type, and not that of the row, which is Page for all of them."""
        of_text = self.text.cached_content_type if isinstance(self.text, Page) else self.item.content_type
        return capfirst(str(of_text.name))

    @property
    def language(self) -> str:
        return self.text.locale.get_display_name() if isinstance(self.text, TranslatableMixin) else ""

    @property
    def is_live(self) -> bool:
        return getattr(self.text, "live", True)

    @property
    def has_draft(self) -> bool:
        return self.text is not None and (
            getattr(self.text, "has_unpublished_changes", False) or not getattr(self.text, "live", True)
        )

    @property
    def routes(self) -> list[str]:
        return [str(Route(route).label) for route in self.item.routes]

    @property
    def cited(self) -> str:
        """As lawyers write it among themselves: 42(5)(12), 42(8). In words thirty of them would fill a screen."""
        return ", ".join(provision.ref or provision.act.short for provision in self.cites)

    @property
    def review(self) -> ReviewState | None:
        return getattr(self.text, "review_state", None) if isinstance(self.text, Page) else None

    @property
    def owner(self) -> User | None:
        return owner_of(self.text) if isinstance(self.text, Page) else None

    @property
    def outcome(self) -> str:
        return str(RadarOutcome(self.item.outcome).label) if self.item.outcome else ""

    @property
    def is_overtaken(self) -> bool:
        return self.item.is_pending and is_overtaken(self.item, self.text)

    @property
    def is_prepared(self) -> bool:
        return self.item.is_pending and self.item.prepared_at is not None


def rows_of(items: Iterable[RadarItem], *, touched: set[int], user: User) -> list[Row]:
    """The rows of `items`, in their order. As many queries as there are types of snippets, and four."""
    items = list(items)
    texts = _texts(items)
    cites = _cites(items, touched)
    finder = AdminURLFinder(user)
    rows = []
    for item in items:
        key = item.content_type_id, item.object_id
        text = texts.get(key)
        rows.append(Row(item, text, finder.get_edit_url(text) if text is not None else None, cites.get(key, [])))
    return rows


def _texts(items: list[RadarItem]) -> dict[radar.Key, Any]:
    found: dict[radar.Key, Any] = {}
    pks = defaultdict(list)
    for item in items:
        pks[item.content_type_id].append(item.object_id)
    for model in radar.source_models():
        content_type = radar_content_type(model).pk
        if content_type in pks:
            texts = model._default_manager.filter(pk__in=pks[content_type])
            if issubclass(model, TranslatableMixin):
                texts = texts.select_related("locale")
            if model is Page:
                texts = texts.select_related("owner", "review_state__responsible", "review_state__deputy")
            found |= {(content_type, text.pk): text for text in texts}
    return found


def _cites(items: list[RadarItem], touched: set[int]) -> dict[radar.Key, list[Provision]]:
    """Of the provisions touched, those a text cites itself, in the order of the law."""
    keys = {(item.content_type_id, item.object_id) for item in items}
    rows = ReferenceIndex.objects.filter(
        to_content_type=radar_content_type(Provision),
        to_object_id__in=[str(pk) for pk in touched],
        base_content_type__in={content_type for content_type, _pk in keys},
        object_id__in=[str(pk) for _content_type, pk in keys],
    ).values_list("base_content_type", "object_id", "to_object_id")
    pairs = {((content_type, int(pk)), int(provision)) for content_type, pk, provision in rows}
    provisions = Provision.objects.in_bulk({provision for key, provision in pairs if key in keys})
    cites: dict[radar.Key, list[Provision]] = defaultdict(list)
    for key, pk in pairs:
        if key in keys:
            cites[key].append(provisions[pk])
    for found in cites.values():
        found.sort(key=lambda provision: (provision.act_id, provision.sort_key))
    return cites


def types_of(items) -> list[ContentType]:
    """The types of the texts in a list, for its filter: those of pages and of snippets. One query."""
    page_type = radar_content_type(Page)
    pages = Page.objects.filter(pk__in=items.among(Page.objects.all()).values("object_id"))
    return list(
        ContentType.objects.filter(pk__in=pages.values("content_type"))
        | ContentType.objects.filter(pk__in=items.exclude(content_type=page_type).values("content_type"))
    )
