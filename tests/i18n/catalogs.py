"""The two catalogs, as they are written and as Django shows them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import trans_real

from core.management.commands.updatecatalogs import FOREIGN, PLURALS
from core.messages import Message

LANGUAGES = [code for code, _name in settings.LANGUAGES]
each_language = pytest.mark.parametrize("language", LANGUAGES)
one_worker = pytest.mark.xdist_group("catalogs")  # the sources are read once

LATIN_LETTER = re.compile("[A-Za-z]")
CYRILLIC_LETTER = re.compile("[Ѐ-ӿ]")
KAZAKH_LETTER = re.compile("[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")


@cache
def catalog(language: str) -> polib.POFile:
    path = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"
    return polib.pofile(str(path), check_for_duplicates=True)


def is_foreign(entry: polib.POEntry) -> bool:
    return FOREIGN in (entry.tcomment or "")


def message_of(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, entry.msgctxt or "", entry.msgid_plural or "")


def translations(entry: polib.POEntry) -> list[str]:
    """Every form of the translation."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def at_run_time(language: str, message: Message) -> list[str]:
    """What Django has for a message in this language alone: no fallback to the default language. Empty for nothing."""
    key = f"{message.context}\x04{message.msgid}" if message.context else message.msgid
    keys = [(key, form) for form in range(PLURALS[language])] if message.plural else [key]
    return [text for text in (trans_real.translation(language)._catalog.get(key) for key in keys) if text]


def shown(language: str, message: Message, number: int = 1) -> str:
    """What a page shows."""
    with translation.override(language):
        match bool(message.context), bool(message.plural):
            case True, True:
                return translation.npgettext(message.context, message.msgid, message.plural, number)
            case False, True:
                return translation.ngettext(message.msgid, message.plural, number)
            case True, False:
                return translation.pgettext(message.context, message.msgid)
            case _:
                return translation.gettext(message.msgid)
