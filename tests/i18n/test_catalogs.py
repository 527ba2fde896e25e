"""Both catalogs are complete and sound, and residents never meet a message of Django or allauth in English."""

from __future__ import annotations

import datetime
import re
import string
from functools import cache
from pathlib import Path

import allauth
import django
import polib
import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.formats import date_format, get_format, number_format
from django.utils.timesince import timesince
from django.utils.translation import trans_real
from django.utils.translation.reloader import translation_file_changed

from core.catalogs import compile_catalogs
from core.management.commands.updatecatalogs import FOREIGN, PLURALS
from core.messages import Message, _messages, our_messages

# One worker: the sources are read once.
pytestmark = pytest.mark.xdist_group("catalogs")

LANGUAGES = [code for code, _name in settings.LANGUAGES]
each_language = pytest.mark.parametrize("language", LANGUAGES)

# A translation that is the same as the English text: signs, formats, names of standards.
SAME = {
    "42, 42(8), 42(5)(12), 51-1(4)",
    "%(truncated_text)s…",
    "IPv4",
    "IPv6",
    "URL",
}
# Latin words of a translation that its English text does not have.
LATIN = {"IP", "OSI", "QR", "Referer", "UUID", "WebAuthn", "cookie"}
BRAND = "Тұрғындар аманаты"

NAMED = re.compile(r"%\((\w+)\)([sdirf])")
POSITIONAL = re.compile(r"(?<!%)(?:%%)*%([sdirf])")
TAG = re.compile(r"</?[a-z]+[^<>]*>")
WORD = re.compile(r"[^\W\d_]+")
LATIN_LETTER, CYRILLIC_LETTER, KAZAKH_LETTER = (
    re.compile(f"[{letters}]") for letters in ("A-Za-z", "Ѐ-ӿ", "әғқңөұүһіӘҒҚҢӨҰҮҺІ")
)

ALLAUTH, DJANGO = Path(allauth.__file__).parent, Path(django.__file__).parent
# Where the messages of others come from that a resident can meet.
FOREIGN_SOURCES = [
    *(ALLAUTH / part for part in ("account", "mfa", "core", "decorators.py")),
    *(ALLAUTH / "templates" / part for part in ("account", "mfa", "allauth")),
    *(DJANGO / part for part in ("forms", "core/validators.py", "core/paginator.py", "contrib/auth", "db/models")),
    *(DJANGO / "utils" / part for part in ("dates.py", "dateformat.py", "ipv6.py", "text.py", "timesince.py")),
    *(DJANGO / "views" / part for part in ("csrf.py", "generic", "static.py")),
]


@pytest.fixture(scope="module", autouse=True)
def _compiled():
    if compile_catalogs():
        translation_file_changed(None, Path("django.mo"))  # Django has the older ones in memory


