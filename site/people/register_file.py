"""Reading and writing the table of a city's register: CSV as spreadsheets save it, and XLSX.

A file from the web is hostile: what it says of itself is checked before it is read. Columns are found by their
headings, in Kazakh, Russian or English, in any order, in one of the first rows.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from typing import IO, cast

from django.db import models
from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_ROWS = 50_000
MAX_EMPTY_ROWS = 200_000  # a sheet can hold a million rows that have a colour and nothing else
HEADING_ROWS = 10  # registers begin with a title
DELIMITERS = ";,\t"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class Column(models.TextChoices):
    KIND = "kind", _("Kind")
    NAME_KK = "name_kk", _("Name in Kazakh")
    NAME_RU = "name_ru", _("Name in Russian")
    BIN = "bin", _("BIN")
    DISTRICT = "district", _("District")
    ADDRESS = "address", _("Address")
    UNITS = "units", _("Flats")


NEEDED = (Column.ADDRESS,)  # and a name in one of the languages
# As people write them, in the form of `plain`: small letters, words only.
HEADINGS: dict[Column, tuple[str, ...]] = {
    Column.KIND: ("түрі", "ұйым түрі", "нысаны", "вид", "тип", "форма", "форма управления", "kind", "type"),
    Column.NAME_KK: (
        *("атауы", "қазақша атауы", "атауы қазақша", "атауы қазақ тілінде", "қазақ тіліндегі атауы"),
        *("название на казахском", "наименование на казахском", "наименование на казахском языке"),
        *("название на казахском языке", "название каз", "наименование каз", "name in kazakh", "name kk"),
    ),
    Column.NAME_RU: (
        *("название", "наименование", "название на русском", "наименование на русском"),
        *("наименование на русском языке", "название на русском языке", "название рус", "наименование рус"),
        *("орысша атауы", "атауы орысша", "атауы орыс тілінде", "орыс тіліндегі атауы"),
        *("name", "name in russian", "name ru"),
    ),
    Column.BIN: ("бсн", "бин", "bin", "бсн бин", "бин бсн", "бизнес сәйкестендіру нөмірі", "номер бин"),
    Column.DISTRICT: ("аудан", "ауданы", "район", "район города", "district"),
    Column.ADDRESS: ("мекенжай", "мекенжайы", "адрес", "адрес дома", "address"),
    Column.UNITS: (
        *("пәтерлер", "пәтер саны", "пәтерлер саны", "квартир", "квартиры", "количество квартир", "число квартир"),
        *("кол во квартир", "кол во квартир и нп", "помещений", "количество помещений", "units", "flats"),
    ),
}
_BY_HEADING = {heading: column for column, headings in HEADINGS.items() for heading in headings}


class FileProblem(models.TextChoices):
    """Why a whole file is refused. `%(detail)s` names the columns."""

    TYPE = "file_type", _("Give a table as a .xlsx or a .csv file.")
    SIZE = "file_size", _("The file is larger than 10 MB.")
    EMPTY = "file_empty", _("There are no rows in the file.")
    NOT_XLSX = "file_not_xlsx", _("This is not an XLSX file, whatever its name says. Save the table as XLSX again.")
    NOT_CSV = "file_not_csv", _("This is not a CSV file, whatever its name says. Save the table as CSV again.")
    LOCKED = "file_locked", _("The file has a password, or is of the old .xls kind. Save it as XLSX without one.")
    BROKEN = "file_broken", _("The file is damaged and cannot be read. Save the table again.")
    UNPACKED = "file_unpacked", _("The file grows too large when it is unpacked.")
    ROWS = "file_rows", _("There are more than 50,000 rows in the file. Split it.")
    NO_COLUMNS = "file_no_columns", _("These columns are missing: %(detail)s. Take the headings from the sample.")
    TWICE = "file_column_twice", _("This column is there twice: %(detail)s.")


class FileRefused(Exception):
    """The file cannot be taken; `problem` says why and `columns` which columns it is about."""

    def __init__(self, problem: FileProblem, columns: tuple[Column, ...] = ()) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.columns = columns

    @property
    def message(self) -> str:
        return explain(self.problem, [column.value for column in self.columns])


@dataclass(frozen=True)
class Row:
    number: int  # as a spreadsheet shows it
    cells: dict[Column, str]


@dataclass(frozen=True)
class Table:
    columns: frozenset[Column]
    unknown: tuple[str, ...]  # headings that say nothing to us
    rows: Iterator[Row]  # read while it is walked: raises FileRefused


def explain(problem: str, columns: Iterable[str] = ()) -> str:
    """A file's problem in the reader's language; `columns` are keys of `Column`."""
    return str(FileProblem(problem).label) % {"detail": ", ".join(str(Column(key).label) for key in columns)}


def clean_text(value: object) -> str:
    """A cell as text: blanks joined, characters that print nothing left out."""
    return "".join(letter for letter in " ".join(str(value).split()) if letter.isprintable())


def plain(text: str) -> str:
    """Words in small letters without signs: what two spellings of one name have in common."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold().replace("ё", "е")))


