"""Residents never meet a message of Django or allauth in English."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import allauth
import django
import pytest
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import translation

from core.management.commands.updatecatalogs import PLURALS
from core.messages import Message, _messages
from tests.i18n.catalogs import (
    CYRILLIC_LETTER,
    KAZAKH_LETTER,
    LATIN_LETTER,
    at_run_time,
    catalog,
    each_language,
    is_foreign,
    message_of,
    one_worker,
    shown,
)

pytestmark = one_worker

ALLAUTH, DJANGO = Path(allauth.__file__).parent, Path(django.__file__).parent
# Where the messages of others come from that a resident can meet.
FOREIGN_SOURCES = [
    *(ALLAUTH / part for part in ("account", "mfa", "core", "decorators.py")),
    *(ALLAUTH / "templates" / part for part in ("account", "mfa", "allauth")),
    *(DJANGO / part for part in ("forms", "core/validators.py", "core/paginator.py", "contrib/auth", "db/models")),
    *(DJANGO / "utils" / part for part in ("dates.py", "dateformat.py", "ipv6.py", "text.py", "timesince.py")),
    *(DJANGO / "views" / part for part in ("csrf.py", "generic", "static.py")),
]


@cache
def foreign() -> frozenset[Message]:
    files = [
        file
        for source in FOREIGN_SOURCES
        for file in ([source] if source.is_file() else sorted(source.rglob("*")))
        if file.suffix in {".py", ".html", ".txt"} and not {"tests", "migrations"} & set(file.parts)
    ]
    return frozenset(message for file in files for message in _messages(file))


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
