"""Compiled catalogs for every test of this folder."""

from pathlib import Path

import pytest
from django.utils.translation.reloader import translation_file_changed

from core.catalogs import compile_catalogs


@pytest.fixture(scope="session", autouse=True)
def _compiled():
    if compile_catalogs():
        translation_file_changed(None, Path("django.mo"))  # Django has the older ones in memory
