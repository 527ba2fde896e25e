from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn, LiveStatusTagColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from faq.glossary import GlossaryTerm
from faq.life_events import LifeEvent
from faq.questions import QuestionTag


class GlossaryTermViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "openquote"
    list_display = [
        "term",
        "abbreviation",
        "term_en",
        "locale",
        BooleanColumn("is_marked", label=_("Explained in texts")),
        LiveStatusTagColumn(label=_("Status")),
    ]
    list_filter = ["is_marked", "live"]


class QuestionTagViewSet(SnippetViewSet):
    model = QuestionTag
    icon = "tag"
    list_display = ["name", "slug", "locale"]
    panels = [FieldPanel("name"), FieldPanel("slug")]


class LifeEventViewSet(SnippetViewSet):
    model = LifeEvent
    icon = "user"
    list_display = ["__str__", "key", "position"]


class WordsGroup(SnippetViewSetGroup):
    items = (GlossaryTermViewSet, QuestionTagViewSet, LifeEventViewSet)
    menu_label = _("Words")
    menu_icon = "openquote"
    menu_order = 220


register_snippet(WordsGroup)
