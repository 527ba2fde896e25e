"""Acts and the provisions that the content cites."""

from __future__ import annotations

import datetime

from wagtail.models import Page

from home.starter.files import citation, read
from law.models import LegalAct, Provision, ReviewState


class Provisions:
    """Acts from the file, provisions made as they are cited."""

    def __init__(self) -> None:
        self.acts: dict[str, LegalAct] = {}
        self.provisions: dict[tuple[str, str], Provision] = {}

    def load(self) -> None:
        known = {act.key: act for act in LegalAct.objects.all()}
        for facts in read("acts.yaml"):
            self.acts[facts["key"]] = known.get(facts["key"]) or self._make(facts)
        self.provisions = {(row.act.key, row.ref): row for row in Provision.objects.all()}

    def _make(self, facts: dict) -> LegalAct:
        url, note = facts.get("url") or {}, facts.get("note") or {}
        return LegalAct.objects.create(
            key=facts["key"],
            kind=facts["kind"],
            number=facts.get("number") or "",
            date=_date(facts.get("date")),
            state=facts["state"],
            edition_date=_date(facts.get("edition_date")),
            is_verified=facts["verified"],
            title_kk=facts["title"]["kk"],
            title_ru=facts["title"]["ru"],
            url_kk=url.get("kk") or "",
            url_ru=url.get("ru") or "",
            note_kk=note.get("kk") or "",
            note_ru=note.get("ru") or "",
        )

    def get(self, text: str) -> Provision:
        """The provision of a citation as the files write it. Raises KeyError for an unknown act."""
        act, ref = citation(text)
        if (act, ref) not in self.provisions:
            self.provisions[act, ref] = Provision.objects.create(act=self.acts[act], ref=ref)
        return self.provisions[act, ref]

    def cite(self, rows, texts: list[str]) -> None:
        """Adds citations to a child relation, in the files' order."""
        for place, text in enumerate(texts):
            rows.add(rows.model(provision=self.get(text), sort_order=place))

    def compared(self, page: Page, texts: list[str]) -> None:
        """Notes the edition the text of a page was written from; a lawyer has still to sign it."""
        edition = self.edition(texts)
        if edition:
            ReviewState.objects.create(page=page, edition_date=edition)

    def edition(self, texts: list[str]) -> datetime.date | None:
        """The edition of the first cited act that has one."""
        acts = (self.acts[citation(text)[0]] for text in texts)
        return next((_date(act.edition_date) for act in acts if act.edition_date), None)


def _date(value) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value
