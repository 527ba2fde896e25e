"""Decision trees of the starter content: the nodes stand once, their words by language."""

from __future__ import annotations

from wagtail.models import Page

from faq.trees import DecisionTreePage
from home.starter import files
from home.starter.law import Provisions
from home.starter.markdown import rich_text
from home.starter.tree import Tree, Twins


def load_trees(tree: Tree, law: Provisions, index: Twins) -> None:
    """Makes the trees below `index`. Raises BrokenTreeError where the file's answers lead nowhere."""
    for facts in files.read("trees.yaml"):

        def build(language: str, facts: dict = facts) -> Page:
            text = facts[language]
            return DecisionTreePage(
                title=text["title"],
                slug=facts["slug"],
                summary=text["summary"],
                audience=facts["audience"],
                nodes=[_node(node, language, tree, law) for node in facts["nodes"]],
                is_verified=facts["verified"],
            )

        def finish(page: Page, language: str, facts: dict = facts) -> None:
            law.cite(page.citations, facts["citations"])
            law.compared(page, facts["citations"])

        tree.twins(f"tree:{facts['key']}", index, build, finish)


def _node(facts: dict, language: str, tree: Tree, law: Provisions) -> tuple[str, dict]:
    text = facts[language]
    if "provisions" in facts:
        return "outcome", {
            "key": facts["key"],
            "title": text["title"],
            "text": rich_text(text["text"]),
            "provisions": [law.get(citation) for citation in facts["provisions"]],
            "next_page": _page(tree, facts.get("next"), language),
        }
    answers = zip(text["answers"], facts["goto"], strict=True)
    return "question", {
        "key": facts["key"],
        "question": text["question"],
        "help": rich_text(text.get("help", "")),
        "answers": [{"label": label, "goto": goto} for label, goto in answers],
    }


def _page(tree: Tree, name: str | None, language: str) -> Page | None:
    """A page that was made before, by its name: `guide:guide-flood`. Raises KeyError for an unknown one."""
    return Page.objects.get(pk=tree.existing[files.key_of(name), language]) if name else None
