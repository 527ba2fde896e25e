"""What is installed on the server is pinned and hashed, and fits what the project asks for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(settings.ROOT)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DIRECT = [Requirement(text) for text in PROJECT["dependencies"]]
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[^\]]*\])?==(?P<version>[^\s;\\]+)")


def pins() -> dict[str, tuple[str, int]]:
    """Version and number of hashes of each package in the lock."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", " ")
    found = {}
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            match = PIN.match(line)
            assert match, f"not a pinned package: {line}"
            hashes = re.findall(r"--hash=sha256:[0-9a-f]{64}\b", line)
            found[canonicalize_name(match["name"])] = match["version"], len(hashes)
    return found


@pytest.mark.parametrize("wanted", DIRECT, ids=lambda requirement: requirement.name)
def test_each_dependency_is_pinned_within_its_range(wanted):
    version, hashes = pins()[canonicalize_name(wanted.name)]

    assert wanted.specifier.contains(version, prereleases=False)
    assert hashes


def test_every_line_of_the_lock_has_hashes():
    assert [name for name, (_version, hashes) in pins().items() if not hashes] == []
