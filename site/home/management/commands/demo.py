"""The one command: a working site with real content on SQLite, from nothing."""

from __future__ import annotations

import errno
import os
import shutil
import socket
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.exceptions import InconsistentMigrationHistory

from home import demo
from home.starter.pages import Starter
from people.roles import sync_roles

HOST = "127.0.0.1"
START_AGAIN = "Start from nothing with: uv run manage.py demo --reset"


class Command(BaseCommand):
    help = "Migrate, load the starter content, make demo accounts and serve the site on this machine."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="port on 127.0.0.1 (default 8000)")
        parser.add_argument("--no-serve", action="store_true", help="prepare everything and stop")
        parser.add_argument("--reset", action="store_true", help="throw the demo database and mail away first")

    def handle(self, *args, port: int, no_serve: bool, reset: bool, **options) -> None:
        if not settings.DEMO:
            raise CommandError("demo runs only under its own settings: leave DJANGO_SETTINGS_MODULE unset")
        if not no_serve:
            self._need_free_port(port)
        settings.WAGTAILADMIN_BASE_URL = f"http://{HOST}:{port}"  # links in the demo's mail
        if reset:
            self._reset()
        Path(settings.DEMO_DIR).mkdir(parents=True, exist_ok=True)
        Path(settings.EMAIL_FILE_PATH).mkdir(parents=True, exist_ok=True)
        try:
            self._prepare()
        except (DatabaseError, InconsistentMigrationHistory) as error:
            raise CommandError(f"The demo database is damaged or half made ({error}).\n{START_AGAIN}") from error
        self._tell(port, no_serve)
        if not no_serve:
            os.environ["DJANGO_RUNSERVER_HIDE_WARNING"] = "true"  # the demo is not mistaken for production
            call_command("runserver", f"{HOST}:{port}", use_reloader=False, skip_checks=True, verbosity=0)

    def _prepare(self) -> None:
        if "people_user" in connection.introspection.table_names() and demo.is_foreign():
            raise CommandError("This database has people in it that are not the demo's. The demo does not touch it.")
        with self._step("migrating the database"):
            call_command("migrate", verbosity=0, interactive=False)
        starter = Starter(say=lambda step: self.stdout.write(f"    {step}"))
        with self._step("loading the content in Kazakh and Russian"):
            starter.load()
        with self._step("roles and demo accounts"):
            sync_roles()
            demo.make_accounts()
        with self._step("reviews of pages, and an amendment"):
            demo.make_reviews()
        with self._step("seminars from today on"):
            demo.make_runs()

    @contextmanager
    def _step(self, what: str):
        self.stdout.write(f"· {what} …")
        self.stdout.flush()
        started = time.monotonic()
        yield
        self.stdout.write(f"  done in {time.monotonic() - started:.1f} s")

    def _need_free_port(self, port: int) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise CommandError(f"Port {port} cannot be used: {error.strerror}") from error
                raise CommandError(
                    f"Port {port} is taken by another program.\n"
                    f"Choose another one: uv run manage.py demo --port {port + 1}"
                ) from error
            except OverflowError as error:
                raise CommandError("A port is a number from 1 to 65535") from error

    def _reset(self) -> None:
        if connection.vendor != "sqlite":
            raise CommandError(
                "--reset throws away the demo's own SQLite file only. Empty the PostgreSQL database yourself."
            )
        connection.close()
        shutil.rmtree(settings.DEMO_DIR, ignore_errors=True)

    def _tell(self, port: int, no_serve: bool) -> None:
        style: Callable[[str], str] = self.style.SUCCESS
        base = f"http://{HOST}:{port}"
        self.stdout.write("")
        self.stdout.write(style(f"  {base}/kk/    {base}/ru/"))
        self.stdout.write(f"  staff: {base}/admin/    mail of the demo: {base}/demo/mail/\n")
        self.stdout.write(f"  accounts (password for all: {demo.PASSWORD})")
        for name, _group, shows in demo.ACCOUNTS:
            self.stdout.write(f"    {demo.address(name):24} {shows}")
        self.stdout.write("\n  Stop with Ctrl+C." if not no_serve else "")
