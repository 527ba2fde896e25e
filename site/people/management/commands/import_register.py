"""Takes a city's register over from a file on the server."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from people.enums import ImportState
from people.imports import RegisterImport
from people.offices import Office
from people.register_file import FileRefused
from people.register_import import ImportUnderWay, perform, reason, start_import


class Command(BaseCommand):
    help = "Imports a register of associations from a .csv or .xlsx file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--office", required=True, help="key of the office, such as astana")
        parser.add_argument("--dry-run", action="store_true", help="show what would change, write nothing")

    def handle(self, *args, file: Path, office: str, dry_run: bool, **options) -> None:
        city = Office.objects.filter(key=office).first()
        if city is None:
            raise CommandError(f"There is no office {office!r}.")
        try:
            with file.open("rb") as opened:
                job = start_import(
                    office=city,
                    file=opened,
                    file_name=file.name,
                    is_dry_run=dry_run,
                    actor=None,
                    in_background=False,
                )
        except OSError as error:
            raise CommandError(f"The file cannot be opened: {error.strerror}") from error
        except FileRefused as refused:
            raise CommandError(refused.message) from refused
        except ImportUnderWay as under_way:
            raise CommandError("An import for this office is under way.") from under_way
        perform(job.pk, self._tell)
        job.refresh_from_db()
        for problem in job.problems:
            where = f"row {problem['row']}, {problem['column']}: " if problem["row"] else ""
            self.stdout.write(f"  {where}{reason(problem)}")
        if job.state == ImportState.FAILED:
            raise CommandError("The import failed.")

    def _tell(self, job: RegisterImport) -> None:
        self.stdout.write(
            f"{job.done} of {job.total}: {job.created} new, {job.updated} changed, "
            f"{job.unchanged} as before, {job.failed} with problems"
        )
