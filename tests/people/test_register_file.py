"""Tables of a register: what is read, and what is refused before it is read."""

import io
import zipfile

import pytest
from django.utils import translation
from openpyxl import Workbook, load_workbook

from people import register_file
from people.register_file import Column, FileProblem, FileRefused, check, open_table, workbook

RU = ["Вид", "Название на русском", "БИН", "Район", "Адрес", "Количество квартир"]
ROW = ["ОСИ", "Дом 1", "971240001315", "Есиль", "ул. Тестовая, 1", "120"]


def _csv(*lines, sign=";", encoding="utf-8") -> io.BytesIO:
    return io.BytesIO("\r\n".join(sign.join(line) for line in lines).encode(encoding))


def _xlsx(*lines) -> io.BytesIO:
    book = Workbook()
    for line in lines:
        book.active.append(line)
    file = io.BytesIO()
    book.save(file)
    return file


def _rows(file, name):
    return [row.cells for row in open_table(file, name).rows]


def _refused(file, name) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        check(file, name)
    return refused.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_a_csv_is_read_as_any_spreadsheet_saves_it(encoding, sign):
    row = [cell.replace(",", "") for cell in ROW]
    (cells,) = _rows(_csv(RU, row, sign=sign, encoding=encoding), "register.csv")
    assert cells[Column.NAME_RU] == "Дом 1"
    assert cells[Column.BIN] == "971240001315"
    assert cells[Column.ADDRESS] == "ул. Тестовая 1"


def test_kazakh_letters_of_the_windows_encoding_are_read():
    (cells,) = _rows(_csv(["Атауы", "Мекенжай"], ["Үй №1", "Қабанбай көшесі"], encoding="kz1048"), "r.csv")
    assert cells == {Column.NAME_KK: "Үй №1", Column.ADDRESS: "Қабанбай көшесі"}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_columns_are_found_in_any_language_and_order(language):
    with translation.override(language):
        heads = [str(label) for label in Column.labels]
    values = [f"value {number}" for number in range(len(heads))]
    file = _xlsx(list(reversed(heads)), list(reversed(values)))
    (cells,) = _rows(file, "register.xlsx")
    assert cells == dict(zip(Column, values, strict=True))


def test_a_title_above_the_headings_is_passed_over_and_rows_keep_their_numbers():
    table = open_table(_xlsx(["Реестр ОСИ города"], [], RU, ROW, [], ROW), "register.xlsx")
    assert [row.number for row in table.rows] == [4, 6]


def test_unknown_columns_are_named_and_left_out():
    table = open_table(_csv([*RU, "Телефон"], [*ROW, "8 700"]), "register.csv")
    assert table.unknown == ("Телефон",)
    assert "8 700" not in next(table.rows).cells.values()


def test_a_missing_column_is_named_in_the_readers_language(ru):
    refused = _refused(_csv(["Название", "БИН"], ["Дом", ""]), "register.csv")
    assert refused.problem == FileProblem.NO_COLUMNS
    assert refused.columns == (Column.ADDRESS,)
    assert str(Column.ADDRESS.label) in refused.message


def test_a_table_of_something_else_is_refused():
    assert _refused(_csv(["a", "b"], ["1", "2"]), "x.csv").columns == (Column.NAME_KK, Column.NAME_RU, Column.ADDRESS)


def test_a_column_that_is_there_twice_is_refused():
    assert _refused(_csv([*RU, "Адрес дома"], [*ROW, "x"]), "r.csv").problem == FileProblem.TWICE


def test_a_bin_that_became_a_number_gets_its_zeros_back():
    (first, second) = _rows(_xlsx(RU, ["", "A", 51240001315, "", "b", 12.0], ["", "A", 5, "", "b", ""]), "r.xlsx")
    assert first[Column.BIN] == "051240001315"
    assert first[Column.UNITS] == "12"
    assert second[Column.BIN] == "5"


