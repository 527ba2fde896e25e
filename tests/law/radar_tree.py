"""A tree of texts that lean on one article of one law by every route there is, and of neighbours that do not."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field

from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from courses.catalogue import CoursePage, LessonPage
from faq.glossary import GlossaryTerm
from faq.guides import GuideIndexPage, GuidePage
from faq.questions import QuestionPage, TopicPage
from faq.trees import DecisionTreePage
from law.amendments import Amendment, RadarItem, radar_content_type
from law.enums import DutyRule
from law.models import Duty, LegalAct, Provision, SharedNote
from tests.core.sample import first

_numbers = itertools.count(1)
REFS = ("42", "42(8)", "42(5)(12)", "42-1", "43", "")


def link(provision: Provision) -> str:
    return f'<p>Так сказано в <a linktype="provision" id="{provision.pk}">законе</a>.</p>'


def block(kind: str, value) -> list[dict]:
    return [{"type": kind, "value": value}]


def items(*values) -> list[dict]:
    """A list as Wagtail stores it."""
    return [{"type": "item", "value": value, "id": f"item-{place}"} for place, value in enumerate(values)]


def steps(text: str) -> list[dict]:
    return block("steps", {"steps": items({"title": "Первый", "text": text})})


def outcome(text: str, *provisions: Provision) -> list[dict]:
    basis = items(*(provision.pk for provision in provisions))
    node = {"key": "end", "title": "Итог", "text": text, "provisions": basis, "next_page": None}
    return block("outcome", node)


def practice(provision: Provision, why: str) -> list[dict]:
    options = items(
        {"text": "Да", "is_right": True, "why": why}, {"text": "Нет", "is_right": False, "why": "<p>Нет.</p>"}
    )
    basis = items(provision.pk)
    return block("practice", {"question": "Верно ли?", "options": options, "provisions": basis})


@dataclass
class Tree:
    """`leans` says by which routes each text leans on article 42; what else was made is a neighbour."""

    law: dict[str, Provision]
    other_law: dict[str, Provision]
    leans: dict[object, set[str]] = field(default_factory=dict)
    neighbours: list[Page] = field(default_factory=list)

    def question(self, title: str, body=(), cites=(), language: str = "ru", **fields) -> QuestionPage:
        page = QuestionPage(title=title, short_answer="Да.", body=json.dumps(list(body)), **fields)
        return self._add(first(TopicPage, language), page, cites)

    def guide(self, title: str, body=(), cites=()) -> GuidePage:
        return self._add(first(GuideIndexPage, "ru"), GuidePage(title=title, body=json.dumps(list(body))), cites)

    def decision_tree(self, title: str, nodes) -> DecisionTreePage:
        return self._add(first(GuideIndexPage, "ru"), DecisionTreePage(title=title, nodes=json.dumps(nodes)), ())

    def lesson(self, title: str, body) -> LessonPage:
        return self._add(first(CoursePage, "ru"), LessonPage(title=title, body=json.dumps(body)), ())

    def note(self, title: str, cites=(), language: str = "ru", **fields) -> SharedNote:
        locale = Locale.objects.get(language_code=language)
        return self._cite(SharedNote.objects.create(title=title, text="<p>!</p>", locale=locale, **fields), cites)

    def term(self, title: str, cites=(), language: str = "ru", **fields) -> GlossaryTerm:
        locale = Locale.objects.get(language_code=language)
        fields = {"slug": "radar-term", "definition": "Слово.", "locale": locale} | fields
        return self._cite(GlossaryTerm.objects.create(term=title, **fields), cites)

    def duty(self, key: str, provision: Provision) -> Duty:
        return Duty.objects.create(
            key=key, title_kk=key, title_ru=key, rule=DutyRule.MONTHLY, day=5, provision=provision
        )

    def keys(self) -> set[tuple[int, int]]:
        return {key_of(text) for text in self.leans}

    def texts(self, kind: type) -> list:
        return [text for text in self.leans if isinstance(text, kind)]

    def _add(self, parent: Page, page, cites):
        page.slug = f"radar-{next(_numbers)}"
        parent.add_child(instance=page)
        return self._cite(page, cites)

    @staticmethod
    def _cite(text, cites):
        for provision in cites:
            text.citations.add(text.citations.model(provision=provision))
        text.save()
        return text


def key_of(text) -> tuple[int, int]:
    return radar_content_type(type(text)).pk, text.pk


def make_provisions(key: str) -> dict[str, Provision]:
    act = LegalAct.objects.create(key=key, kind="law", title_kk=f"Заң {key}", title_ru=f"Закон {key}")
    return {ref: Provision.objects.create(act=act, ref=ref) for ref in REFS}


def make_tree() -> Tree:
    """Every route to article 42 of one law, and every neighbour that is easily taken for it."""
    tree = Tree(make_provisions("radar-law"), make_provisions("other-law"))
    law, leans = tree.law, tree.leans

    by_field = tree.question("Поле", cites=[law["42(8)"]])
    twin = tree.question("Өріс", language="kk", translation_key=by_field.translation_key)
    leans |= {by_field: {"field"}, twin: {"twin"}}

    leans[tree.question("Ссылка", block("text", link(law["42"])))] = {"text"}
    leans[tree.guide("Шаг", steps(link(law["42(5)(12)"])))] = {"text"}
    leans[tree.question("Список дел", block("checklist", {"title": "", "items": items(link(law["42"]))}))] = {"text"}
    leans[tree.question("Врезка", block("note", {"kind": "note", "title": "", "text": link(law["42"])}))] = {"text"}
    leans[
        tree.guide("Блок", block("citation", {"provision": law["42"].pk, "text": "", "reason": ""}), [law["42(8)"]])
    ] = {"block", "field"}
    leans[tree.decision_tree("Ссылка в итоге", outcome(link(law["42"]), law["43"]))] = {"text"}
    leans[tree.decision_tree("Норма в итоге", outcome("<p>Да.</p>", law["42(8)"]))] = {"block"}
    leans[tree.lesson("Объяснение ответа", practice(law["43"], link(law["42"])))] = {"text"}

    note = tree.note("Врезка закона", [law["42(5)(12)"]])
    note_kk = tree.note("Заң ескертпесі", language="kk", translation_key=note.translation_key)
    with_note = tree.question("Общая врезка", block("shared_note", {"note": note.pk}))
    with_note_kk = tree.question("Ортақ ескертпе", block("shared_note", {"note": note_kk.pk}), language="kk")
    leans |= {note: {"field"}, note_kk: {"twin"}, with_note: {"snippet"}, with_note_kk: {"snippet"}}

    term = tree.term("Радар", [law["42"]])
    leans |= {term: {"field"}, tree.term("Радар", language="kk", translation_key=term.translation_key): {"twin"}}
    leans[tree.duty("radar-duty", law["42(8)"])] = {"field"}
    leans[tree.question("Черновик", cites=[law["42"]], live=False)] = {"field"}

    tree.duty("quiet-duty", law["42-1"])
    tree.note("Врезка о другом", [law["43"]])
    tree.neighbours = [
        tree.question("Статья 42-1", block("text", link(law["42-1"])), [law["42-1"]]),
        tree.question("Статья 43", cites=[law["43"]]),
        tree.question("Закон целиком", block("text", link(law[""])), [law[""]]),
        tree.question("Другой закон", block("text", link(tree.other_law["42"])), [tree.other_law["42(8)"]]),
        tree.question("Без норм"),
    ]
    return tree


def amendment_form(*provisions: Provision, **fields) -> dict:
    """What a lawyer fills in; a provision may be given with what happens to it: `(provision, "repealed")`."""
    rows = [row if isinstance(row, tuple) else (row, "amended") for row in provisions]
    form = {
        "title_kk": "42-бапқа түзету",
        "title_ru": "Поправка в статью 42",
        "in_force_on": "2026-12-01",
        "act": "",
        "source_url": "https://adilet.zan.kz/rus/docs/Z2600000001",
        "what_kk": "Хабарлау мерзімі өзгереді",
        "what_ru": "Меняется срок уведомления",
        "provisions": inline_formset(
            [
                {"provision": str(provision.pk), "effect": effect, "ORDER": place}
                for place, (provision, effect) in enumerate(rows, start=1)
            ]
        ),
    }
    return nested_form_data(form | fields)


def record(client, *provisions: Provision, **fields) -> Amendment:
    """Recorded through the admin; fails with what the form said against it."""
    before = set(Amendment.objects.values_list("pk", flat=True))
    response = client.post(reverse("wagtailsnippets_law_amendment:add"), amendment_form(*provisions, **fields))
    assert response.status_code == 302, response.content.decode()
    return Amendment.objects.exclude(pk__in=before).get()


def worklist_url(amendment: Amendment) -> str:
    return reverse("law_radar_worklist", args=[amendment.pk])


def item_of(amendment: Amendment, text) -> RadarItem:
    return amendment.items.of(text).get()
