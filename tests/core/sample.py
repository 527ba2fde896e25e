"""One live page of every type in a language: the smallest tour of the whole site."""

from __future__ import annotations

import pytest
from django.apps import apps
from wagtail.models import Page

from core.pages import BasePage
from law.models import LegalAct
from law.pages import ActIndexPage

LANGUAGES = ("kk", "ru")
PAGE_TYPES = sorted((model for model in apps.get_models() if issubclass(model, BasePage)), key=lambda m: m.__name__)
TOUR = [
    pytest.param(model, language, id=f"{model.__name__}-{language}") for model in PAGE_TYPES for language in LANGUAGES
]


def live(model: type[Page], language: str):
    return model.objects.live().filter(locale__language_code=language).order_by("path")


def first(model: type[Page], language: str) -> Page:
    page = live(model, language).first()
    assert page is not None, f"no live {model.__name__} in {language}"
    return page


def act_url(language: str, key: str = "housing-law") -> str:
    return first(ActIndexPage, language).act_url(LegalAct.objects.get(key=key))
