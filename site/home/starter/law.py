"""Acts and the provisions that the content cites."""

from __future__ import annotations

import datetime

from wagtail.models import Page

from home.starter.files import citation, read
from law.models import LegalAct, Provision, ReviewState

# What later versions of the files added: filled in where empty, unless staff saved the row (it has a revision).
ACT_WORDS = ("short_kk", "short_ru", "aliases")
GISTS = ("gist_kk", "gist_ru")


class Provisions:
    """Acts from the file, provisions made as they are cited."""

    def __init__(self) -> None:
        self.acts: dict[str, LegalAct] = {}
        self.provisions: dict[tuple[str, str], Provision] = {}

    def load(self) -> None:
        known = {act.key: act for act in LegalAct.objects.all()}
        for facts in read("acts.yaml"):
            act = known.get(facts["key"])
            self.acts[facts["key"]] = act or self._make(facts)
            if act:
                _fill(act, _act_words(facts))
        self.provisions = {(row.act.key, row.ref): row for row in Provision.objects.all()}
        for (act_key, ref), provision in self.provisions.items():
            _fill(provision, _gists(act_key, ref))
        for listed in read("provisions.yaml"):
            self.get(listed)

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
            **_act_words(facts),
        )

    def get(self, text: str) -> Provision:
        """The provision of a citation as the files write it. Raises KeyError for an unknown act."""
        act, ref = citation(text)
        if (act, ref) not in self.provisions:
            self.provisions[act, ref] = Provision.objects.create(act=self.acts[act], ref=ref, **_gists(act, ref))
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


def _act_words(facts: dict) -> dict[str, str]:
    short = facts["short"]
    return dict(zip(ACT_WORDS, (short["kk"], short["ru"], "\n".join(facts["aliases"])), strict=True))


def _gists(act: str, ref: str) -> dict[str, str]:
    """Empty where nobody has read the text of the provision for the file."""
    words = read("provisions.yaml").get(f"{act} {ref}".strip(), {})
    return dict(zip(GISTS, (words.get("kk", ""), words.get("ru", "")), strict=True))


def _fill(row: LegalAct | Provision, words: dict[str, str]) -> None:
    new = {name: text for name, text in words.items() if text}
    if row.latest_revision_id is None and new and not any(getattr(row, name) for name in words):
        for name, text in new.items():
            setattr(row, name, text)
        row.save(update_fields=list(new))


def _date(value) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value
