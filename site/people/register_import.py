"""Taking a city's register over: an upload, a task that goes through it, and what came of it.

A row is about the association with its BIN, else about the one at its address with its name. An empty cell
changes nothing, so that a second import of one file finds everything unchanged. A trial does all but write.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import islice
from typing import IO

from django.core.files.base import File
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from people.associations import Association
from people.enums import AssociationKind, ImportState
from people.imports import RegisterImport
from people.offices import Office
from people.register_file import Column, FileRefused, check, clean_text, explain, open_table
from people.register_rows import Entry, Index, Problem, RowProblem, RowReader, Wanted, keys_of
from people.user import User

CHUNK = 500
PROBLEMS_KEPT = 200
STALLED_AFTER = timedelta(minutes=30)
UNFINISHED = (ImportState.WAITING, ImportState.RUNNING)


class Note(models.TextChoices):
    """What is said of a whole import that had a good file; `%(detail)s` are headings."""

    UNKNOWN = "unknown_columns", _("These columns were not read: %(detail)s.")
    STALLED = "stalled", _("The import stopped half-way. Start it again: rows that were taken stay as they are.")
    BROKE = "broke", _("Something went wrong on our side. Start it again: rows that were taken stay as they are.")


class ImportUnderWay(Exception):
    """The office has an import that waits or runs."""


def start_import(
    *, office: Office, file: IO[bytes], file_name: str, is_dry_run: bool, actor: User | None, in_background: bool = True
) -> RegisterImport:
    """Keeps the file and asks for the import after the commit; without `in_background` the caller runs it.

    Raises FileRefused for a file that is no register, ImportUnderWay while another import of the office is
    younger than 30 minutes; an older one that never ended is closed.
    """
    total, unknown = check(file, file_name)  # seconds for a long file: before anything is locked
    with transaction.atomic():
        # The lock of the office, taken before anything is read: of two imports at once one is refused.
        Office.objects.filter(pk=office.pk).update(position=F("position"))
        unfinished = RegisterImport.objects.filter(office=office, state__in=UNFINISHED)
        if unfinished.filter(created_at__gt=timezone.now() - STALLED_AFTER).exists():
            raise ImportUnderWay
        for stalled in unfinished:
            _end(stalled, ImportState.FAILED, Note.STALLED)
        job = RegisterImport(
            office=office,
            started_by=actor,
            file_name=clean_text(file_name)[-150:],
            is_dry_run=is_dry_run,
            total=total,
            problems=[_of_the_whole(Note.UNKNOWN, unknown)] if unknown else [],
        )
        job.file.save(file_name, File(file), save=False)
        job.save()
        if in_background:
            transaction.on_commit(lambda: run_import.enqueue(job.pk))
    return job


@task()
def run_import(import_id: int) -> bool:
    """Goes through the file of a waiting import; False where it does not wait any more. Safe to run twice."""
    return perform(import_id)


def perform(import_id: int, tell: Callable[[RegisterImport], None] = lambda job: None) -> bool:
    """The import itself; `tell` is called after each chunk. Whatever happens, the file is deleted at the end.

    A file that cannot be read to its end leaves the import failed with its reason; any other error too, and is
    raised again for whoever watches the tasks.
    """
    if not RegisterImport.objects.filter(pk=import_id, state=ImportState.WAITING).update(state=ImportState.RUNNING):
        return False
    job = RegisterImport.objects.select_related("office").get(pk=import_id)
    try:
        with job.file.open("rb") as file:
            _Import(job, tell).run(file)
    except FileRefused as refused:
        _end(job, ImportState.FAILED, refused.problem, [column.value for column in refused.columns])
    except BaseException:
        _end(job, ImportState.FAILED, Note.BROKE)
        raise
    else:
        _end(job, ImportState.DONE)
    tell(job)
    return True


def reason(problem: dict) -> str:
    """What one entry of `RegisterImport.problems` says, in the reader's language."""
    code = problem["problem"]
    if code in RowProblem.values:
        return str(RowProblem(code).label)
    if code in Note.values:
        return str(Note(code).label) % {"detail": ", ".join(problem["value"])}
    return explain(code, problem["value"])


def _of_the_whole(problem: str, values: Sequence[str] = ()) -> dict:
    """An entry of `RegisterImport.problems` about the whole file: as of row 0."""
    return {"row": 0, "column": "", "problem": str(problem), "value": list(values)}


