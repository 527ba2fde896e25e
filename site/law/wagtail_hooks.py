from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from law.models import LegalAct, Provision


class LegalActViewSet(SnippetViewSet):
    model = LegalAct
    icon = "draft"
    list_display = ["__str__", "kind", "date", "state", "edition_date"]
    list_filter = ["kind", "state", "is_verified"]


class ProvisionViewSet(SnippetViewSet):
    model = Provision
    icon = "tag"
    list_display = ["__str__", "gist_ru"]
    list_filter = ["act"]


class LawGroup(SnippetViewSetGroup):
    items = (LegalActViewSet, ProvisionViewSet)
    menu_label = _("Law")
    menu_icon = "draft"
    menu_order = 210


register_snippet(LawGroup)
