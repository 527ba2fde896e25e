"""A code by mail for one purpose: proof that whoever sits at the browser reads that mailbox now.

    code = MailedCode(request, "erasure")
    code.send(email=user.email, kind="people/erasure_code", context={"name": …})   # POST that asks
    if code.matches(typed): code.drop(); …                                          # POST that confirms

The letter's templates `emails/<kind>.subject.txt` and `.txt` get `context` and `code`. The session keeps a
keyed hash of the code, never the code. A code lives 15 minutes, allows five wrong tries, and belongs to
the account that asked: signing out or in ends it. Letters with a code are not kept in the cabinet.
"""

from __future__ import annotations

import secrets
import time
from uuid import uuid4

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import get_language

from core.outbox import queue_mail
from people import limits

LIFETIME = 15 * 60
TRIES = 5


class MailedCode:
    """The code of one purpose in one session. Several purposes can be under way side by side."""

    def __init__(self, request: HttpRequest, purpose: str) -> None:
        self.request = request
        self.purpose = purpose
        self._key = f"mailed_code:{purpose}"

    def send(self, *, email: str, kind: str, context: dict, in_letter: bool = True) -> bool:
        """Mails a new code to `email`; the one before stops working.

        False when too many were asked for (3 a minute, 10 an hour): then nothing is sent and the code
        before, if any, still works. With `in_letter=False` the same letter goes out without a code, and
        no code will ever match: for an address that must not learn one.
        """
        if limits.use(self.request, "mailed_code", f"{self.purpose}:{self.request.user.pk}") is None:
            return False
        code = f"{secrets.randbelow(1_000_000):06d}"
        salt = secrets.token_hex(16)
        self.request.session[self._key] = {
            "hash": self._hash(code if in_letter else secrets.token_hex(16), salt),
            "salt": salt,
            "user": str(self.request.user.pk),
            "at": time.time(),
            "wrong": 0,
        }
        queue_mail(
            kind=kind,
            recipient=email,
            language=get_language() or "kk",
            context=context | ({"code": code} if in_letter else {}),
            dedupe_key=f"code:{uuid4()}",
            at_once=True,
        )
        return True

    @property
    def is_alive(self) -> bool:
        """Whether a code was sent to this account in this session, is not too old and has tries left."""
        state = self.request.session.get(self._key)
        return (
            isinstance(state, dict)
            and state["user"] == str(self.request.user.pk)
            and 0 <= time.time() - state["at"] < LIFETIME
            and state["wrong"] < TRIES
        )

    def matches(self, typed: str) -> bool:
        """Whether `typed` is the code; spaces and dashes do not count. A wrong one uses up a try.

        A right code stays valid until `drop()`, so that a form with several codes can be corrected.
        """
        if not self.is_alive:
            return False
        state = self.request.session[self._key]
        # the session counts in sequence; this counts also when many requests come at once
        usage = limits.use(self.request, "mailed_code_try", f"{self.purpose}:{state['salt']}")
        if usage is None:
            self.drop()
            return False
        clean = "".join(typed.split()).replace("-", "")
        if constant_time_compare(self._hash(clean, state["salt"]), state["hash"]):
            usage.rollback()
            return True
        state["wrong"] += 1
        self.request.session[self._key] = state
        return False

    def drop(self) -> None:
        """Forgets the code: it was used, or the matter was given up."""
        self.request.session.pop(self._key, None)

    def _hash(self, code: str, salt: str) -> str:
        about = f"people.mailed_codes:{self.purpose}:{self.request.user.pk}"
        return salted_hmac(about, f"{salt}:{code}", algorithm="sha256").hexdigest()
