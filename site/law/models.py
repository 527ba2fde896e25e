"""Acts, provisions, and how pages and snippets cite them; reviews, amendments and what readers said."""

from law.acts import LegalAct, Provision
from law.amendments import AmendedProvision, Amendment, RadarItem
from law.change_notes import ChangeNote
from law.citations import Citation
from law.duties import CalendarFeed, Duty
from law.feedback import Feedback
from law.pages import ActIndexPage
from law.reviews import Review, ReviewState, ReviewTask
from law.shared_notes import SharedNote, SharedNoteCitation
from law.site_settings import LawSettings
from law.workflow import LawyerTask

__all__ = [
    "ActIndexPage",
    "AmendedProvision",
    "Amendment",
    "CalendarFeed",
    "ChangeNote",
    "Citation",
    "Duty",
    "Feedback",
    "LawSettings",
    "LawyerTask",
    "LegalAct",
    "Provision",
    "RadarItem",
    "Review",
    "ReviewState",
    "ReviewTask",
    "SharedNote",
    "SharedNoteCitation",
]
