"""Many people at the same moment, each with a database connection of her own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import connection


@dataclass
class Outcome:
    results: list = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)
    slowest: float = 0.0


def at_once(calls: list[Callable]) -> Outcome:
    """Runs every call in a thread of its own, released together; collects results and errors."""
    barrier, guard, outcome = threading.Barrier(len(calls)), threading.Lock(), Outcome()

    def work(call: Callable) -> None:
        connection.ensure_connection()
        barrier.wait(timeout=30)
        started = time.monotonic()
        try:
            result = call()
        except Exception as error:
            with guard:
                outcome.errors.append(error)
        else:
            with guard:
                outcome.results.append(result)
        finally:
            with guard:
                outcome.slowest = max(outcome.slowest, time.monotonic() - started)
            connection.close()

    threads = [threading.Thread(target=work, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcome
