#!/usr/bin/env python
"""Django's command line. `demo` brings its own settings; everything else is production unless told otherwise."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> None:
    # `site/` is a source root like `src/`: Python's own module `site` makes it impossible as a package.
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    settings = "demo" if sys.argv[1:2] == ["demo"] else "production"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"config.settings.{settings}")

    if settings == "demo":
        # Before Django wakes: its default language is read while apps load, and a fresh copy has no catalogs yet.
        from core.catalogs import compile_catalogs

        compile_catalogs()

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
