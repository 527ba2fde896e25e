"""Rules of the repository itself that no linter knows."""

from __future__ import annotations

import importlib
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from core.personal_data import PersonalData

ROOT = Path(settings.ROOT)
PACKAGES = ["config", "home", "courses", "faq", "law", "people", "search", "core"]
# Joined here so that this file does not name them.
REGISTRY_HOSTS = [".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("registry", "npmjs", "org"))]
MAX_LINES = 400


def git_files(*arguments: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z", *arguments], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in sorted(set(listed.decode().split("\0"))) if name and (ROOT / name).is_file()]


def our_models():
    return [model for model in apps.get_models() if model.__module__.partition(".")[0] in PACKAGES]


@pytest.mark.parametrize("package", PACKAGES)
def test_our_packages_load_from_this_repository(package):
    loaded = importlib.import_module(package)

    assert Path(loaded.__path__[0]).resolve() in {ROOT / package, ROOT / "site" / package}


def test_the_folder_site_is_no_package_as_python_has_a_module_of_that_name():
    assert not (ROOT / "site" / "__init__.py").exists()
    assert not Path(importlib.import_module("site").__file__).is_relative_to(ROOT / "site")


def test_every_model_of_ours_says_what_it_knows_about_people():
    assert [model.__name__ for model in our_models() if not isinstance(model.personal_data, PersonalData)] == []


def test_no_file_names_a_package_registry():
    named = [
        f"{file.relative_to(ROOT)}: {host}"
        for file in git_files("--cached", "--others", "--exclude-standard")
        for host in REGISTRY_HOSTS
        if host.encode() in file.read_bytes().lower()
    ]

    assert named == []


def test_the_developer_lock_is_not_tracked():
    assert git_files("uv.lock") == []
    assert git_files("--others", "--exclude-standard", "uv.lock") == []


def test_source_files_are_short_enough_to_read():
    long = {
        str(file.relative_to(ROOT)): lines
        for file in git_files("--cached", "--others", "--exclude-standard")
        if file.suffix in {".py", ".css", ".js", ".html"}
        and not {"migrations", "tests"} & set(file.relative_to(ROOT).parts)
        and (lines := len(file.read_text(encoding="utf-8").splitlines())) >= MAX_LINES
    }

    assert long == {}
