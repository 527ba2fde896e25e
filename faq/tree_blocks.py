"""Nodes of a decision tree."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from core.blocks.text import PLAIN_FEATURES, RichTextBlock

KEY_HELP = _("A short name of this node, unique in the tree: leak, roof. Readers do not see it")


class AnswerBlock(blocks.StructBlock):
    label = blocks.CharBlock(max_length=120, label=_("Answer"))
    goto = blocks.RegexBlock(regex=r"^[a-z0-9-]{1,30}$", label=_("Leads to"), help_text=_("The name of a node"))

    class Meta:
        icon = "arrow-right"
        label = _("Answer")


class QuestionNodeBlock(blocks.StructBlock):
    key = blocks.RegexBlock(regex=r"^[a-z0-9-]{1,30}$", label=_("Name"), help_text=KEY_HELP)
    question = blocks.CharBlock(max_length=200, label=_("Question"))
    help = RichTextBlock(features=PLAIN_FEATURES, required=False, label=_("How to tell"))
    answers = blocks.ListBlock(AnswerBlock(), min_num=2, max_num=8, label=_("Answers"))

    class Meta:
        icon = "help"
        label = _("Question")


class OutcomeNodeBlock(blocks.StructBlock):
    key = blocks.RegexBlock(regex=r"^[a-z0-9-]{1,30}$", label=_("Name"), help_text=KEY_HELP)
    title = blocks.CharBlock(max_length=200, label=_("Outcome"))
    text = RichTextBlock(features=PLAIN_FEATURES, label=_("What it means"))
    provisions = blocks.ListBlock(SnippetChooserBlock("law.Provision"), min_num=1, label=_("Legal basis"))
    next_page = blocks.PageChooserBlock(required=False, label=_("Next step"))

    class Meta:
        icon = "check"
        label = _("Outcome")


NODES = [("question", QuestionNodeBlock()), ("outcome", OutcomeNodeBlock())]
