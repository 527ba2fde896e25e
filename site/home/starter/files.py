"""Reads the content files. Facts that hold in both languages stand once; words stand by language."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings

LANGUAGES = ("kk", "ru")
_NAMESPACE = uuid.UUID("5d0c8a43-6f0e-4f3e-9d65-5a3b8d1b1f02")
_FRONT = re.compile(r"\A---\n(?P<facts>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)


def folder() -> Path:
    return Path(settings.ROOT) / "content"


@cache
def read(name: str):
    """One YAML file of the content folder."""
    return yaml.safe_load((folder() / name).read_text(encoding="utf-8"))


def key_of(name: str) -> uuid.UUID:
    """The stable key of a piece of content: its page is found by it however often it is renamed."""
    return uuid.uuid5(_NAMESPACE, name)


@dataclass(frozen=True)
class Lesson:
    title: str
    summary: str
    minutes: int
    citations: list[str]
    body: str


def lessons(course: str, language: str) -> list[Lesson]:
    """The lessons of a course in order. Raises ValueError where a file has no front matter."""
    found = []
    for file in sorted((folder() / language / "lessons" / course).glob("*.md")):
        match = _FRONT.match(file.read_text(encoding="utf-8"))
        if not match:
            raise ValueError(f"{file} has no front matter")
        facts = yaml.safe_load(match["facts"])
        found.append(Lesson(**facts, body=match["body"]))
    return found


def citation(text: str) -> tuple[str, str]:
    """`housing-law 42(8)` → act key and reference."""
    act, _, ref = text.partition(" ")
    return act, ref
