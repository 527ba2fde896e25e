"""Minutes that a person uploads: what is let in, and how it is handed out.

A file from the web is hostile. It must be what its name says, it gets a random name in a folder that no
web server reads, and a browser is told to save it, never to show it.
"""

from __future__ import annotations

import warnings

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.http import FileResponse, Http404
from django.utils.translation import gettext_lazy as _
from PIL import Image

from people.memberships import Membership

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 60_000_000  # a scan of A4 at 600 dpi has 35 million
NAME_LENGTH = 150
CONTENT_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}
_FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG"}
_TAIL = 2048


def check_protocol(upload: File) -> str:
    """The suffix of a file whose content is what its name says. Raises ValidationError in the person's words."""
    suffix = (upload.name or "").rpartition(".")[2].lower()
    if suffix not in CONTENT_TYPES:
        raise ValidationError(_("Add the minutes as a PDF file, or as a picture: JPG or PNG."), code="suffix")
    if upload.size > MAX_BYTES:
        raise ValidationError(_("The file is larger than 10 MB. Scan it with less detail."), code="size")
    is_right = _is_pdf(upload) if suffix == "pdf" else _is_image(upload, _FORMATS[suffix])
    upload.seek(0)
    if not is_right:
        raise ValidationError(
            _("This file cannot be read: its content is not what its name says. Save or scan it anew."), code="content"
        )
    return suffix


def clean_name(name: str) -> str:
    """What the person called her file: no folders, no letters that cannot be seen, at most 150 of them."""
    name = name.replace("\\", "/").rpartition("/")[2]
    name = "".join(letter for letter in name if letter.isprintable()).strip()
    stem, dot, suffix = name.rpartition(".")
    return f"{stem[: NAME_LENGTH - len(dot) - len(suffix)]}{dot}{suffix}"[:NAME_LENGTH]


def protocol_response(membership: Membership) -> FileResponse:
    """The file as a download that runs nowhere. The caller has checked who asks. Raises Http404 without one."""
    if not membership.protocol:
        raise Http404
    try:
        file = membership.protocol.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    suffix = str(membership.protocol.name).rpartition(".")[2]
    response = FileResponse(
        file,
        as_attachment=True,
        filename=membership.protocol_name or f"protocol.{suffix}",
        content_type=CONTENT_TYPES.get(suffix, "application/octet-stream"),
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def _is_pdf(upload: File) -> bool:
    upload.seek(0)
    if not upload.read(8).startswith(b"%PDF-"):
        return False
    upload.seek(max(0, upload.size - _TAIL))
    return b"%%EOF" in upload.read(_TAIL)


def _is_image(upload: File, picture_format: str) -> bool:
    """Whether Pillow reads the head of a picture of this format, and its size is that of a scan, not of a bomb.

    No other reader of Pillow's is asked. A JPEG with a second picture inside, as telephones write, is a JPEG.
    """
    upload.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(upload, formats=[picture_format])
            width, height = image.size
            if width * height > MAX_PIXELS:
                return False
            image.verify()
    except Exception:  # noqa: BLE001, RUF100  a broken file makes Pillow raise whatever it likes
        return False
    return True
