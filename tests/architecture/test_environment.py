"""Settings come through one door, and production is safe before anybody configures it."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.ROOT)
ENV = ROOT / "site" / "config" / "env.py"
READERS = {"text", "required", "flag", "number", "words", "path"}
SAFE = [
    "DEBUG",
    "SESSION_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_NAME",
    "CSRF_COOKIE_SECURE",
    "CSRF_COOKIE_NAME",
    "SECURE_HSTS_SECONDS",
    "SECURE_SSL_REDIRECT",
    "ALLOWED_HOSTS",
]


def sources(*folders: str) -> list[Path]:
    return [file for folder in folders for file in sorted((ROOT / folder).rglob("*.py"))]


def environment_uses(file: Path) -> list[str]:
    """The expressions of a file that touch the process environment, but for telling another program something."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    told = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store)
    }
    direct = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and _is_environment(node.attr) and id(node) not in told
    ]
    imported = [
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "os"
        for alias in node.names
        if _is_environment(alias.name)
    ]
    return [ast.unparse(node) for node in direct] + imported


def _is_environment(name: str) -> bool:
    return name in {"environ", "environb", "getenv", "getenvb"}


def test_only_one_module_reads_the_environment():
    readers = {file.relative_to(ROOT) for file in sources("site", "courses", "faq") if environment_uses(file)}

    assert readers == {Path("site/config/env.py"), Path("site/config/wsgi.py")}


@pytest.mark.parametrize("name", ["manage.py", "site/config/wsgi.py"])
def test_entry_points_do_no_more_than_name_the_settings(name):
    source = (ROOT / name).read_text(encoding="utf-8")

    assert environment_uses(ROOT / name) == ["os.environ"]
    assert 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", ' in source


def test_the_example_lists_exactly_the_variables_that_are_read():
    asked = set()
    for file in sources("site/config"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            called = ast.unparse(node.func)
            if called.removeprefix("env.") in READERS and (called.startswith("env.") or file == ENV):
                asked.add(node.args[0].value)
    example = (ROOT / ".env.example").read_text(encoding="utf-8")

    assert asked
    assert sorted(re.findall(r"^#?\s*([A-Z][A-Z0-9_]+)=", example, re.MULTILINE)) == sorted(asked)


def production(**variables: str) -> subprocess.CompletedProcess:
    """Loads the production settings in a process of their own, with no other variable set."""
    code = (
        "import json; from config.settings import production as s; "
        f"print(json.dumps({{name: getattr(s, name) for name in {SAFE!r}}}))"
    )
    paths = os.pathsep.join([str(ROOT / "site"), str(ROOT)])
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.defpath, "PYTHONPATH": paths, **variables},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_production_does_not_start_without_a_secret_key():
    process = production()

    assert process.returncode != 0
    assert "ImproperlyConfigured: SECRET_KEY is not set" in process.stderr


def test_production_with_a_key_alone_is_closed_and_safe():
    process = production(SECRET_KEY="k" * 50)

    assert process.returncode == 0, process.stderr
    found = json.loads(process.stdout)
    assert found["DEBUG"] is False
    assert found["ALLOWED_HOSTS"] == []
    assert found["SESSION_COOKIE_SECURE"]
    assert found["SESSION_COOKIE_HTTPONLY"]
    assert found["CSRF_COOKIE_SECURE"]
    assert found["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert found["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert found["SECURE_SSL_REDIRECT"]
    assert found["SECURE_HSTS_SECONDS"] >= 31_536_000


@pytest.mark.parametrize(("variable", "value"), [("SECURE_SSL_REDIRECT", "maybe"), ("EMAIL_PORT", "smtp")])
def test_a_variable_that_makes_no_sense_is_named(variable, value):
    process = production(**{"SECRET_KEY": "k" * 50, variable: value})

    assert process.returncode != 0
    assert f"ImproperlyConfigured: {variable}=" in process.stderr
