"""Pictures that messengers and networks show beside a shared link: the title of the page in our own design.

They are drawn once, when somebody first asks, and kept. The title goes to the program that draws as data: whatever
stands in it is letters and no markup.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

import structlog
import typst
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page

WIDTH, HEIGHT = 1200, 630
_DRAWING = Path(__file__).with_name("picture.typ")
# The ornament of the site's pages. Words stand on it: the sun is mixed into the ground as far as the pages do it.
_ORNAMENT_STYLE = (
    "<style>.oyu-line,.oyu-ground{fill:none;stroke-linecap:round;stroke-linejoin:round}"
    ".oyu-line{stroke:#3d553c;stroke-width:4.2}.oyu-ground{stroke:#0a3a44;stroke-width:3}"
    ".oyu-heart{stroke:#3d553c;stroke-width:.6;fill:#0a3a44}</style>"
)
log = structlog.get_logger(__name__)


def digest(title: str, language: str) -> str:
    """Names a picture by all that is drawn on it: another title or another design has another address."""
    drawn = "\0".join([_design(), language, title])
    return hashlib.sha256(drawn.encode()).hexdigest()[:16]


def address(page: Page, language: str) -> str:
    return reverse("picture", args=[page.pk, digest(page.title, language)])


def kept_or_drawn(page: Page, language: str) -> bytes | None:
    """The picture of a page as PNG, from the storage or drawn now; None where it cannot be drawn."""
    name = f"og/{page.pk}/{digest(page.title, language)}.png"
    if default_storage.exists(name):
        with default_storage.open(name) as file:
            return file.read()
    try:
        picture = draw(page.title, language)
    except (typst.TypstError, RuntimeError, ValueError):
        log.exception("picture_not_drawn", page=page.pk)
        return None
    _forget_older(page)
    default_storage.save(name, ContentFile(picture))
    return picture


def draw(title: str, language: str) -> bytes:
    """A PNG of 1200 × 630. Raises what typst raises."""
    with override(language):
        words = _("School of housing law")
    data = {
        "title": re.sub(r"[\x00-\x1f\x7f]+", " ", title),
        "words": words,
        "ornament": _svg("components/ornament.html", _ORNAMENT_STYLE),
        "mark": _svg("components/mark.html"),
        "language": language,
    }
    made = typst.compile(
        _DRAWING.read_bytes(), format="png", ppi=72, sys_inputs=data, ignore_system_fonts=True, font_paths=[]
    )
    if not isinstance(made, bytes):
        raise ValueError("more than one page")
    return made


def _forget_older(page: Page) -> None:
    """Pictures of the titles the page had before."""
    folder = f"og/{page.pk}"
    try:
        _folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for file in files:
        default_storage.delete(f"{folder}/{file}")


@cache
def _design() -> str:
    ornament = _svg("components/ornament.html", _ORNAMENT_STYLE)
    return hashlib.sha256(_DRAWING.read_bytes() + ornament.encode()).hexdigest()


@cache
def _svg(template: str, style: str = "") -> str:
    """A drawing of the pages as a file of its own."""
    inline = render_to_string(template)
    return inline[inline.index("<svg") :].replace(">", f">{style}", 1).replace("<svg", _SVG, 1)


_SVG = '<svg xmlns="http://www.w3.org/2000/svg"'
