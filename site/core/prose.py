"""What apps add to the text of a page after its blocks are rendered: words explained, say.

An app registers a transform in its AppConfig.ready; `{% prose page %}` runs them in the order of registration.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wagtail.models import Page

# (html, page, context of the template) → html. What it returns is trusted as safe.
Transform = Callable[[str, Page, Mapping[str, Any]], str]

_transforms: list[Transform] = []


def register(transform: Transform) -> None:
    """Raises ValueError where the transform is registered already: the text would be changed twice."""
    if transform in _transforms:
        raise ValueError(f"{transform!r} is registered already")
    _transforms.append(transform)


def transformed(html: str, page: Page, context: Mapping[str, Any]) -> str:
    """`html` after every registered transform."""
    for transform in _transforms:
        html = transform(html, page, context)
    return html
