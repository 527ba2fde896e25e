"""The admin of the law: snippets in one menu; the rest registers itself in `law.admin`."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from law import serving  # noqa: F401  its hook loads what a page cites
from law.admin import (  # noqa: F401  they register themselves
    change_notes,
    checks,
    columns,
    feedback,
    in_use,
    radar,
    radar_log,
    reports,
    review_panel,
    reviews,
    rich_text,
)
from law.admin.acts import DutyViewSet, LegalActViewSet, ProvisionViewSet, SharedNoteViewSet
from law.admin.amendments import AmendmentViewSet


class LawGroup(SnippetViewSetGroup):
    items = (AmendmentViewSet, LegalActViewSet, ProvisionViewSet, SharedNoteViewSet, DutyViewSet)
    menu_label = _("Law")
    menu_icon = "draft"
    menu_order = 210
    submenu_hook = "register_law_menu_item"


register_snippet(LawGroup)
