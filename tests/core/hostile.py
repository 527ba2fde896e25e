"""Forms filled in by an editor who means harm, and what a page made of them must not hold.

`Hostile` walks the real form and its block definitions, so a new field or block is covered by itself;
one that it does not know stops the test with its name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from html import unescape
from html.parser import HTMLParser

from django import forms
from django.test import Client
from django.utils import timezone
from modelcluster.forms import BaseChildFormSet
from taggit.forms import TagField
from wagtail import blocks
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from core.blocks.text import RichTextBlock

PAYLOADS = (
    '"><img src=x onerror=alert(1)>',
    "<script>alert(1)</script>",
    "<svg onload=a()>",
    "' onmouseover='alert(1)",
    "</title><script>alert(1)//",
    '{{ page.pk }}{% now "Y" %}',
    "--><x-evil>",
    "javascript:alert(1)",
)
ROOM = 100  # listings and descriptions cut what is longer, some of them after escaping
ADDRESSES = (
    "javascript:alert(1)",
    " JaVa\tScRiPt:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    '//e.test/" onmouseover="alert(1)\'><x-evil>',
    'https://e.test/"><img src=x onerror=alert(1)>',
)


class Hostile:
    """Data of one form. `given` says what a field gets instead of a payload, by its name or its path.

    Afterwards `planted` is the text of every open field by its path, and `closed` are the paths of the
    fields that take only certain values; with `attack_closed` they get a payload too.
    """

    def __init__(self, given: Mapping[str, object] | None = None, *, attack_closed: bool = False) -> None:
        self.given = given or {}
        self.attack_closed = attack_closed
        self.planted: dict[str, str] = {}
        self.closed: list[str] = []
        self._clock = 0

    def data(self, form: forms.BaseForm) -> dict[str, object]:
        """What a browser would post for `form`, its inline forms and its blocks."""
        return nested_form_data(self._form("", form))

    def _form(self, path: str, form: forms.BaseForm) -> dict[str, object]:
        data = {name: self._field(path + name, field) for name, field in form.fields.items()}
        data = {name: value for name, value in data.items() if value is not None}
        formsets: dict[str, BaseChildFormSet] = getattr(form, "formsets", {})
        for name, formset in formsets.items():
            kept = [] if name == "comments" else [self._form(f"{path}{name}.", formset.empty_form)]
            data[name] = inline_formset(kept)
        return data

    def _field(self, path: str, field: forms.Field) -> object:
        name = path.rpartition(".")[2]
        for known in (path, name):
            if known in self.given:
                return self.given[known]
        if name in {"id", "ORDER", "DELETE", "go_live_at", "expire_at"}:
            return None
        match field:
            case blocks.BlockField():
                return self._block(path, field.block)
            case TagField():
                return ""  # a test that wants tags gives them
            case forms.ModelMultipleChoiceField():
                return [row.pk for row in field.queryset[:1]]
            case forms.ModelChoiceField():
                return str(getattr(field.queryset.first(), "pk", ""))  # Wagtail's choosers crash on anything else
            case forms.ChoiceField():
                return self._closed(path, next(str(value) for value, _label in field.choices if value != ""))
            case forms.BooleanField():
                return None  # an empty box is not posted
            case forms.IntegerField():
                return self._closed(path, str(max(field.min_value or 0, 7)))
            case forms.DateTimeField():
                return self._closed(path, f"{self._later(timezone.localtime()):%Y-%m-%d %H:%M}")
            case forms.DateField():
                return self._closed(path, str(self._later(date(2025, 1, 1))))
            case forms.TimeField():
                return self._closed(path, f"{self._later(datetime.combine(date.min, time(9))):%H:%M}")
            case forms.SlugField():
                return self._closed(path, f"slug-{len(self.closed)}")
            case forms.EmailField():
                return self._plant(path, '"<script>alert(1)</script>"@e.test', field)
            case forms.URLField():
                return self._plant(path, "https://e.test/\"'><script>alert(1)</script>", field)
            case forms.RegexField():  # a name: that of the block it stands in
                return self._closed(path, path.split(".")[-2])
            case forms.CharField() if isinstance(field.widget, DraftailRichTextArea):
                return self._rich_text(path)
            case _ if type(field) is forms.CharField:
                return self._plant(path, self._text(path, field), field)
        raise LookupError(f"what shall a hostile editor write into {path} ({type(field).__qualname__})?")

    def _block(self, path: str, block: blocks.Block) -> object:
        name = path.rpartition(".")[2]
        match block:
            case RichTextBlock():  # Wagtail's own trusts translations
                return self._rich_text(path)
            case blocks.BaseStreamBlock():
                return streamfield(
                    [(name, self._block(f"{path}.{name}", child)) for name, child in block.child_blocks.items()]
                )
            case blocks.BaseStructBlock():
                return {name: self._block(f"{path}.{name}", child) for name, child in block.child_blocks.items()}
            case blocks.ListBlock():
                places = [str(place) for place in range(block.meta.min_num or 1)]
                return {"count": str(len(places))} | {place: self._item(path, block, place) for place in places}
            case blocks.StaticBlock():
                return ""
            case blocks.ChooserBlock():
                return self.given.get(name, getattr(block.model_class.objects.first(), "pk", ""))
            case blocks.FieldBlock():
                value = self._field(path, block.field)
                return "" if value is None else value
        raise LookupError(f"what shall a hostile editor put into the block {path} ({type(block).__qualname__})?")

    def _item(self, path: str, block: blocks.ListBlock, place: str) -> dict[str, object]:
        """The first item is `path.item`, the second `path.item1`: what is planted in each has a path of its own."""
        value = self._block(f"{path}.item{place.strip('0')}", block.child_block)
        return {"value": value, "order": place, "deleted": "", "id": ""}

    def _text(self, path: str, field: forms.CharField) -> str:
        """As many payloads as the field takes, the first one another for each field; one with a tag in any case."""
        number = len(self.planted)
        start, room = number % len(PAYLOADS), min(field.max_length or ROOM, ROOM)
        payloads = PAYLOADS[start:] + PAYLOADS[:start]
        text = as_many(f"Z{number}", payloads, room)
        return text if "<" in text else as_many(f"Z{number}", sorted(payloads, key=lambda each: "<" not in each), room)

    def _plant(self, path: str, text: str, field: forms.Field) -> str:
        assert "<" in text, f"{path} is too short for any payload"
        self.planted[path] = text
        lines = f"{text}\n{text} | {text}"  # what is read line by line, or as a table, has a second line with cells
        is_long = isinstance(field.widget, forms.Textarea) and len(lines) <= (field.max_length or len(lines))
        return lines if is_long else text

    def _closed(self, path: str, value: str) -> str:
        self.closed.append(path)
        return PAYLOADS[0] if self.attack_closed else value

    def _later(self, start):
        """Each date and time of a form is later than the one before: what ends does so after it began."""
        self._clock += 1
        return start + (timedelta(days=self._clock) if type(start) is date else timedelta(hours=self._clock))

    def _rich_text(self, path: str) -> str:
        self.planted[path] = f"Z{len(self.planted)} " + " ".join(PAYLOADS)
        return contentstate(self.planted[path])


def as_many(text: str, payloads: Iterable[str], room: int) -> str:
    """`text` with those of the payloads that there is room for."""
    for payload in payloads:
        if len(text) + 1 + len(payload) <= room:
            text += f" {payload}"
    return text


def contentstate(text: str) -> str:
    """What Draftail posts, with everything in it that it never would."""
    links = [("LINK", {"url": address}) for address in ADDRESSES]
    things = [
        *links,
        ("LINK", {"url": "https://e.test/", "target": "_top", "onclick": "alert(1)", "style": "x", "href": "x"}),
        ("EMBED", {"embedType": "video", "url": "https://e.test/", "html": "<script>alert(1)</script>"}),
        ("IMAGE", {"src": "x", "onerror": "alert(1)", "id": "1", "alt": "<x-evil>", "format": '"><x-evil>'}),
        ("HORIZONTAL_RULE", {}),
        ("<x-evil>", {"children": "<x-evil>"}),
    ]
    entities = {
        str(key): {"type": kind, "mutability": "MUTABLE", "data": data} for key, (kind, data) in enumerate(things)
    }
    evil_style = [{"offset": 0, "length": 2, "style": style} for style in ("BOLD", "CODE", '"><x-evil>')]
    kinds = ["unstyled", "header-two", "unordered-list-item", "code-block", "blockquote", '"><x-evil>']
    rows = [("unstyled", text, [], []), *((kind, text, [], evil_style) for kind in kinds)]
    for key, (kind, _data) in enumerate(things):
        over = [{"offset": 0, "length": 5, "key": key}]
        rows.append(("unstyled" if kind == "LINK" else "atomic", "words", over, []))
    state = {
        "entityMap": entities,
        "blocks": [
            {
                "key": '"><img src=x onerror=alert(1)>',
                "type": kind,
                "text": words,
                "depth": 0,
                "inlineStyleRanges": styles,
                "entityRanges": over,
                "data": {"class": "x", "style": "x"},
            }
            for kind, words, over, styles in rows
        ],
    }
    return json.dumps(state)


# Everything our own templates are made of. What is not here did not come from us.
TAGS = frozenset(
    "a address article aside b body br button caption circle dd defs details dfn div dl dt figcaption figure"
    " footer form g h1 h2 h3 h4 head header html i em strong img input label li link main meta meter nav ol"
    " optgroup option p path progress rect script section select small span summary svg table tbody td template"
    " textarea th thead time title tr ul use".split()
)
OUR_DRAWINGS = frozenset("icon mark oyu".split())
ADDRESS_ATTRIBUTES = frozenset("action background cite data formaction href ping poster src srcset xlink:href".split())
BANNED_ATTRIBUTES = frozenset("style srcdoc formaction xlink:href ping http-equiv srcset".split())
# Quoted values without angles and nothing between them: every parser reads such a tag alike.
PLAIN_TAG = re.compile(r'<[a-z][a-z0-9]*(?:\s+[a-zA-Z][a-zA-Z:-]*(?:="[^"<>]*")?)*\s*/?>')
HARMLESS = re.compile(r"(?:https?:|mailto:|tel:)|[^:]*(?:[/?#]|$)")


class Page(HTMLParser):
    """Reads a page strictly: a construct that two parsers could take differently is a finding of its own."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.holes: list[str] = []
        self._parts: list[str] = []
        self._inside = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        written = self.get_starttag_text() or ""
        given = {name: value or "" for name, value in attrs}
        # A block of data is read by machines and run by nobody: see `core.structured_data`.
        is_data = tag == "script" and given == {"type": "application/ld+json"}
        self._inside = "data" if is_data else tag
        self._parts += [" ", *(value + " " for value in given.values())]
        if not PLAIN_TAG.fullmatch(written):
            self.holes.append(f"not plainly written: {written}")
        if tag not in TAGS:
            self.holes.append(f"unknown element: {written}")
        if tag == "svg" and not OUR_DRAWINGS & set(given.get("class", "").split()):
            self.holes.append(f"not our drawing: {written}")
        if (
            tag in {"script", "img", "use"}
            and not is_data
            and not re.match(r"[/#][^/\\]", given.get("src") or given.get("href", ""))
        ):
            self.holes.append(f"not our file: {written}")
        for name, value in given.items():
            if name.startswith("on") or name in BANNED_ATTRIBUTES:
                self.holes.append(f"attribute {name}: {written}")
            # browsers drop control characters and blanks before they look for the scheme
            if name in ADDRESS_ATTRIBUTES and not HARMLESS.match(re.sub(r"[\x00-\x20]", "", value).lower()):
                self.holes.append(f"address in {name}: {written}")

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag):
        self._inside = ""
        self._parts.append(" ")

    def handle_data(self, data):
        if "<" in data or (self._inside == "script" and data.strip()):
            self.holes.append(f"raw text: {data}")
        if self._inside == "data" and not isinstance(json.loads(data), dict):
            self.holes.append(f"no object of data: {data}")
        self._parts.append(data)

    def handle_entityref(self, name):
        self._parts.append(unescape(f"&{name};"))

    def handle_charref(self, name):
        self._parts.append(unescape(f"&#{name};"))

    def handle_comment(self, data):
        self.holes.append(f"comment: {data}")

    def handle_decl(self, decl):
        if decl != "doctype html":
            self.holes.append(f"declaration: {decl}")

    def handle_pi(self, data):
        self.holes.append(f"instruction: {data}")

    def unknown_decl(self, data):
        self.holes.append(f"section: {data}")

    @property
    def words(self) -> str:
        """All text and attribute values, as a reader or a machine gets them."""
        return " ".join("".join(self._parts).split())


def shows(words: str, text: str) -> bool:
    return " ".join(text.split()) in words


USERBAR = re.compile(r"<!-- Wagtail user bar embed code -->.*?<!-- end Wagtail user bar embed code -->", re.DOTALL)


def read(*addresses: str, reader: Client | None = None, is_preview: bool = False) -> str:
    """The words of all pages, after each was found to hold nothing that runs. A preview carries Wagtail's own bar."""
    words = []
    for address in dict.fromkeys(addresses):
        response = (reader or Client()).get(address, follow=True)
        assert response.status_code == 200, address
        html, bars = USERBAR.subn("", response.content.decode()) if is_preview else (response.content.decode(), 0)
        assert bars == is_preview, address
        page = Page(html)
        assert page.holes == [], address
        words.append(page.words)
    return " ".join(words)
