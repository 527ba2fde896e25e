"""Both catalogs are complete and sound: every message of ours has its words in Kazakh and in Russian."""

from __future__ import annotations

import re
import string
from functools import cache

from core.management.commands.updatecatalogs import PLURALS
from core.messages import Message, our_messages
from tests.i18n.catalogs import (
    CYRILLIC_LETTER,
    KAZAKH_LETTER,
    LATIN_LETTER,
    catalog,
    each_language,
    is_foreign,
    message_of,
    one_worker,
    shown,
    translations,
)

pytestmark = one_worker

# A translation that is the same as the English text: signs, formats, names of standards.
SAME = {"%(truncated_text)s…", "«%(text)s»: %(outcome)s", "IPv4", "IPv6", "URL"}
# Latin words of a translation that its English text does not have.
LATIN = {"UUID", "cookie"}
BRAND = "Тұрғындар аманаты"

NAMED = re.compile(r"%\((\w+)\)([sdirf])")
POSITIONAL = re.compile(r"(?<!%)(?:%%)*%([sdirf])")
TAG = re.compile(r"</?[a-z]+[^<>]*>")
WORD = re.compile(r"[^\W\d_]+")


@cache
def ours() -> frozenset[Message]:
    return frozenset(our_messages())


@each_language
def test_every_message_of_ours_is_translated(language):
    known = {message_of(entry): entry for entry in catalog(language)}
    missing = sorted(message.msgid for message in ours() if message not in known)
    empty = sorted(entry.msgid for message, entry in known.items() if not all(translations(entry)))
    assert not missing, f"not in the {language} catalog: run manage.py updatecatalogs"
    assert not empty, f"not translated to {language}"


@each_language
def test_no_entry_is_fuzzy_obsolete_or_unused(language):
    fuzzy = [entry.msgid for entry in catalog(language) if entry.fuzzy]
    unused = [entry.msgid for entry in catalog(language) if not is_foreign(entry) and message_of(entry) not in ours()]
    assert (fuzzy, catalog(language).obsolete_entries(), unused) == ([], [], [])


@each_language
def test_plural_forms_are_as_many_as_the_language_has(language):
    header = catalog(language).metadata["Plural-Forms"]
    assert f"nplurals={PLURALS[language]};" in header
    wrong = [
        entry.msgid
        for entry in catalog(language)
        if entry.msgid_plural and sorted(entry.msgstr_plural) != list(range(PLURALS[language]))
    ]
    assert wrong == []


@each_language
def test_pages_show_what_the_catalog_says(language):
    """Another application with the same message, or with other plural rules, must not come first."""
    shadowed = {
        entry.msgid: (shown(language, message_of(entry)), translations(entry)[0])
        for entry in catalog(language)
        if shown(language, message_of(entry)) != translations(entry)[0]
    }
    assert shadowed == {}


def test_number_agrees_with_its_noun():
    hours = Message("%(hours)s hour", plural="%(hours)s hours")
    in_russian = {number: shown("ru", hours, number) % {"hours": number} for number in (1, 2, 5, 11, 21, 22, 25)}
    assert list(in_russian.values()) == ["1 час", "2 часа", "5 часов", "11 часов", "21 час", "22 часа", "25 часов"]
    assert {shown("kk", hours, number) for number in (1, 2, 5)} == {"%(hours)s сағат"}


def placeholders(text: str) -> tuple:
    """Names in both styles, and the order of nameless ones."""
    braces = sorted(name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None)
    return sorted(set(NAMED.findall(text))), POSITIONAL.findall(text), braces


@each_language
def test_placeholders_agree(language):
    wrong = [
        (source, text)
        for entry in catalog(language)
        for source in (entry.msgid_plural or entry.msgid,)
        for text in translations(entry)
        if placeholders(text) != placeholders(source)
    ]
    assert wrong == []


@each_language
def test_tags_and_outer_line_breaks_agree(language):
    def frame(text: str) -> tuple:
        return sorted(TAG.findall(text)), text.startswith("\n"), text.endswith("\n"), text.count("\n\n")

    wrong = [
        (entry.msgid, text)
        for entry in catalog(language)
        for text in translations(entry)
        if frame(text) != frame(entry.msgid)
    ]
    assert wrong == []


@each_language
def test_no_translation_is_left_in_english(language):
    same = {
        entry.msgid
        for entry in catalog(language)
        for text in translations(entry)
        if text in {entry.msgid, entry.msgid_plural} and WORD.search(text)
    }
    assert same <= SAME


def words(text: str) -> list[str]:
    return WORD.findall(TAG.sub(" ", POSITIONAL.sub(" ", NAMED.sub(" ", text))))


@each_language
def test_no_latin_letter_hides_in_a_cyrillic_word(language):
    """«сертификaт» with a Latin a looks right and is never found."""
    mixed = [
        (word, text)
        for entry in catalog(language)
        for text in translations(entry)
        for word in words(text)
        if LATIN_LETTER.search(word) and CYRILLIC_LETTER.search(word)
    ]
    lookalikes = [
        (word, text)
        for entry in catalog(language)
        for text in translations(entry)
        for word in words(text)
        if not CYRILLIC_LETTER.search(word) and word not in words(entry.msgid) and word not in LATIN
    ]
    assert (mixed, lookalikes) == ([], [])


def test_russian_has_no_kazakh_words_but_the_name():
    wrong = [
        text for entry in catalog("ru") for text in translations(entry) if KAZAKH_LETTER.search(text.replace(BRAND, ""))
    ]
    assert wrong == []
