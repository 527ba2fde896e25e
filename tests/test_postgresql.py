"""The same tests on PostgreSQL, on a throw-away server of this machine."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import MUST_RUN_ALL

ROOT = Path(__file__).resolve().parents[1]
MINUTES = 14
# Legs, so that workers share them: about a third of the tests each.
LEGS = {
    "people": ["tests/people"],
    "law": ["tests/law", "tests/faq"],
    "the rest": [
        "tests",
        *(f"--ignore=tests/{part}" for part in ("people", "law", "faq")),
        f"--ignore={Path(__file__).relative_to(ROOT)}",
    ],
}


def server_programs() -> Path | None:
    """The folder of the newest PostgreSQL server on this machine, or None."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    on_path = [Path(found).parent] if (found := shutil.which("initdb")) else []
    return next((folder for folder in [*debian, *on_path] if (folder / "initdb").exists()), None)


@contextmanager
def running_server(programs: Path) -> Iterator[str]:
    """A cluster in a temporary folder; gives its address. PostgreSQL refuses root: `postgres` runs it then."""
    as_owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="turgyndar-pg-") as name:
        home = Path(name)
        if as_owner:
            shutil.chown(home, "postgres", "postgres")
        port = _free_port()

        def call(program: str, *arguments: str) -> None:
            subprocess.run(
                [*as_owner, str(programs / program), "-D", str(home / "data"), *arguments],
                check=True,
                cwd=home,
                stdout=subprocess.DEVNULL,
            )

        call("initdb", "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home} -c fsync=off"
        call("pg_ctl", "-w", "-o", options, "-l", str(home / "log"), "start")
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        finally:
            call("pg_ctl", "-m", "fast", "-w", "stop")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize("leg", LEGS)
def test_every_test_without_a_browser_passes_on_postgresql(leg):
    programs = server_programs()
    if programs is None:
        if MUST_RUN_ALL:
            pytest.fail("PostgreSQL is not installed: this leg must run in CI")
        pytest.skip("PostgreSQL is not installed")
    with running_server(programs) as address:
        chosen = "not browser and not one_database"
        command = [sys.executable, "-m", "pytest", "-n", "0", "-q", "-m", chosen, "-p", "no:cacheprovider"]
        result = subprocess.run(
            [*command, *LEGS[leg]],
            cwd=ROOT,
            env=os.environ | {"TEST_DATABASE_URL": address},
            capture_output=True,
            text=True,
            timeout=MINUTES * 60,
        )
    passed = re.search(r"(\d+) passed", result.stdout)
    assert result.returncode == 0, f"on PostgreSQL:\n{result.stdout[-6000:]}\n{result.stderr[-2000:]}"
    assert passed
    assert int(passed[1]) > 20
