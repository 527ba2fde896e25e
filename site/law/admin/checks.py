"""Our own content checks in the editor's panel «Checks».

Axe looks at the preview and knows no Python. So the preview carries what `law.content_checks` found as elements that
readers never get, and for each rule of ours axe reports those elements: a rule whose check always fails on them.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.userbar import ContentCheckerItem

from core.pages import BasePage
from law import content_checks as checks

# Of axe's own checks: it fails on every element without the attribute «title», and ours never have one.
ALWAYS_FAILS = "non-empty-title"

MESSAGES = {
    checks.NO_CITATION: {
        "error_name": _("The page cites no provision"),
        "help_text": _("Add the articles it rests on under «Legal basis», or cite them in the text"),
    },
    checks.UNCITED_STATEMENT: {
        "error_name": _("A legal statement without a citation"),
        "help_text": _("Name the provision: in the list of sources, by a link in the text or by a block"),
    },
    checks.SHORT_ANSWER_TOO_LONG: {
        "error_name": _("The short answer is too long"),
        "help_text": _("At most 300 characters: two sentences that already help"),
    },
    checks.SHORT_ANSWER_LONG: {
        "error_name": _("The short answer is nearly too long"),
        "help_text": _("Up to 240 characters can be taken in at a glance"),
    },
    checks.HARD_TO_READ: {
        "error_name": _("The text is hard to read"),
        "help_text": _("Make the sentences shorter; begin with the longest one"),
    },
    checks.LINK_TO_ACT: {
        "error_name": _("A link to a whole act"),
        "help_text": _("Link to the provision: readers find the place, and an amendment finds this page"),
    },
}
SERIOUS = {checks.NO_CITATION, checks.UNCITED_STATEMENT, checks.SHORT_ANSWER_TOO_LONG}


class LawContentCheckerItem(ContentCheckerItem):
    axe_run_only = [*ContentCheckerItem.axe_run_only, *checks.RULES]
    axe_messages = {**ContentCheckerItem.axe_messages, **MESSAGES}
    axe_custom_rules = [
        *ContentCheckerItem.axe_custom_rules,
        *(
            {
                "id": rule,
                "impact": "serious" if rule in SERIOUS else "moderate",
                "selector": f'[data-content-check="{rule}"]',
                "tags": ["best-practice"],
                "any": [ALWAYS_FAILS],
                "enabled": True,
            }
            for rule in checks.RULES
        ),
    ]


@hooks.register("construct_wagtail_userbar")
def check_law(request, items, page):
    if not isinstance(page, BasePage):
        return
    items[:] = [
        LawContentCheckerItem(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]