def test_invisible_characters_are_left_out():
    (cells,) = _rows(_xlsx(RU, ["", "Дом\u200b \u00a01\n", "", "", "a\u00adb", ""]), "r.xlsx")
    assert cells[Column.NAME_RU] == "Дом 1"
    assert cells[Column.ADDRESS] == "ab"


def _bomb() -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (register_file.MAX_UNPACKED + 1))
    return file


def _other_zip() -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    return file


def _cut() -> io.BytesIO:
    whole = _xlsx(RU, ROW).getvalue()
    return io.BytesIO(whole[: len(whole) // 2])


def _spoilt_sheet() -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(_xlsx(RU, ROW)) as good, zipfile.ZipFile(file, "w") as bad:
        for name in good.namelist():
            content = good.read(name)
            bad.writestr(name, content.replace(b"</row>", b"</wor>") if "sheet1" in name else content)
    return file


def _entities() -> io.BytesIO:
    """The «billion laughs» in the sheet."""
    laughs = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    file = io.BytesIO()
    with zipfile.ZipFile(_xlsx(RU, ROW)) as good, zipfile.ZipFile(file, "w") as bad:
        for name in good.namelist():
            content = good.read(name)
            if "sheet1" in name:
                content = laughs.encode() + content.replace(b"<v>0</v>", b"<v>&b;</v>")
            bad.writestr(name, content)
    return file


@pytest.mark.parametrize(
    ("make", "name", "problem"),
    [
        (lambda: io.BytesIO(), "r.csv", FileProblem.EMPTY),
        (lambda: _csv(RU), "r.csv", FileProblem.EMPTY),
        (lambda: _csv(RU, ROW), "r.pdf", FileProblem.TYPE),
        (lambda: _csv(RU, ROW), "register", FileProblem.TYPE),
        (lambda: _csv(RU, ROW), "r.xlsx", FileProblem.NOT_XLSX),
        (lambda: _xlsx(RU, ROW), "r.csv", FileProblem.NOT_CSV),
        (lambda: _csv(RU, ROW, encoding="utf-16"), "r.csv", FileProblem.NOT_CSV),
        (lambda: io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 99), "r.xlsx", FileProblem.LOCKED),
        (_other_zip, "r.xlsx", FileProblem.NOT_XLSX),
        (_cut, "r.xlsx", FileProblem.BROKEN),
        (_spoilt_sheet, "r.xlsx", FileProblem.BROKEN),
        (_entities, "r.xlsx", FileProblem.BROKEN),
        (_bomb, "r.xlsx", FileProblem.UNPACKED),
        (lambda: io.BytesIO(b"a" * (register_file.MAX_BYTES + 1)), "r.csv", FileProblem.SIZE),
        (lambda: io.BytesIO(("Название;Адрес\n" + '"' + "a" * 140_000).encode()), "r.csv", FileProblem.NOT_CSV),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_with_its_reason(make, name, problem, ru):
    refused = _refused(make(), name)
    assert refused.problem == problem
    assert refused.message
    assert "%" not in refused.message


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(register_file, "MAX_ROWS", 3)
    assert check(_csv(RU, *[ROW] * 3), "r.csv") == (3, ())
    assert _refused(_csv(RU, *[ROW] * 4), "r.csv").problem == FileProblem.ROWS


def test_a_sheet_of_empty_rows_is_refused(monkeypatch):
    monkeypatch.setattr(register_file, "MAX_EMPTY_ROWS", 5)
    assert _refused(_xlsx(RU, *[[" "]] * 7), "r.xlsx").problem == FileProblem.ROWS


def test_what_is_written_never_becomes_a_formula():
    file = io.BytesIO(workbook(["=1+1"], [["=cmd()"], ["@x\x07"], [None]]))
    cells = [row[0] for row in load_workbook(file).active.iter_rows()]
    assert [(cell.value, cell.data_type) for cell in cells[:3]] == [("=1+1", "s"), ("=cmd()", "s"), ("@x", "s")]
