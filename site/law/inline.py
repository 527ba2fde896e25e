"""A citation in the middle of a sentence: `<a linktype="provision" id="12">ст. 42, п. 8</a>`."""

from __future__ import annotations

import re

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.rich_text import LinkHandler

from core.frame_cache import remembered
from law import loaded, references
from law.acts import LegalAct, Provision

_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)  # a crafted link is no link, and never reaches the database
_SHORT = (("статья", "ст."), ("подпункт", "пп."), ("пункт", "п."), ("часть", "ч."))


class ProvisionLinkHandler(LinkHandler):
    """Readers get a link to our page of the provision; a deleted or unpublished one leaves its words as plain text."""

    identifier = "provision"

    @staticmethod
    def get_model():
        return Provision

    @classmethod
    def expand_db_attributes(cls, attrs: dict) -> str:
        return cls.expand_db_attributes_many([attrs])[0]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        """One query for all links of a text; none where the page has loaded what it cites (`LawBased.cited`)."""
        pks = [pk_of(attrs) for attrs in attrs_list]
        provisions = loaded.rows(Provision, (pk for pk in pks if pk is not None))
        return [_opening(provisions.get(pk)) if pk is not None else "<a>" for pk in pks]

    @classmethod
    def extract_references(cls, attrs: dict):
        pk = pk_of(attrs)
        if pk is not None:
            yield Provision, str(pk), "", ""


def pk_of(attrs: dict) -> int | None:
    """The primary key a stored link names; None where it is not a number of ours."""
    text = str(attrs.get("id", ""))
    return int(text) if _NUMBER.fullmatch(text) else None


def in_short(provision: Provision, language: str) -> str:
    """What stands in a sentence: «ст. 42, п. 8», «42-бап, 8-тармақ»; the act's short name for an act as a whole."""
    if not provision.ref:
        act = provision.act
        names = (act.short_kk, act.title_kk) if language == "kk" else (act.short_ru, act.title_ru)
        return names[0] or names[1]
    words = references.in_words(provision.ref, language, provision.act.key)
    for full, short in _SHORT:
        words = words.replace(full, short)
    return words


def register_address(language: str) -> str:
    """Address of the public register in a language; empty where it is not published. Asked once a minute."""
    return remembered(f"law-register:{language}", lambda: _register_address(language))


def _register_address(language: str) -> str:
    from law.pages import ActIndexPage  # pages of the register cite law themselves

    register = ActIndexPage.objects.live().filter(locale__language_code=language).first()
    return (register.url or "") if register else ""


def _opening(provision: Provision | None) -> str:
    """The opening tag; the rewriter leaves the words and the closing one as they are."""
    register = register_address(get_language() or "kk") if provision is not None and provision.is_public else ""
    if provision is None or not register:
        return "<a>"
    url = f"{register}{provision.act.key}/{provision.slug}/"
    return format_html('<a class="cite" href="{}" title="{}">', url, _title(provision))


def _title(provision: Provision) -> str:
    act: LegalAct = provision.act
    said = ", ".join(filter(None, [capfirst(provision.words), act.title]))
    if provision.is_repealed:
        return f"{said}. {_('No longer in force')}"
    if act.edition_date:
        return f"{said}. {_('Edition of %(date)s') % {'date': date_format(act.edition_date, 'DATE_FORMAT')}}"
    return said
