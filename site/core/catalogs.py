"""Compiles message catalogs without GNU gettext, which a fresh machine does not have."""

from __future__ import annotations

from pathlib import Path

import polib
from django.conf import settings


def compile_catalogs() -> int:
    """Writes each `.mo` of LOCALE_PATHS that is missing or older than its `.po`; returns how many."""
    compiled = 0
    for folder in settings.LOCALE_PATHS:
        for po in sorted(Path(folder).rglob("*.po")):
            mo = po.with_suffix(".mo")
            if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
                polib.pofile(str(po)).save_as_mofile(str(mo))
                compiled += 1
    return compiled
