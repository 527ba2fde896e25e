"""Taking a register over: what a row does, what is refused, and that a second time changes nothing."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people import register_import
from people.bin import check_digit
from people.enums import AssociationKind, ImportState
from people.imports import RegisterImport
from people.models import Association, District
from people.register_file import Column, FileRefused, workbook
from people.register_import import ImportUnderWay, Note, perform, reason, run_import, start_import
from tests.factories import good_bin, make_association, make_office

pytestmark = pytest.mark.django_db

HEADS = ["Kind", "Name in Kazakh", "Name in Russian", "BIN", "District", "Address", "Units"]
COUNTS = ("created", "updated", "unchanged", "failed")


def line(**cells) -> list[str]:
    """A good row; a keyword changes a cell."""
    good = {"kind": "ОСИ", "name_kk": "Үй", "name_ru": "Дом", "bin": "", "district": "", "address": "Көше, 1"}
    return [str((good | cells).get(column.value, "")) for column in Column]


def start(*lines, office=None, is_dry_run=False, heads=HEADS) -> RegisterImport:
    return start_import(
        office=office or make_office(),
        file=io.BytesIO(workbook(heads, lines)),
        file_name="register.xlsx",
        is_dry_run=is_dry_run,
        actor=None,
        in_background=False,
    )


def take(*lines, **options) -> RegisterImport:
    job = start(*lines, **options)
    assert perform(job.pk)
    job.refresh_from_db()
    return job


def counts(job: RegisterImport) -> tuple[int, ...]:
    return tuple(getattr(job, name) for name in COUNTS)


def problems(job: RegisterImport) -> list[tuple]:
    return [(problem["row"], problem["column"], problem["problem"]) for problem in job.problems]


def test_a_new_row_becomes_an_association_of_the_office():
    district = make_office().districts.first()
    job = take(line(kind="КСК", bin=good_bin(1), district=f"{district.name_ru} район", units="1 200"))

    assert counts(job) == (1, 0, 0, 0)
    assert job.state == ImportState.DONE
    assert job.finished_at
    made = Association.objects.get(bin=good_bin(1))
    assert (made.office, made.district, made.units) == (make_office(), district, 1200)
    assert (made.kind, made.name_kk, made.address) == (AssociationKind.KSK, "Үй", "Көше, 1")
    assert made.is_in_register
    assert list(Association.objects.matching("ДОМ көше")) == [made]


def test_a_second_import_of_one_file_changes_nothing():
    lines = [
        line(bin=good_bin(1)),
        line(bin=good_bin(2), address="Көше, 2"),
        line(address="Көше, 3"),
        line(address="Көше, 3", name_ru="Другой дом", name_kk="Басқа"),
        line(bin=good_bin(3), address="Көше, 3"),
    ]
    first = take(*lines)
    before = list(Association.objects.order_by("pk").values())
    second = take(*lines)

    assert counts(first)[1:] == (0, 0, counts(second)[3])
    assert counts(second) == (0, 0, counts(first)[0], counts(first)[3])
    assert list(Association.objects.order_by("pk").values()) == before


def test_a_trial_counts_the_same_and_writes_nothing():
    make_association(bin=good_bin(1), name_ru="Прежнее", address="Көше, 1")
    make_association(bin=None, name_kk="Үй", name_ru="Дом", address="Көше, 2")
    before = list(Association.objects.order_by("pk").values())
    lines = [line(bin=good_bin(1)), line(address="көше  2"), line(address="Көше, 3"), line(address="")]

    trial = take(*lines, is_dry_run=True)
    assert list(Association.objects.order_by("pk").values()) == before
    real = take(*lines)

    assert counts(trial) == counts(real) == (1, 2, 0, 1)
    assert trial.problems == real.problems
    assert Association.objects.count() == len(before) + 1


def test_a_row_without_a_bin_is_found_by_its_address_and_one_of_its_names():
    known = make_association(bin=None, name_kk="Нұр үйі", name_ru="", address="Қабанбай батыр көшесі, 5/1")
    job = take(line(bin=good_bin(7), name_kk="«НҰР ҮЙІ»", name_ru="Нур", address="қабанбай батыр көшесі 5-1"))

    assert counts(job) == (0, 1, 0, 0)
    known.refresh_from_db()
    assert (known.bin, known.name_ru) == (good_bin(7), "Нур")


def test_another_bin_at_the_same_address_is_another_association():
    known = make_association(bin=good_bin(1), name_kk="Үй", name_ru="Дом", address="Көше, 1")
    job = take(line(bin=good_bin(2)))

    assert counts(job) == (1, 0, 0, 0)
    known.refresh_from_db()
    assert known.bin == good_bin(1)


def test_an_empty_cell_changes_nothing_and_a_chairs_entry_comes_into_the_register():
    district = make_office().districts.first()
    known = make_association(bin=good_bin(1), district=district, units=90, is_in_register=False, lock_seq=5)
    take(line(bin=good_bin(1), kind=""))

    known.refresh_from_db()
    assert (known.district, known.units, known.is_in_register) == (district, 90, True)
    assert (known.name_ru, known.lock_seq) == ("Дом", 5)
    assert "дом" in known.search_text


def test_each_wrong_row_is_named_and_the_others_are_taken():
    make_association(bin=good_bin(50), office=make_office("almaty"))
    person = "880515300124"
    bad_digit = good_bin(3)[:-1] + str((int(good_bin(3)[-1]) + 1) % 10)
    job = take(
        line(bin="12345"),
        line(bin=bad_digit),
        line(bin=person),
        line(bin=good_bin(50), address="Көше, 4"),
        line(bin=good_bin(4), address="Көше, 5"),
        line(bin=good_bin(4), address="Көше, 6"),
        line(district="Жоқ ауданы"),
        line(name_kk="", name_ru=""),
        line(address="—"),
        line(units="много"),
        line(units="0"),
        line(kind="совхоз"),
        line(name_ru="я" * 201),
    )
    assert problems(job) == [
        (2, "bin", "bin_length"),
        (3, "bin", "bin_check"),
        (4, "bin", "bin_person"),
        (5, "bin", "bin_elsewhere"),
        (7, "bin", "repeated"),
        (8, "district", "district"),
        (9, "name_ru", "name"),
        (10, "address", "address"),
        (11, "units", "units"),
        (12, "units", "units"),
        (13, "kind", "kind"),
        (14, "name_ru", "too_long"),
    ]
    assert counts(job) == (1, 0, 0, 12)
    assert Association.objects.filter(office=make_office()).get().bin == good_bin(4)


def test_numbers_of_persons_are_never_copied():
    job = take(
        line(bin="880515300124"),
        line(bin="8805 1530 0125", district="880515300124"),
        line(units="+7 700 123 45 67"),
        line(district="Тың ауданы"),
    )
    assert [problem["value"] for problem in job.problems] == ["", "", "", "", "Тың ауданы"]
    assert "88051530" not in str(list(RegisterImport.objects.values()))


def test_only_the_first_problems_are_kept_and_all_are_counted():
    job = take(*[line(units="-1", address=f"Көше, {number}") for number in range(250)])
    assert (job.failed, len(job.problems)) == (250, 200)


def test_districts_of_another_city_are_not_known():
    District.objects.create(office=make_office("almaty"), name_kk="Бөгде", name_ru="Чужой")
    job = take(line(district="Чужой"))
    assert problems(job) == [(2, "district", "district")]
    assert not Association.objects.exists()


def test_unknown_columns_are_named(ru):
    job = take([*line(), "8 700"], heads=[*HEADS, "Телефон"])
    assert counts(job) == (1, 0, 0, 0)
    assert "Телефон" in reason(job.problems[0])


def test_the_file_is_deleted_when_the_import_has_ended():
    job = start(line())
    name = job.file.name
    assert storages["private"].exists(name)
    perform(job.pk)
    job.refresh_from_db()
    assert not job.file
    assert not storages["private"].exists(name)


def test_a_second_import_of_an_office_waits_for_the_first():
    first = start(line())
    with pytest.raises(ImportUnderWay):
        start(line())
    start(line(), office=make_office("almaty"))
    perform(first.pk)
    assert take(line()).unchanged == 1


def test_an_import_that_never_ended_is_closed_after_half_an_hour():
    stalled = start(line())
    RegisterImport.objects.update(state=ImportState.RUNNING, created_at=timezone.now() - timedelta(minutes=31))
    assert take(line()).created == 1
    stalled.refresh_from_db()
    assert (stalled.state, stalled.problems[0]["problem"]) == (ImportState.FAILED, Note.STALLED)
    assert not stalled.file
    assert perform(stalled.pk) is False


def test_an_error_leaves_the_import_failed_and_what_was_taken_stays(monkeypatch):
    monkeypatch.setattr(register_import, "CHUNK", 2)
    job = start(*[line(address=f"Көше, {number}") for number in range(5)])
    made = []
    real = Association.objects.bulk_create

    def create(rows, **options):
        made.extend(rows)
        if len(made) > 2:
            raise RuntimeError("the database is gone")
        return real(rows, **options)

    monkeypatch.setattr(Association.objects, "bulk_create", create)
    result = run_import.enqueue(job.pk)

    job.refresh_from_db()
    assert result.errors
    assert (job.state, job.done, job.created) == (ImportState.FAILED, 2, 2)
    assert job.problems[0]["problem"] == Note.BROKE
    assert reason(job.problems[0])
    assert not job.file
    assert Association.objects.filter(office=make_office()).count() == 2


def test_a_file_that_is_no_register_leaves_no_import_behind():
    with pytest.raises(FileRefused):
        start(["x"], heads=["a"])
    assert not RegisterImport.objects.exists()


def _queries(lines: list) -> tuple[int, RegisterImport]:
    job = start(*lines)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        perform(job.pk)
    job.refresh_from_db()
    return len(queries), job


def _numbers(many: int) -> list[str]:
    found = (f"2401{4}0{number:05d}" for number in range(100_000))
    return [first + str(digit) for first in found if (digit := check_digit(first)) is not None][:many]


def test_two_thousand_rows_take_a_few_queries_a_chunk():
    districts = list(make_office().districts.all())
    lines = [
        line(bin=number if place % 5 else "", address=f"Көше, {place}", district=districts[place % 3].name_kk)
        for place, number in enumerate(_numbers(2000))
    ]
    first, made = _queries(lines)
    second, same = _queries(lines)
    changed, updated = _queries([[*cells[:-1], "77"] for cells in lines])

    assert counts(made) == (2000, 0, 0, 0)
    assert counts(same) == (0, 0, 2000, 0)
    assert counts(updated) == (0, 2000, 0, 0)
    # SQLite takes so many values a statement: an insert of 500 rows is several
    assert first < 100
    assert second < 40
    assert changed < 150
