"""Every model of the app, for Django and for those who import from one place."""

from people.associations import Association
from people.imports import RegisterImport
from people.memberships import Invitation, Membership, MembershipEvent
from people.notifications import NotificationChoice
from people.offices import District, Office, OfficeAddress, OfficeException, OfficeHours, OfficePhone
from people.privacy.access_log import AccessRecord
from people.privacy.consents import Consent, ConsentText
from people.privacy.records import ErasureRecord
from people.user import User, UserManager, normalise_email, signed_in

__all__ = [
    "AccessRecord",
    "Association",
    "Consent",
    "ConsentText",
    "District",
    "ErasureRecord",
    "Invitation",
    "Membership",
    "MembershipEvent",
    "NotificationChoice",
    "Office",
    "OfficeAddress",
    "OfficeException",
    "OfficeHours",
    "OfficePhone",
    "RegisterImport",
    "User",
    "UserManager",
    "normalise_email",
    "signed_in",
]