def open_table(file: IO[bytes], name: str) -> Table:
    """The table in `file`, called `name` by who sent it. Raises FileRefused."""
    file.seek(0)
    start = file.read(8)
    file.seek(0, io.SEEK_END)
    size = file.tell()
    file.seek(0)
    if size > MAX_BYTES:
        raise FileRefused(FileProblem.SIZE)
    if not size:
        raise FileRefused(FileProblem.EMPTY)
    suffix = name.lower().rpartition(".")[2]
    if suffix == "csv":
        return _table(_csv_lines(_decoded(file.read())))
    if suffix != "xlsx":
        raise FileRefused(FileProblem.TYPE)
    if start.startswith(_OLE):
        raise FileRefused(FileProblem.LOCKED)
    if not start.startswith(_ZIP):
        raise FileRefused(FileProblem.NOT_XLSX)
    return _table(_xlsx_lines(file))


def check(file: IO[bytes], name: str) -> tuple[int, tuple[str, ...]]:
    """Reads a file to its end: how many rows, and which headings say nothing to us. Raises FileRefused."""
    table = open_table(file, name)
    number = sum(1 for _row in table.rows)
    file.seek(0)
    if not number:
        raise FileRefused(FileProblem.EMPTY)
    return number, table.unknown


def _table(lines: Iterator[tuple]) -> Table:
    """Finds the row of headings: the one among the first that has the most headings known to us."""
    head: list[tuple] = []
    for line in lines:
        head.append(line)
        if len(head) == HEADING_ROWS:
            break
    if not head:
        raise FileRefused(FileProblem.EMPTY)
    known = [sum(plain(str(cell)) in _BY_HEADING for cell in line if cell is not None) for line in head]
    at = known.index(max(known))
    places: dict[Column, int] = {}
    unknown = []
    for place, cell in enumerate(head[at]):
        text = clean_text(cell) if cell is not None else ""
        if column := _BY_HEADING.get(plain(text)):
            if column in places:
                raise FileRefused(FileProblem.TWICE, (column,))
            places[column] = place
        elif text:
            unknown.append(text[:60])
    missing = [column for column in NEEDED if column not in places]
    if not {Column.NAME_KK, Column.NAME_RU} & set(places):
        missing = [Column.NAME_KK, Column.NAME_RU, *missing]
    if missing:
        raise FileRefused(FileProblem.NO_COLUMNS, tuple(missing))
    return Table(frozenset(places), tuple(unknown), _rows(chain(head[at + 1 :], lines), places, at + 2))


def _rows(lines: Iterable[tuple], places: dict[Column, int], first: int) -> Iterator[Row]:
    """Rows that say something, numbered from `first`. Raises FileRefused past the limits."""
    found = 0
    for number, line in enumerate(lines, start=first):
        cells = {
            column: cell_text(column, line[place]) if place < len(line) else "" for column, place in places.items()
        }
        if any(cells.values()):
            found += 1
            yield Row(number, cells)
        if found > MAX_ROWS or number - found > MAX_EMPTY_ROWS:
            raise FileRefused(FileProblem.ROWS)


def cell_text(column: Column, value: object) -> str:
    """The text of a cell; a BIN that a spreadsheet took for a number gets its first zeros back."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if column == Column.BIN and isinstance(value, int) and len(str(value)) > 8:
        return str(value).zfill(12)
    return clean_text(value)


def _decoded(raw: bytes) -> str:
    """UTF-8, else the Windows encoding of Kazakhstan, which reads Russian text of cp1251 just the same."""
    if raw.startswith((_ZIP, _OLE)) or b"\0" in raw:
        raise FileRefused(FileProblem.NOT_CSV)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("kz1048")
    except UnicodeDecodeError as error:
        raise FileRefused(FileProblem.NOT_CSV) from error


def _csv_lines(text: str) -> Iterator[tuple]:
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)):
            yield tuple(line)
    except csv.Error as error:
        raise FileRefused(FileProblem.NOT_CSV) from error


def _delimiter(text: str) -> str:
    """The sign that splits one of the first lines into the most headings known to us."""
    head = text.splitlines()[:HEADING_ROWS]

    def headings(sign: str) -> int:
        return max(
            (sum(plain(cell) in _BY_HEADING for cell in line.replace('"', "").split(sign)) for line in head), default=0
        )

    return max(DELIMITERS, key=headings)


def _xlsx_lines(file: IO[bytes]) -> Iterator[tuple]:
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > MAX_UNPACKED:
                raise FileRefused(FileProblem.UNPACKED)
            if "xl/workbook.xml" not in {member.filename for member in members}:
                raise FileRefused(FileProblem.NOT_XLSX)
            if any(member.flag_bits & 1 for member in members):
                raise FileRefused(FileProblem.LOCKED)
        with closing(load_workbook(file, read_only=True, data_only=True, keep_links=False)) as book:
            if not book.worksheets:
                raise FileRefused(FileProblem.EMPTY)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # a wrong size in the file would hide rows
            yield from sheet.iter_rows(values_only=True)
    except FileRefused:
        raise
    except Exception as error:  # a damaged file fails anywhere in the parser, and in every way
        raise FileRefused(FileProblem.BROKEN) from error


def workbook(heads: list[str], rows: Iterable[Iterable[object]]) -> bytes:
    """An XLSX file with one sheet. Every cell is text: «=…» never becomes a formula."""
    book = Workbook(write_only=True)
    sheet = cast(Worksheet, book.create_sheet())
    sheet.freeze_panes = "A2"
    for number in range(len(heads)):
        sheet.column_dimensions["ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number]].width = 24
    sheet.append([_cell(sheet, head, bold=True) for head in heads])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: Worksheet, value: object, *, bold: bool = False) -> Cell:
    cell = WriteOnlyCell(sheet, clean_text("" if value is None else value))
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell
