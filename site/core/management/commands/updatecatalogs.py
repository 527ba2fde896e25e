"""Adds new messages to our catalogs and drops those nobody uses (no GNU gettext needed)."""

from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.messages import Message, our_messages

# Messages of Django and allauth that we complete; they stand in no file of ours.
FOREIGN = "django-and-allauth"
PLURALS = {"kk": 2, "ru": 4}


class Command(BaseCommand):
    requires_system_checks: list[str] = []
    help = "Bring locale/*/LC_MESSAGES/django.po in step with the code and templates."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail where something is missing")

    def handle(self, *args, check: bool, **options) -> None:
        messages = our_messages()
        faults = 0
        for language, _name in settings.LANGUAGES:
            path = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"
            catalog = polib.pofile(str(path), wrapwidth=110)
            known = {Message(entry.msgid, entry.msgctxt or "", entry.msgid_plural or ""): entry for entry in catalog}
            for message, places in sorted(messages.items(), key=lambda item: (item[1], item[0].msgid)):
                if message not in known:
                    catalog.append(_entry(message, places, PLURALS[language]))
                else:
                    known[message].occurrences = [(place, "") for place in places]
            unused = [
                entry
                for message, entry in known.items()
                if message not in messages and FOREIGN not in (entry.tcomment or "")
            ]
            for entry in unused:
                catalog.remove(entry)
            missing = len(catalog.untranslated_entries()) + len(catalog.fuzzy_entries())
            faults += missing + len(unused)
            if not check:
                catalog.save()
            self.stdout.write(f"{language}: {len(catalog)} messages, {missing} to translate, {len(unused)} unused")
        if check and faults:
            raise CommandError("catalogs are not complete: run manage.py updatecatalogs and translate what is new")


def _entry(message: Message, places: list[str], plurals: int) -> polib.POEntry:
    forms: dict = {}
    if message.plural:
        forms = {"msgid_plural": message.plural, "msgstr_plural": dict.fromkeys(range(plurals), "")}
    return polib.POEntry(
        msgid=message.msgid, msgctxt=message.context or None, occurrences=[(place, "") for place in places], **forms
    )
