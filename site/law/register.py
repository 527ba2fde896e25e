"""What the public register tells of acts and provisions. Drafts are not in it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from law import references
from law.acts import LegalAct, Provision
from law.amendments import AmendedProvision, Amendment
from law.usage import numbers_of_texts


@dataclass(frozen=True)
class Entry:
    """A provision in the list of its act, with the number of texts that cite it."""

    provision: Provision
    texts: int

    @property
    def article(self) -> str:
        return (_steps(self.provision.ref) or [self.provision.ref])[0]


def acts_by_rank():
    """Published acts with `cited`, how many provisions of each are in the register. One query."""
    return (
        LegalAct.objects.live()
        .by_rank()
        .annotate(cited=Count("provisions", filter=Q(provisions__live=True) & ~Q(provisions__ref="")))
    )


def entries_of(act: LegalAct, language: str) -> list[Entry]:
    """Published provisions of an act in the order of the law; the act as a whole is not among them."""
    provisions = [provision for provision in Provision.objects.published().of_act(act) if provision.ref]
    texts = numbers_of_texts(provisions, language)
    provisions.sort(key=lambda provision: provision.sort_key)
    return [Entry(provision, texts[provision.pk]) for provision in provisions]


def around(provision: Provision) -> tuple[list[Provision], list[Provision]]:
    """What holds a provision (outermost first), and its parts in the order of the law. One query."""
    own = _steps(provision.ref)
    others = [other for other in Provision.objects.published().of_act(provision.act) if other.ref]
    others.sort(key=lambda other: other.sort_key)
    holds = [other for other in others if own and _is_part(own, _steps(other.ref))]
    parts = [other for other in others if own and _is_part(_steps(other.ref), own)]
    return holds, parts


def amendments_of(provision: Provision) -> list[Amendment]:
    """Recorded changes that reach a provision, the latest first, each once. One query."""
    rows = AmendedProvision.objects.filter(provision__act=provision.act).select_related("amendment", "provision")
    touched = {row.amendment for row in rows if references.reaches(row.provision.ref, provision.ref)}
    return sorted(touched, key=lambda amendment: (amendment.in_force_on, amendment.pk), reverse=True)


def _steps(ref: str) -> list[str]:
    """`42(5)(12)` → `["42", "5", "12"]`; nothing where the text is no reference."""
    try:
        article, parts = references.parse(ref)
    except ValueError:
        return []
    return [article, *parts]


def _is_part(steps: list[str], of: list[str]) -> bool:
    return len(steps) > len(of) > 0 and steps[: len(of)] == of
