"""What the preview tells an editor of her text."""

from __future__ import annotations

from django import template
from django.utils import translation
from django.utils.text import Truncator
from wagtail.users.models import UserProfile

from core.pages import BasePage
from law.admin.checks import MESSAGES
from law.content_checks import content_problems

register = template.Library()


@register.inclusion_tag("law/admin/check_markers.html", takes_context=True)
def content_check_markers(context, page):
    """The problems of a previewed page, in the language of the editor's admin."""
    user = context["request"].user
    if not isinstance(page, BasePage) or not user.is_authenticated:
        return {}
    language = UserProfile.get_for_user(user).get_preferred_language()
    with translation.override(language):
        problems = [
            {
                "rule": problem.rule,
                "name": str(MESSAGES[problem.rule]["error_name"]),
                "help": str(MESSAGES[problem.rule]["help_text"]),
                "detail": Truncator(problem.detail).chars(160),
            }
            for problem in content_problems(page)
        ]
        title = translation.gettext("What could still be better. Readers do not see this")
    return {"problems": problems, "title": title, "language": language}
