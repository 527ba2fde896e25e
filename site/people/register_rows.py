"""What a row of a register says, what is wrong with it, and which association it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.bin import validate_bin
from people.enums import AssociationKind
from people.offices import Office
from people.register_file import Column, Row, plain

MAX_UNITS = 100_000
_FIELDS = {Column.DISTRICT: "district_id"}
_LENGTHS = {Column.NAME_KK: 200, Column.NAME_RU: 200, Column.ADDRESS: 250}
_KINDS: dict[str, AssociationKind] = {
    **dict.fromkeys(
        ("осі", "оси", "миб", "osi", "мүлік иелерінің бірлестігі", "объединение собственников имущества"),
        AssociationKind.OSI,
    ),
    **dict.fromkeys(
        ("пик", "кск", "ksk", "пәтер иелерінің кооперативі", "кооператив собственников квартир"), AssociationKind.KSK
    ),
    **dict.fromkeys(
        (
            *("басқа", "басқа нысан", "другое", "другая форма", "иное", "прочее", "other", "other form"),
            *("жс", "пт", "жай серіктестік", "простое товарищество", "жск", "пск", "нуо", "ук", "тоо"),
        ),
        AssociationKind.OTHER,
    ),
}
# Words that one register writes and another leaves out: «Есіл ауданы», «р-н Есиль».
_DISTRICT_WORDS = {"ауданы", "аудан", "район", "района", "р", "н"}


class RowProblem(models.TextChoices):
    NAME = "name", _("There is no name.")
    ADDRESS = "address", _("There is no address.")
    TOO_LONG = "too_long", _("The text is too long.")
    KIND = "kind", _("This kind is not known: write OSI, KSK or other.")
    DISTRICT = "district", _("The city has no such district.")
    UNITS = "units", _("This is not a number of flats.")
    BIN_LENGTH = "bin_length", _("A BIN has 12 digits.")
    BIN_PERSON = (
        "bin_person",
        _("This is not the number of an organisation. Do not give a person's number (IIN) here."),
    )
    BIN_CHECK = "bin_check", _("The last digit does not fit the others: check the BIN for a mistyped digit.")
    BIN_ELSEWHERE = "bin_elsewhere", _("An association of another city has this BIN.")
    REPEATED = "repeated", _("The same association was in a row above.")


@dataclass(frozen=True)
class Problem:
    column: Column
    problem: RowProblem
    value: str = ""

    def as_json(self, number: int) -> dict:
        return {"row": number, "column": self.column.value, "problem": self.problem.value, "value": self.value}


@dataclass
class Wanted:
    """A row as values of an association; what the row leaves empty is not among them."""

    number: int
    values: dict[str, object] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def bin(self) -> str:
        return str(self.values.get("bin", ""))

    def keys(self) -> set[tuple[str, str]]:
        return keys_of(*(str(self.values.get(name, "")) for name in ("address", "name_kk", "name_ru")))


def keys_of(address: str, *names: str) -> set[tuple[str, str]]:
    """What an association without a BIN is known by: its address with each of its names."""
    return {(plain(address), plain(name)) for name in names if name}


class RowReader:
    """Reads rows for one office: knows its districts."""

    def __init__(self, office: Office) -> None:
        self.districts: dict[str, int] = {}
        for district in office.districts.all():
            for name in (district.name_kk, district.name_ru):
                self.districts[_district_words(name)] = district.pk

    def read(self, row: Row) -> Wanted:
        """The row's values, and everything that is wrong with it."""
        wanted = Wanted(row.number)
        for column in Column:
            text = row.cells.get(column, "")
            if not text:
                continue
            try:
                wanted.values[_FIELDS.get(column, column.value)] = self._value(column, text)
            except _Wrong as wrong:
                shown = "" if column == Column.BIN or wrong.problem == RowProblem.TOO_LONG else _harmless(text)
                wanted.problems.append(Problem(column, wrong.problem, shown))
        if not row.cells.get(Column.NAME_KK) and not row.cells.get(Column.NAME_RU):
            wanted.problems.append(Problem(Column.NAME_RU, RowProblem.NAME))
        if not plain(row.cells.get(Column.ADDRESS, "")):
            wanted.problems.append(Problem(Column.ADDRESS, RowProblem.ADDRESS))
        return wanted

    def _value(self, column: Column, text: str) -> object:
        if column == Column.KIND:
            return _found(_KINDS.get(plain(text)), RowProblem.KIND)
        if column == Column.DISTRICT:
            return _found(self.districts.get(_district_words(text)), RowProblem.DISTRICT)
        if column == Column.UNITS:
            return _units(text)
        if column == Column.BIN:
            return _bin(text)
        if len(text) > _LENGTHS[column]:
            raise _Wrong(RowProblem.TOO_LONG)
        return text


class _Wrong(Exception):
    def __init__(self, problem: RowProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def _found(value: object, problem: RowProblem) -> object:
    if value is None:
        raise _Wrong(problem)
    return value


def _units(text: str) -> int:
    digits = text.replace(" ", "").removesuffix(".0").removesuffix(",0")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 6 or not 0 < int(digits) <= MAX_UNITS:
        raise _Wrong(RowProblem.UNITS)
    return int(digits)


def _bin(text: str) -> str:
    number = text.replace(" ", "").strip("'")
    try:
        validate_bin(number)
    except ValidationError as error:
        raise _Wrong(RowProblem(error.code or RowProblem.BIN_LENGTH)) from error
    return number


def _district_words(text: str) -> str:
    words = plain(text).split()
    return " ".join(word for word in words if word not in _DISTRICT_WORDS) or " ".join(words)


def _harmless(text: str) -> str:
    """What may be shown of a wrong cell: columns of a shifted table may hold a person's number or phone."""
    return "" if len(re.findall(r"\d", text)) > 8 else text[:60]


class Index:
    """Which association of the office a row is about: by its BIN, else by its address and a name."""

    def __init__(self, rows: Iterable[tuple[int, str | None, str, str, str]]) -> None:
        """`rows`: id, BIN, address and both names of every association of the office, oldest first."""
        self.places = count(1)
        self.by_bin: dict[str, Entry] = {}
        self.by_key: dict[tuple[str, str], list[Entry]] = {}
        for pk, number, address, *names in rows:
            self.put(Entry(pk, number or "", keys_of(address, *names)))

    def find(self, wanted: Wanted) -> Entry | None:
        if wanted.bin in self.by_bin:
            return self.by_bin[wanted.bin]
        for key in sorted(wanted.keys()):
            # two organisations may follow each other in one house: another BIN is another one
            found = [entry for entry in self.by_key.get(key, ()) if not wanted.bin or not entry.bin]
            if found:
                return min(found, key=lambda entry: (bool(entry.bin), entry.place))
        return None

    def put(self, entry: Entry) -> None:
        entry.place = entry.place or next(self.places)
        if entry.bin:
            self.by_bin[entry.bin] = entry
        for key in entry.keys:
            self.by_key.setdefault(key, []).append(entry)

    def move(self, entry: Entry, number: str, keys: set[tuple[str, str]]) -> None:
        """The association has another BIN, address or name now: later rows must find it there."""
        for key in entry.keys:
            self.by_key[key].remove(entry)
        entry.bin, entry.keys = number, keys
        self.put(entry)


@dataclass(eq=False)
class Entry:
    pk: int | None  # None: this import makes it
    bin: str
    keys: set[tuple[str, str]]
    is_done: bool = False  # a row above was about it
    place: int = 0  # of two that fit a row, the older one: the same at every import of a file
