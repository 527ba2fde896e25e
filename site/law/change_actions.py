"""Keeps change notes."""

from __future__ import annotations

from contextlib import contextmanager


@contextmanager
def note_of_publication(page, *, revision, user):
    """Around the publication of `revision`: makes the change note the revision asks for."""
    yield
