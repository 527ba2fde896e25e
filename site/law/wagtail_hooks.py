from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from law.models import Duty, LegalAct, Provision


class LegalActViewSet(SnippetViewSet):
    model = LegalAct
    icon = "draft"
    list_display = ["__str__", "kind", "date", "state", "edition_date"]
    list_filter = ["kind", "state", "is_verified"]


class ProvisionViewSet(SnippetViewSet):
    """A provision on its own names its act; below an act, its form knows it (`Provision.panels`)."""

    model = Provision
    panels = [FieldPanel("act"), *Provision.panels]
    icon = "tag"
    list_display = ["__str__", "gist_ru"]
    list_filter = ["act"]


class DutyViewSet(SnippetViewSet):
    model = Duty
    icon = "calendar-alt"
    list_display = ["__str__", "role", "rule", "provision", "is_verified"]
    list_filter = ["role", "rule", "is_verified"]
    ordering = ["position", "pk"]

    def get_queryset(self, request):
        return Duty.objects.in_full()


class LawGroup(SnippetViewSetGroup):
    items = (LegalActViewSet, ProvisionViewSet, DutyViewSet)
    menu_label = _("Law")
    menu_icon = "draft"
    menu_order = 210


register_snippet(LawGroup)
