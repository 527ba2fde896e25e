"""The admin of the law: snippets in one menu; the rest registers itself in `law.admin`."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from law.admin.acts import DutyViewSet, LegalActViewSet, ProvisionViewSet, SharedNoteViewSet
from law.admin.amendments import AmendmentViewSet


class LawGroup(SnippetViewSetGroup):
    items = (AmendmentViewSet, LegalActViewSet, ProvisionViewSet, SharedNoteViewSet, DutyViewSet)
    menu_label = _("Law")
    menu_icon = "draft"
    menu_order = 210


register_snippet(LawGroup)
