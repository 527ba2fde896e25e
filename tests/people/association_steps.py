"""Files and forms that tests of associations send, as a person would."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation
from PIL import Image

from people.enums import MembershipRefusal
from tests.core.words import said

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
EXE = b"MZ\x90\x00" + b"\x00" * 200


def picture(kind: str = "PNG", size: tuple[int, int] = (30, 20)) -> bytes:
    file = BytesIO()
    Image.new("1" if kind == "PNG" else "L", size).save(file, kind)
    return file.getvalue()


def minutes(name: str = "хаттама.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def day(offset: int = 0) -> date:
    """Today, or so many days from it."""
    return timezone.localdate() + timedelta(days=offset)


def claim_form(**fields) -> dict:
    """What a newly elected chair fills in."""
    form = {"full_name": "Айгүл Серікова", "role": "chair", "valid_from": day(-10).isoformat(), "valid_to": ""}
    form |= {"consent": "on", "protocol": minutes()}
    return {name: value for name, value in (form | fields).items() if value is not None}


def house_form(office, **fields) -> dict:
    """A house that the register does not have."""
    form = {"kind": "osi", "name_kk": "Жаңа үй", "name_ru": "", "bin": "", "office": office.pk, "district": ""}
    return form | {"address": "Сарайшық көшесі, 7", "units": "90"} | fields


def told(language: str, reason: MembershipRefusal) -> str:
    """A refusal as a person reads it; fails where the catalog has no translation."""
    with translation.override("en"):
        message = str(reason.label)
    return said(language, message)