def path_of(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


@cache
def catalog(language: str) -> polib.POFile:
    return polib.pofile(str(path_of(language)), check_for_duplicates=True)


def is_foreign(entry: polib.POEntry) -> bool:
    return FOREIGN in (entry.tcomment or "")


def message_of(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, entry.msgctxt or "", entry.msgid_plural or "")


def translations(entry: polib.POEntry) -> list[str]:
    """Every form of the translation."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@cache
def ours() -> frozenset[Message]:
    return frozenset(our_messages())


@cache
def foreign() -> frozenset[Message]:
    files = [
        file
        for source in FOREIGN_SOURCES
        for file in ([source] if source.is_file() else sorted(source.rglob("*")))
        if file.suffix in {".py", ".html", ".txt"} and not {"tests", "migrations"} & set(file.parts)
    ]
    return frozenset(message for file in files for message in _messages(file))


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


# Complete ------------------------------------------------------------------------------------------


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


# Sound ---------------------------------------------------------------------------------------------


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


# Messages of Django and allauth --------------------------------------------------------------------


def in_cyrillic(sentences: list[str], *, kazakh: bool) -> bool:
    return bool(sentences) and all(
        CYRILLIC_LETTER.search(sentence)
        and not LATIN_LETTER.search(sentence)
        and bool(KAZAKH_LETTER.search(sentence)) == kazakh
        for sentence in sentences
    )


def test_the_list_of_foreign_messages_is_not_empty():
    """The packages still keep their sources where this test looks."""
    assert all(source.exists() for source in FOREIGN_SOURCES)
    known = {"Incorrect code.", "This field is required.", "This password is too common.", "Saturday", "Recovery codes"}
    assert known <= {message.msgid for message in foreign()}
    assert len(foreign()) > 500


@each_language
def test_every_foreign_message_is_translated(language):
    missing = sorted(
        message.msgid
        for message in foreign()
        if len(at_run_time(language, message)) < (PLURALS[language] if message.plural else 1)
    )
    assert missing == []


@each_language
def test_foreign_messages_are_shown_in_the_language_of_the_reader(language):
    """Russian falls back to Kazakh, the default language: that must never happen."""
    wrong = [message.msgid for message in foreign() if shown(language, message) != at_run_time(language, message)[0]]
    assert wrong == []


@each_language
def test_every_foreign_entry_still_exists(language):
    gone = [entry.msgid for entry in catalog(language) if is_foreign(entry) and message_of(entry) not in foreign()]
    assert gone == []


@each_language
def test_a_form_explains_mistakes_in_the_language(language):
    for typed in ("", "nobody"):
        with translation.override(language):
            with pytest.raises(ValidationError) as caught:
                forms.EmailField().clean(typed)
            assert in_cyrillic(caught.value.messages, kazakh=language == "kk")


@each_language
def test_a_weak_password_is_explained_in_the_language(language):
    with translation.override(language):
        with pytest.raises(ValidationError) as caught:
            validate_password("1234")
        sentences = caught.value.messages
    assert len(sentences) == 3
    assert in_cyrillic(sentences, kazakh=language == "kk")


# Dates and numbers ---------------------------------------------------------------------------------

MOMENT = datetime.datetime(2026, 11, 28, 9, 5, tzinfo=datetime.timezone(datetime.timedelta(hours=5)))
FORMATS = {
    "kk": {
        "DATE_FORMAT": "2026 ж. 28 қараша",
        "DATETIME_FORMAT": "2026 ж. 28 қараша, 09:05",
        "YEAR_MONTH_FORMAT": "2026 ж. қараша",
        "MONTH_DAY_FORMAT": "28 қараша",
        "SHORT_DATE_FORMAT": "28.11.2026",
        "TIME_FORMAT": "09:05",
        "j E": "28 қараша",
        "l": "сенбі",
        "D": "Сб",
        "M": "Қар",
        "N": "қар.",
    },
    "ru": {
        "DATE_FORMAT": "28 ноября 2026 г.",
        "MONTH_DAY_FORMAT": "28 ноября",
        "SHORT_DATE_FORMAT": "28.11.2026",
        "j E": "28 ноября",
        "F": "Ноябрь",
        "l": "суббота",
        "M": "Ноя",
    },
}
MONTHS = {
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
WEEKDAYS = {
    "kk": "дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі",
    "ru": "понедельник вторник среда четверг пятница суббота воскресенье",
}


@each_language
def test_dates_read_as_people_write_them(language):
    with translation.override(language), timezone.override("Asia/Almaty"):
        assert {pattern: date_format(MOMENT, pattern) for pattern in FORMATS[language]} == FORMATS[language]


@each_language
def test_every_month_and_weekday_stands_as_in_a_sentence(language):
    with translation.override(language):
        months = [date_format(datetime.date(2026, month, 1), "E") for month in range(1, 13)]
        weekdays = [date_format(datetime.date(2026, 11, 23) + datetime.timedelta(days=day), "l") for day in range(7)]
    assert months == MONTHS[language].split()
    assert weekdays == WEEKDAYS[language].split()


@each_language
def test_week_starts_on_monday_and_decimals_have_a_comma(language):
    with translation.override(language):
        assert get_format("FIRST_DAY_OF_WEEK") == 1
        assert number_format(1234567.5, 1, force_grouping=True) == "1\xa0234\xa0567,5"
        assert forms.DateField(localize=True).clean("28.11.2026") == datetime.date(2026, 11, 28)
        assert forms.FloatField(localize=True).clean("4,5") == 4.5


@pytest.mark.parametrize(("language", "expected"), [("kk", "2 күн, 3 сағат"), ("ru", "2 дня, 3 часа")])
def test_time_passed_is_in_the_language(language, expected):
    with translation.override(language):
        passed = timesince(MOMENT - datetime.timedelta(days=2, hours=3), MOMENT)
    assert passed.replace("\xa0", " ") == expected
