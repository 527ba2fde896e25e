"""The law in the content files: gists, names of acts, links in answers, and what helps to find an answer."""

from __future__ import annotations

import re

import pytest

from core.icons import ICONS
from faq.enums import Audience
from home.starter import files
from home.starter.links import law_blocks, written_links
from law.models import Provision
from law.references import in_words, parse, slug
from tests.home.test_content import COURSES, GUIDES, PAGES, QUESTIONS, WORDS, all_citations


@pytest.mark.django_db
@pytest.mark.parametrize("language", files.LANGUAGES)
def test_every_provision_has_words_in_both_languages_and_no_gist_in_one_alone(language):
    for provision in Provision.objects.all():
        if provision.ref:
            assert in_words(provision.ref, language, provision.act.key) != provision.ref
        assert bool(provision.gist_kk) == bool(provision.gist_ru), provision.ref
        assert max(len(provision.gist_kk), len(provision.gist_ru)) <= 300, provision.ref


def test_every_gist_is_short_in_both_languages_and_of_a_known_reference():
    acts = {facts["key"] for facts in files.read("acts.yaml")}
    for text, words in files.read("provisions.yaml").items():
        act, ref = files.citation(text)
        assert act in acts, text
        parse(ref)
        assert set(words) == set(files.LANGUAGES), text
        assert all(10 <= len(gist) <= 200 for gist in words.values()), text


def test_gists_are_of_what_is_cited_and_of_the_articles_that_hold_it():
    listed = {files.citation(text) for text in files.read("provisions.yaml")}
    cited = {files.citation(text) for text in all_citations()}
    trees = {
        files.citation(text)
        for tree in files.read("trees.yaml")
        for node in tree["nodes"]
        for text in node.get("provisions", [])
    }
    used = {(act, slug(ref)) for act, ref in cited | trees}

    for act, ref in listed:
        own = slug(ref)
        assert any(act == other and (text == own or text.startswith(f"{own}.")) for other, text in used), (act, ref)


def test_every_act_has_a_short_name_in_both_languages_and_what_people_call_it():
    for facts in files.read("acts.yaml"):
        assert set(facts["short"]) == set(files.LANGUAGES), facts["key"]
        assert all(0 < len(name) <= 120 for name in facts["short"].values()), facts["key"]
        assert len(set(facts["aliases"])) == len(facts["aliases"]) > 0, facts["key"]
    aliases = {alias: facts["key"] for facts in files.read("acts.yaml") for alias in facts["aliases"]}
    assert len(aliases) == sum(len(facts["aliases"]) for facts in files.read("acts.yaml")), "one name of two acts"
    assert aliases["ЗРК О жилищных отношениях"] == aliases["Тұрғын үй қатынастары туралы заң"] == "housing-law"
    assert aliases["КоАП"] == aliases["ӘҚБтК"] == "coao"
    assert aliases["АППК"] == aliases["ӘРПК"] == "appc"


@pytest.mark.parametrize("language", files.LANGUAGES)
def test_every_question_is_also_asked_in_other_words(language):
    every = [phrase for text in WORDS[language].values() for phrase in text["phrasings"]]
    assert len(set(every)) == len(every)
    for key, text in WORDS[language].items():
        hidden = {words.strip().casefold() for words in text["hidden_words"].split(",")}
        assert 2 <= len(text["phrasings"]) <= 3, key
        for phrase in text["phrasings"]:
            assert phrase.endswith("?"), key
            assert phrase != text["question"], key
            assert phrase.rstrip("?").casefold() not in hidden, key


def test_every_question_knows_for_whom_it_is_and_where_to_go_next():
    events = {facts["key"]: facts for facts in files.read("life_events.yaml")}
    pages = {f"guide:{key}" for key in GUIDES} | {f"course:{key}" for key in COURSES} | {f"page:{key}" for key in PAGES}
    pages |= {f"tree:{facts['key']}" for facts in files.read("trees.yaml")}

    for key, facts in QUESTIONS.items():
        assert facts["audience"] in Audience.values, key
        assert facts["next"] in pages, key
        assert facts.get("life_event", next(iter(events))) in events, key
    for key, facts in GUIDES.items():
        assert facts["next"] in pages - {f"guide:{key}"}, key
    used = {facts["life_event"] for facts in QUESTIONS.values() if "life_event" in facts}
    assert used == set(events), "an event without a question leads nowhere"
    assert 8 <= len(events) <= 10
    for facts in events.values():
        assert facts["icon"] in ICONS
        assert all(0 < len(facts[language]) <= 80 for language in files.LANGUAGES)


@pytest.mark.parametrize("key", QUESTIONS)
def test_links_to_provisions_say_what_they_lead_to_and_are_the_same_in_both_languages(key):
    linked = {language: sorted(written_links(WORDS[language][key]["answer"])) for language in files.LANGUAGES}

    assert linked["kk"] == linked["ru"]
    assert set(linked["ru"]) <= set(QUESTIONS[key]["citations"])
    for language, last in (("ru", r"(?:ст\.|п\.|пп\.) ([\d-]+)$"), ("kk", r"([\d-]+)-(?:бап|тармақ|тармақша)$")):
        links = re.findall(r"\[([^\]]+)\]\(law:[a-z-]+ ([\d-]+(?:\([\d-]+\))*)\)", WORDS[language][key]["answer"])
        assert len(links) == len(linked[language])
        for words, ref in links:
            assert re.search(last, words)[1] == slug(ref).split(".")[-1], (words, ref)


def test_most_answers_link_to_their_provisions():
    assert sum(bool(written_links(text["answer"])) for text in WORDS["ru"].values()) >= 40


def test_a_link_to_a_provision_is_stored_as_wagtail_stores_it():
    row = Provision(pk=7)
    source = (
        "Текст ([ст. 42, п. 8](law:housing-law 42(8))).\n\n::: steps\n1. **Шаг.** [ст. 46](law:housing-law 46)\n:::"
    )

    (_, text), (_, steps) = law_blocks(source, {"housing-law 42(8)": row, "housing-law 46": row}.__getitem__)

    assert '<a linktype="provision" id="7">ст. 42, п. 8</a>' in text
    assert '<a linktype="provision" id="7">ст. 46</a>' in steps["steps"][0]["text"]


def test_a_link_in_a_table_is_refused():
    with pytest.raises(ValueError, match="a table cannot hold a link"):
        law_blocks(
            "| Что | Где |\n|---|---|\n| Кворум | [ст. 42](law:housing-law 42) |", lambda citation: Provision(pk=1)
        )


def test_terms_have_an_english_word_and_everyday_words_are_not_marked():
    facts = files.read("glossary.yaml")

    assert all(term["term_en"].isascii() and len(term["term_en"]) <= 160 for term in facts)
    assert 5 <= sum(not term.get("marked", True) for term in facts) <= 20
