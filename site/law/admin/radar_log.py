"""What the history of an amendment, and of the norms it changed, says in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from law.enums import RadarOutcome


@hooks.register("register_log_actions")
def radar_log_actions(actions) -> None:
    actions.register_action(
        "law.radar.close", gettext_lazy("Close the list of an amendment"), gettext_lazy("The list is closed")
    )
    actions.register_action(
        "law.radar.renew",
        gettext_lazy("Renew by an amendment"),
        gettext_lazy("Renewed by an amendment that came into force"),
    )

    @actions.register_action("law.radar.record")
    class Recorded(LogFormatter):
        label = gettext_lazy("Record an amendment")

        def format_message(self, log_entry) -> str:
            found = log_entry.data.get("found", 0)
            return ngettext("%(found)s text joined the list", "%(found)s texts joined the list", found) % {
                "found": found
            }

    @actions.register_action("law.radar.apply")
    class Applied(LogFormatter):
        label = gettext_lazy("Put an amendment into force")

        def format_message(self, log_entry) -> str:
            number = log_entry.data.get("published", 0)
            return ngettext(
                "In force: %(number)s prepared text published", "In force: %(number)s prepared texts published", number
            ) % {"number": number}

    @actions.register_action("law.radar.decide")
    class Decided(LogFormatter):
        label = gettext_lazy("Decide about a text")

        def format_message(self, log_entry) -> str:
            outcome = dict(RadarOutcome.choices).get(log_entry.data.get("outcome"), "")
            return _("«%(text)s»: %(outcome)s") % {"text": log_entry.data.get("text", ""), "outcome": outcome}

        def format_comment(self, log_entry) -> str:
            return log_entry.data.get("note", "")

    @actions.register_action("law.radar.prepare")
    class Prepared(LogFormatter):
        label = gettext_lazy("Prepare an edit for an amendment")

        def format_message(self, log_entry) -> str:
            return _("«%(text)s»: the draft goes live with the amendment") % {"text": log_entry.data.get("text", "")}

    @actions.register_action("law.radar.withdraw")
    class Withdrawn(LogFormatter):
        label = gettext_lazy("Withdraw a prepared edit")

        def format_message(self, log_entry) -> str:
            return _("«%(text)s»: the draft waits no longer") % {"text": log_entry.data.get("text", "")}
