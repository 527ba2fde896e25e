"""Nodes of a decision tree."""

from __future__ import annotations

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from core.blocks.text import PLAIN_FEATURES, RichTextBlock
from faq.next_steps import NEXT_STEPS
from faq.tree_state import Answer, Fault, Node, faults
from law.blocks import ProvisionChooserBlock

KEY_HELP = _("A short name of this node, unique in the tree: leak, roof. Readers do not see it")
KEY_ERRORS = {"invalid": _("Small Latin letters, digits and hyphens, up to 30.")}


def name_block(**kwargs) -> blocks.RegexBlock:
    return blocks.RegexBlock(regex=r"^[a-z0-9-]{1,30}$", error_messages=KEY_ERRORS, **kwargs)


class AnswerBlock(blocks.StructBlock):
    label = blocks.CharBlock(max_length=120, label=_("Answer"))
    goto = name_block(label=_("Leads to"), help_text=_("The name of a node"))

    class Meta:
        icon = "arrow-right"
        label = _("Answer")


class QuestionNodeBlock(blocks.StructBlock):
    key = name_block(label=_("Name"), help_text=KEY_HELP)
    question = blocks.CharBlock(max_length=200, label=_("Question"))
    help = RichTextBlock(features=PLAIN_FEATURES, required=False, label=_("How to tell"))
    answers = blocks.ListBlock(AnswerBlock(), min_num=2, max_num=8, label=_("Answers"))

    class Meta:
        icon = "help"
        label = _("Question")
        label_format = "{key}: {question}"
        description = _("A question; each answer leads to another node")


class OutcomeNodeBlock(blocks.StructBlock):
    key = name_block(label=_("Name"), help_text=KEY_HELP)
    title = blocks.CharBlock(max_length=200, label=_("Outcome"))
    text = RichTextBlock(features=PLAIN_FEATURES, label=_("What it means"))
    provisions = blocks.ListBlock(ProvisionChooserBlock(), label=_("Legal basis"))
    next_page = blocks.PageChooserBlock(
        required=False, page_type=["faq.QuestionPage", *NEXT_STEPS], label=_("Next step")
    )

    class Meta:
        icon = "check"
        label = _("Outcome")
        label_format = "{key}: {title}"
        description = _("Where answers end: what it means, the law and the next step")


def nodes_of(value: blocks.StreamValue) -> list[Node]:
    """The nodes of a tree's field, for an editor. One query for their provisions, one for their next steps."""
    return [
        replace(node, is_grounded=node.is_outcome and _is_grounded(child.value))
        for node, child in zip(skeleton_of(value), value, strict=True)
    ]


def _is_grounded(outcome: blocks.StructValue) -> bool:
    return any(provision is not None and not provision.is_repealed for provision in outcome["provisions"])


def skeleton_of(value: blocks.StreamValue) -> list[Node]:
    """The nodes without their law: all that a path needs, read from what is stored, without a query."""
    return [_node(child["type"], child["value"]) for child in value.get_prep_value()]


def _node(kind: str, raw: dict) -> Node:
    key = raw.get("key") or ""
    if kind == "outcome":
        return Node(key, raw.get("title") or "", is_outcome=True)
    answers = (item["value"] if item.get("type") == "item" else item for item in raw.get("answers") or [])
    found = tuple(Answer(answer.get("label") or "", answer.get("goto") or "") for answer in answers)
    return Node(key, raw.get("question") or "", found)


class NodesBlock(blocks.StreamBlock):
    """The whole tree. A draft may be incomplete; whatever is to be published, now, later or after a
    workflow, is one tree without circles and dead ends, and each mistake stands at its node.
    """

    question = QuestionNodeBlock()
    outcome = OutcomeNodeBlock()

    def clean(self, value):
        found: list[Fault] = [] if self.is_deferred_validation else faults(nodes_of(value))
        try:
            cleaned = super().clean(value)
        except StreamBlockValidationError as own:
            raise _with_faults(own, found) from own
        if found:
            raise _with_faults(StreamBlockValidationError(), found)
        return cleaned


def _with_faults(error: StreamBlockValidationError, found: list[Fault]) -> StreamBlockValidationError:
    """The blocks' own errors and those of the tree, each at its place."""
    whole = [*error.non_block_errors.as_data(), *(ValidationError(f.message) for f in found if f.place is None)]
    errors = dict(error.block_errors)
    for place in {fault.place for fault in found if fault.place is not None}:
        errors[place] = _of_node(errors.get(place), [fault for fault in found if fault.place == place])
    return StreamBlockValidationError(block_errors=errors, non_block_errors=whole)


def _of_node(own: ValidationError | None, found: list[Fault]) -> StructBlockValidationError:
    fields = own.block_errors if isinstance(own, StructBlockValidationError) else {}
    whole = own.non_block_errors.as_data() if isinstance(own, StructBlockValidationError) else []
    whole = [*whole, *(ValidationError(fault.message) for fault in found)]
    return StructBlockValidationError(block_errors=fields, non_block_errors=whole)