def _end(job: RegisterImport, state: ImportState, problem: str = "", columns: Sequence[str] = ()) -> None:
    """Closes the import and deletes its file."""
    if problem:
        job.problems = [_of_the_whole(problem, columns), *job.problems]
    job.state, job.finished_at = state, timezone.now()
    if job.file:
        job.file.delete(save=False)
    job.save(update_fields=["state", "finished_at", "problems", "file"])


class _Import:
    """One walk through a file."""

    def __init__(self, job: RegisterImport, tell: Callable[[RegisterImport], None]) -> None:
        self.job = job
        self.tell = tell
        self.office = job.office
        self.reader = RowReader(job.office)
        known = Association.objects.filter(office=job.office).order_by("pk")
        self.index = Index(known.values_list("pk", "bin", "address", "name_kk", "name_ru").iterator())

    def run(self, file: IO[bytes]) -> None:
        rows = open_table(file, self.job.file.name or "").rows
        while chunk := [self.reader.read(row) for row in islice(rows, CHUNK)]:
            with transaction.atomic():
                self._take(chunk)
                self.job.done += len(chunk)
                self.job.save(update_fields=["done", "created", "updated", "unchanged", "failed", "problems"])
            self.tell(self.job)

    def _take(self, chunk: list[Wanted]) -> None:
        elsewhere = self._look_up([row.bin for row in chunk if row.bin])
        found = [entry for row in chunk if (entry := self.index.find(row))]
        rows = Association.objects.select_for_update().in_bulk({entry.pk for entry in found if entry.pk})
        made, changed, fields = [], [], set()
        for row in chunk:
            entry = self.index.find(row)
            if row.bin in elsewhere:
                row.problems.append(Problem(Column.BIN, RowProblem.BIN_ELSEWHERE))
            elif entry and entry.is_done:
                row.problems.append(Problem(Column.BIN if row.bin else Column.ADDRESS, RowProblem.REPEATED))
            association = self._association(entry, rows)
            if row.problems:
                self._refuse(row)
            elif entry and association:
                if changes := self._change(association, row, entry):
                    changed.append(association)
                    fields |= changes
            else:
                made.append(self._make(row))
        if not self.job.is_dry_run:
            Association.objects.bulk_create(made)
            if changed:
                Association.objects.bulk_update(changed, [*sorted(fields), "search_text", "updated_at"])

    def _association(self, entry: Entry | None, rows: dict[int, Association]) -> Association | None:
        """The row of an entry; None too where somebody deleted it since the start."""
        if entry is None or entry.pk is None:
            return None
        if entry.pk not in rows:  # a row above gave it the address that this one names
            rows.update(Association.objects.select_for_update().in_bulk([entry.pk]))
        return rows.get(entry.pk)

    def _look_up(self, numbers: list[str]) -> set[str]:
        """Which of these BINs are another city's; those that came to this one since the start go to the index."""
        elsewhere = set()
        for pk, number, office_id in Association.objects.filter(bin__in=numbers).values_list("pk", "bin", "office_id"):
            if office_id != self.office.pk:
                elsewhere.add(str(number))
            elif number not in self.index.by_bin:
                self.index.put(Entry(pk, str(number), set()))
        return elsewhere

    def _refuse(self, row: Wanted) -> None:
        self.job.failed += 1
        room = PROBLEMS_KEPT - len(self.job.problems)
        self.job.problems += [problem.as_json(row.number) for problem in row.problems][: max(room, 0)]

    def _change(self, association: Association, row: Wanted, entry: Entry) -> set[str]:
        """Gives the association what the row says; the names of the fields that changed."""
        entry.is_done = True
        values = {**row.values, "is_in_register": True}
        changes = {name: value for name, value in values.items() if getattr(association, name) != value}
        if not changes:
            self.job.unchanged += 1
            return set()
        self.job.updated += 1
        for name, value in changes.items():
            setattr(association, name, value)
        association.search_text = association.searchable()
        association.updated_at = timezone.now()
        self._note(entry, association)
        return set(changes)

    def _make(self, row: Wanted) -> Association:
        self.job.created += 1
        association = Association(**{"office": self.office, "kind": AssociationKind.OSI, **row.values})
        association.search_text = association.searchable()
        self._note(Entry(None, "", set(), is_done=True), association)
        return association

    def _note(self, entry: Entry, association: Association) -> None:
        keys = keys_of(association.address, association.name_kk, association.name_ru)
        self.index.move(entry, association.bin or "", keys)
