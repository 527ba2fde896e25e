"""Every model says what it keeps of a person, and the words of it can be read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import checks
from django.db import models
from django.test.utils import isolate_apps
from django.utils import translation
from django.utils.functional import Promise

from core.personal_data import NO_PERSONAL_DATA, OnErasure, PersonalData
from people.checks import declaration_errors, declarations
from people.privacy import libraries
from people.privacy.declarations import declaration_of, declared
from people.privacy.export import _columns
from people.privacy.words import FIELDS

LANGUAGES = ("kk", "ru")
WHOLE = {"fields": ("name",), "purpose": "to test", "retention": "never"}


def problems(model) -> str:
    return " ".join(error.msg for error in declaration_errors([model]))


def planted(data=None, *, name="Planted", **fields):
    """A model of this site with the given declaration and fields."""
    body = {"__module__": __name__, "name": models.CharField(max_length=10), **fields}
    body["Meta"] = type("Meta", (), {"app_label": "core"})
    if data is not None:
        body["personal_data"] = data
    return type(name, (models.Model,), body)


def test_every_model_of_the_site_and_its_libraries_is_declared():
    assert declarations(None) == []


@isolate_apps("core")
def test_a_model_without_a_declaration_fails_the_check():
    (error,) = declaration_errors([planted()])

    assert error.id == "people.E001"
    assert error.level == checks.ERROR
    assert "core.Planted" in error.msg
    assert "personal_data" in error.hint


@isolate_apps("core")
def test_a_declared_model_passes():
    assert problems(planted(PersonalData(**WHOLE))) == ""
    assert problems(planted(NO_PERSONAL_DATA, name="PlantedEmpty")) == ""


@isolate_apps("core")
@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"fields": ("nmae",)}, "nmae is declared and does not exist"),
        ({"exported": ("gone",)}, "gone is declared and does not exist"),
        ({"blanks": {"gone": ""}}, "gone is declared and does not exist"),
        ({"owner": "name__user"}, "owner name__user is no field"),
        ({"keep_for": timedelta(days=1)}, "belong together"),
        ({"since": "name"}, "belong together"),
        ({"keep_for": timedelta(days=1), "since": "name"}, "since name is no date-time field"),
        ({"on_erasure": OnErasure.ANONYMISE}, "does not say by what"),
    ],
)
def test_a_declaration_that_is_not_true_fails_the_check(data, said):
    assert said in problems(planted(PersonalData(**(WHOLE | data))))


@isolate_apps("core")
@pytest.mark.parametrize(
    "field",
    [
        lambda: models.ForeignKey(get_user_model(), models.CASCADE, related_name="+"),
        lambda: models.OneToOneField(get_user_model(), models.CASCADE, related_name="+"),
        models.EmailField,
    ],
)
def test_an_account_or_an_address_must_be_named(field):
    said = "who tells of a person and is not named"

    assert said in problems(planted(PersonalData(**WHOLE), who=field()))
    assert said in problems(planted(NO_PERSONAL_DATA, name="PlantedEmpty", who=field()))
    named = PersonalData(**(WHOLE | {"fields": ("name", "who")}))
    assert problems(planted(named, name="PlantedWell", who=field())) == ""


def test_a_library_that_was_taken_out_is_no_longer_declared(monkeypatch):
    monkeypatch.setitem(libraries.LIBRARIES, "gone.Model", NO_PERSONAL_DATA)

    assert [error.msg for error in declarations(None)] == ["gone.Model is declared and not installed"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_is_kept_has_a_name_a_purpose_and_a_time(language):
    with translation.override(language):
        for each in declared():
            assert each.name
            assert str(each.data.purpose), each.label
            assert str(each.data.retention), each.label


def test_every_column_of_an_export_has_words_of_its_own():
    """A model's own words are lazy; Django makes the others of the name of the field, in English."""
    for each in declared():
        for name in _columns(each):
            own = each.model._meta.get_field(name).verbose_name
            assert name in FIELDS or isinstance(own, Promise), f"{each.label}.{name}"


def test_sessions_addresses_and_history_are_declared_by_what_they_keep():
    for label, field in {
        "sessions.Session": "session_data",
        "account.EmailAddress": "email",
        "usersessions.UserSession": "ip",
        "wagtailcore.ModelLogEntry": "label",
        "wagtailcore.Revision": "content",
        "mfa.Authenticator": "data",
    }.items():
        assert field in libraries.LIBRARIES[label].fields


def test_the_declaration_of_an_account_is_its_own():
    assert "phone" in declaration_of(get_user_model()).fields
