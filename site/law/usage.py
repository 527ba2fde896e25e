"""Which public texts cite a provision, by any route: asked of Wagtail's reference index.

Rows, blocks and links stand there under the page; what a shared note cites is cited by the pages that carry it.
The number of queries does not grow with the number of provisions or of texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from wagtail.models import Page, PageQuerySet, ReferenceIndex

from law.acts import Provision
from law.duties import Duty
from law.shared_notes import SharedNote

# What readers look for first; types by name, as their apps stand above this one. Others follow.
FIRST = ["questionpage", "guidepage", "decisiontreepage", "lessonpage", "coursepage"]


class Source(NamedTuple):
    """A text as the reference index names it: the content type of the base model, and the key."""

    content_type_id: int
    pk: int


@dataclass(frozen=True)
class Shelf:
    """How readers meet the rows of a snippet model that cites law: all on one page, perhaps at an anchor each."""

    model: type[models.Model]
    in_language: Callable[[str], models.QuerySet]  # what readers of a language see
    address: Callable[[str], str]  # the page where they stand; empty where there is none
    anchor: Callable[[models.Model], str] = lambda row: ""


SHELVES: list[Shelf] = [Shelf(Duty, lambda language: Duty.objects.in_full(), lambda language: reverse("deadlines"))]


@dataclass(frozen=True)
class Text:
    """One line of «where it is cited»."""

    kind: str
    title: str
    url: str


def citing(provisions: Iterable[Provision]) -> dict[int, set[Source]]:
    """Key of a provision → texts that cite it, drafts too. Four queries at most."""
    page_type, note_type = _key_of(Page), _key_of(SharedNote)
    found: dict[int, set[Source]] = {provision.pk: set() for provision in provisions}
    through_notes: dict[int, set[int]] = {}
    known = {page_type, *(_key_of(shelf.model) for shelf in SHELVES)}
    for cited, source in _references(Provision, found):
        if source.content_type_id in known:
            found[cited].add(source)
        elif source.content_type_id == note_type:
            through_notes.setdefault(source.pk, set()).add(cited)
    published = SharedNote.objects.filter(live=True, pk__in=through_notes).values_list("pk", flat=True)
    for note, source in _references(SharedNote, list(published) if through_notes else []):
        if source.content_type_id == page_type:
            for cited in through_notes[note]:
                found[cited].add(source)
    return found


def numbers_of_texts(provisions: Iterable[Provision], language: str) -> dict[int, int]:
    """Key of a provision → how many texts readers of a language find behind it."""
    found = citing(provisions)
    every = set().union(*found.values())
    visible = {Source(_key_of(Page), pk) for pk in _pages(every, language).values_list("pk", flat=True)}
    for shelf in SHELVES:
        keys = _rows(shelf, every, language).values_list("pk", flat=True)
        visible |= {Source(_key_of(shelf.model), pk) for pk in keys}
    return {pk: len(sources & visible) for pk, sources in found.items()}


class Usage:
    """What readers of a language find behind one provision: pages, to be paginated, then terms and duties."""

    def __init__(self, provision: Provision, language: str) -> None:
        sources = citing([provision])[provision.pk]
        self.pages = _pages(sources, language).select_related("locale").order_by(_place(), "path")
        self._rows = [(shelf, _rows(shelf, sources, language)) for shelf in SHELVES]
        self._language = language

    def page_texts(self, pages: Iterable[Page], request: HttpRequest) -> list[Text]:
        return [Text(_kind(page.cached_content_type), page.title, page.get_url(request) or "") for page in pages]

    def row_texts(self) -> list[Text]:
        texts = []
        for shelf, rows in self._rows:
            found = list(rows)
            base = shelf.address(self._language) if found else ""
            for row in found:
                anchor = shelf.anchor(row)
                url = f"{base}#{anchor}" if base and anchor else base
                texts.append(Text(capfirst(str(shelf.model._meta.verbose_name_plural)), str(row), url))
        return texts


def _references(model: type[models.Model], keys: Iterable[int]) -> Iterable[tuple[int, Source]]:
    rows = ReferenceIndex.objects.filter(
        to_content_type=_key_of(model), to_object_id__in=[str(key) for key in keys]
    ).values_list("to_object_id", "base_content_type_id", "object_id")
    known = {_key_of(Page), _key_of(SharedNote), *(_key_of(shelf.model) for shelf in SHELVES)}
    for cited, content_type, pk in rows.distinct():
        if content_type in known:  # keys of other models may be no numbers
            yield int(cited), Source(content_type, int(pk))


def _pages(sources: set[Source], language: str) -> PageQuerySet:
    """Those of `sources` that are pages everybody may read in a language."""
    keys = [source.pk for source in sources if source.content_type_id == _key_of(Page)]
    return Page.objects.filter(pk__in=keys, locale__language_code=language).live().public()


def _rows(shelf: Shelf, sources: set[Source], language: str) -> models.QuerySet:
    keys = [source.pk for source in sources if source.content_type_id == _key_of(shelf.model)]
    return shelf.in_language(language).filter(pk__in=keys)


def _place() -> models.Case:
    """Sorts pages by kind, those of `FIRST` before the others."""
    return models.Case(
        *(models.When(content_type__model=name, then=models.Value(place)) for place, name in enumerate(FIRST)),
        default=models.F("content_type_id") + len(FIRST),
        output_field=models.IntegerField(),
    )


def _kind(content_type: ContentType) -> str:
    model = content_type.model_class()
    return capfirst(str(model._meta.verbose_name_plural)) if model else ""


def _key_of(model: type[models.Model]) -> int:
    return ContentType.objects.get_for_model(model).pk
