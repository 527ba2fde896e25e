"""Another address for an account, proven on both ends: a code goes to the old mailbox and one to the new.

Whether the new address has an account already is told to nobody but its owner, by letter: the asker sees
the same pages and a code that never comes. Sessions other than the asker's end with the change.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from allauth.account.models import EmailAddress
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.formats import date_format

from core.outbox import queue_mail
from people import limits
from people.mailed_codes import MailedCode
from people.models import User, normalise_email, signed_in

KEY = "change_email"

# What follows an account's address in other apps: called with (user, old, new) inside the transaction.
Follower = Callable[[User, str, str], None]
_followers: list[Follower] = []


class AddressTaken(Exception):
    """Another account has come to own the address since it was asked for."""


def follow(follower: Follower) -> Follower:
    """Registers what has to change with an address: letters about a seat, say."""
    if follower in _followers:
        raise ValueError(f"{follower} is registered already")
    _followers.append(follower)
    return follower


def is_taken(email: str, *, by_others_than: User) -> bool:
    """Whether somebody else signs in with this address."""
    email = normalise_email(email)
    rows = EmailAddress.objects.filter(email=email, verified=True).exclude(user=by_others_than)
    return User.objects.filter(email=email).exclude(pk=by_others_than.pk).exists() or rows.exists()


@transaction.atomic
def change_email(*, user: User, new_email: str, actor: User) -> None:
    """Gives `user` another address, her only one, and tells the old one. Raises AddressTaken.

    Whoever calls this has proven both addresses.
    """
    new_email = normalise_email(new_email)
    account = User.objects.select_for_update().get(pk=user.pk)
    if is_taken(new_email, by_others_than=account):
        raise AddressTaken
    old_email, account.email = account.email, new_email
    try:
        with transaction.atomic():
            account.save(update_fields=["email"])
            EmailAddress.objects.filter(user=account).delete()
            EmailAddress.objects.create(user=account, email=new_email, verified=True, primary=True)
    except IntegrityError as error:
        raise AddressTaken from error
    for follower in _followers:
        follower(account, old_email, new_email)
    with translation.override(account.language):
        when = date_format(timezone.localtime(), "DATETIME_FORMAT")
    queue_mail(
        kind="people/email_changed",
        recipient=old_email,
        person=account,
        language=account.language,
        context={"new_email": new_email, "when": when},
        dedupe_key=f"email_changed:{uuid4()}",
    )
    user.email = new_email


class EmailChange:
    """The change under way in a session: the address that was asked for, and the two codes."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.user = signed_in(request)
        self.old_code = MailedCode(request, "email_change_old")
        self.new_code = MailedCode(request, "email_change_new")

    @property
    def new_email(self) -> str:
        """The address that was asked for; empty when nothing is under way."""
        return self.request.session.get(KEY, "")

    @property
    def is_alive(self) -> bool:
        return bool(self.new_email) and self.old_code.is_alive and self.new_code.is_alive

    def begin(self, new_email: str) -> bool:
        """Sends both codes. False, and nothing sent or forgotten, when too many were asked for."""
        if limits.use(self.request, "change_email", str(self.user.pk)) is None:
            return False
        new_email = normalise_email(new_email)
        is_free = not is_taken(new_email, by_others_than=self.user)
        kind = "people/email_change_new" if is_free else "people/email_change_taken"
        to_old = {"new_email": new_email}
        if not self.old_code.send(email=self.user.email, kind="people/email_change_old", context=to_old):
            return False
        self.request.session[KEY] = new_email
        if self.new_code.send(email=new_email, kind=kind, context={}, in_letter=is_free):
            return True
        self.give_up()  # no code of one address may meet the other code of another
        return False

    def finish(self) -> None:
        """Makes the change after both codes were right, and ends the other sessions. Raises AddressTaken."""
        try:
            change_email(user=self.user, new_email=self.new_email, actor=self.user)
        finally:
            self.give_up()
        end_other_sessions(self.request, self.user)

    def give_up(self) -> None:
        """Forgets what was asked for; the address stays as it was."""
        self.old_code.drop()
        self.new_code.drop()
        self.request.session.pop(KEY, None)
