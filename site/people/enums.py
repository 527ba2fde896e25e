"""States and their named sets, in one place."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OfficeState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("office", "being prepared")
    OPEN = "open", pgettext_lazy("office", "open")
    CLOSED = "closed", pgettext_lazy("office", "closed for good")


class OfficeLanguage(models.TextChoices):
    KK = "kk", _("Kazakh")
    RU = "ru", _("Russian")
    BOTH = "both", _("Kazakh and Russian")


class Weekday(models.IntegerChoices):
    """As `date.weekday()` counts."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class AssociationKind(models.TextChoices):
    OSI = "osi", pgettext_lazy("association", "OSI")
    KSK = "ksk", pgettext_lazy("association", "KSK")
    OTHER = "other", pgettext_lazy("association", "other form")


class MembershipRole(models.TextChoices):
    CHAIR = "chair", pgettext_lazy("membership", "chair")
    ACCOUNTANT = "accountant", pgettext_lazy("membership", "accountant")
    COUNCIL = "council", pgettext_lazy("membership", "council member")
    AUDITOR = "auditor", pgettext_lazy("membership", "auditor")
    RESIDENT = "resident", pgettext_lazy("membership", "resident")


# Elected for three years: the council by art. 51(4), the chair by 51-1(1), the audit commission by 45(1).
ELECTED = frozenset({MembershipRole.CHAIR, MembershipRole.COUNCIL, MembershipRole.AUDITOR})
ELECTED_YEARS = 3


class MembershipState(models.TextChoices):
    """A mandate whose last day is past stays `confirmed` until somebody ends it: see `MembershipQuerySet.active`."""

    CLAIMED = "claimed", pgettext_lazy("membership", "waits for the office")
    CONFIRMED = "confirmed", pgettext_lazy("membership", "confirmed")
    REJECTED = "rejected", pgettext_lazy("membership", "not confirmed")
    WITHDRAWN = "withdrawn", pgettext_lazy("membership", "taken back")
    ENDED = "ended", pgettext_lazy("membership", "ended")


OPEN_STATES = frozenset({MembershipState.CLAIMED, MembershipState.CONFIRMED})

# From → to. `None` is the birth of a row: a claim, or an invitation accepted.
MEMBERSHIP_MOVES: dict[str | None, frozenset[MembershipState]] = {
    None: OPEN_STATES,
    MembershipState.CLAIMED: frozenset(
        {MembershipState.CONFIRMED, MembershipState.REJECTED, MembershipState.WITHDRAWN}
    ),
    MembershipState.CONFIRMED: frozenset({MembershipState.ENDED}),
}


class MembershipReason(models.TextChoices):
    """Why a membership changed, in the words of its history."""

    CLAIMED = "claimed", _("asked to be confirmed")
    PROTOCOL = "protocol", _("confirmed by the office from the minutes")
    INVITATION = "invitation", _("invited by the chair")
    HANDOVER = "handover", _("handed over to the next chair")
    EXPIRED = "expired", _("the term is over")
    OWN_WISH = "own_wish", _("own wish")
    BY_CHAIR = "by_chair", _("ended by the chair")
    BY_STAFF = "by_staff", _("decision of the office")
    ERASED = "erased", _("the account was erased")


class ImportState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("import", "waits")
    RUNNING = "running", pgettext_lazy("import", "under way")
    DONE = "done", pgettext_lazy("import", "done")
    FAILED = "failed", pgettext_lazy("import", "failed")


class MembershipRefusal(models.TextChoices):
    """Why a claim, a decision or an invitation is not taken, as the person is told."""

    ALREADY = "already", _("You have this role here already, or the office is looking at your claim.")
    NOT_YET = "not_yet", _("The mandate begins in the future. Come back on its first day.")
    BACKWARDS = "backwards", _("The mandate must end after it begins.")
    TOO_LONG = "too_long", _("The law gives this role for three years at most. Check the dates.")
    MANDATE_OVER = "mandate_over", _("This mandate is over: its last day is past. A new election is needed.")
    NO_PROTOCOL = "no_protocol", _("Add the minutes of the meeting that elected you.")
    OTHER_CLAIM = (
        "other_claim",
        _("The office is already looking at another claim to this role. Call the front office, please."),
    )
    TOO_MANY_CLAIMS = "too_many_claims", _("That is enough claims for one day. Come back tomorrow.")
    DECIDED = "decided", _("This claim has been decided already.")
    OWN_CLAIM = "own_claim", _("Somebody else in the office must look at your own claim.")
    NO_NOTE = "no_note", _("Write what is missing: the person reads it.")
    CHAIR_HOLDS = "chair_holds", _("The association has a chair whose mandate holds. It began: %(since)s")
    OVER = "over", _("This role has ended already.")
    NOT_CHAIR = "not_chair", _("Only a chair whose mandate holds today can do this.")
    INVITES_HERSELF = "invites_herself", _("This is your own address. Write that of the other person.")
    TOO_MANY_INVITATIONS = (
        "too_many_invitations",
        _("Too many invitations wait for an answer. Take some back, or come back tomorrow."),
    )
    INVITATION_UNKNOWN = "invitation_unknown", _("No invitation is open here. Open the link in the letter once more.")
    INVITATION_OTHER = (
        "invitation_other",
        _(
            "This invitation was sent to another address. Sign out, open the link in the letter once more "
            "and sign in with the address that the letter came to."
        ),
    )
    INVITATION_USED = "invitation_used", _("This invitation has been used already.")
    INVITATION_REVOKED = "invitation_revoked", _("This invitation was taken back.")
    INVITATION_TOO_OLD = "invitation_too_old", _("This invitation is too old. Ask the chair for a new one.")
    INVITER_GONE = "inviter_gone", _("Who invited you is no longer the chair. Ask the chair for a new invitation.")
