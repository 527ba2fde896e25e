"""Terms found in running text, and HTML that stays what it was."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.html_pieces import pieces
from faq.term_matching import Matcher
from faq.terms import mark
from home.starter.files import lessons, read

TERMS = {
    "ru": [
        ("osi", "объединение собственников имущества", "ОСИ"),
        ("ksk", "кооператив собственников квартир (нежилых помещений)", "КСК"),
        ("obschee-imuschestvo", "общее имущество", ""),
        ("ogranichennoe", "общее имущество ограниченного пользования", ""),
        ("komissiya", "ревизионная комиссия (ревизор)", ""),
        ("kvorum", "кворум", ""),
        ("predpisanie", "предписание", ""),
        ("pereplanirovka", "перепланировка", ""),
        ("uchastok", "придомовой земельный участок", ""),
        ("penya", "пеня", ""),
        ("vznos", "взнос на содержание парковочного места, кладовки", ""),
    ],
    "kk": [
        ("osi", "мүлік иелерінің бірлестігі", "МИБ"),
        ("ksk", "пәтерлердің (тұрғын емес үй-жайлардың) меншік иелерінің кооперативі", "ПИК"),
        ("keneske", "үй кеңесі", ""),
        ("jinalys", "меншік иелерінің жиналысы", ""),
        ("shagym", "шағым", ""),
        ("kvorum", "кворум", ""),
        ("shot", "жинақ шоты", ""),
        ("esep", "айлық есеп", ""),
    ],
}
MATCHERS = {language: Matcher(terms, language) for language, terms in TERMS.items()}


def found(language: str, text: str) -> list[tuple[str, str]]:
    return [(text[start:end], slug) for start, end, slug in MATCHERS[language].find(text)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "счёт объединению собственников имущества", [("объединению собственников имущества", "osi")]),
        ("ru", "В ОСИ нет ОСИ-101", [("ОСИ", "osi")]),
        ("ru", "оси колеса", []),
        ("ru", "кооперативом собственников квартир", [("кооперативом собственников квартир", "ksk")]),
        ("ru", "ревизионной комиссии (ревизору)", [("ревизионной комиссии", "komissiya")]),
        ("ru", "общего имущества", [("общего имущества", "obschee-imuschestvo")]),
        (
            "ru",
            "Общее имущество ограниченного пользования",
            [("Общее имущество ограниченного пользования", "ogranichennoe")],
        ),
        ("ru", "без кворума, при кворуме", [("кворума", "kvorum"), ("кворуме", "kvorum")]),
        ("ru", "предписаний; предписано; предписанный", [("предписаний", "predpisanie")]),
        ("ru", "много перепланировок", [("перепланировок", "pereplanirovka")]),
        ("ru", "придомового земельного участка", [("придомового земельного участка", "uchastok")]),
        ("ru", "пени и пеней, но не пенсия", [("пени", "penya"), ("пеней", "penya")]),
        (
            "ru",
            "взносы на содержание парковочного места, кладовки",
            [("взносы на содержание парковочного места, кладовки", "vznos")],
        ),
        ("ru", "взносы на содержание парковочного места кладовки", []),
        ("ru", "общее — имущество", []),
        ("ru", "общее&nbsp;имущество", [("общее&nbsp;имущество", "obschee-imuschestvo")]),
        ("ru", "общее\n  имущество", [("общее\n  имущество", "obschee-imuschestvo")]),
        ("kk", "МИБ-тің МИБ төрағасы", [("МИБ-тің", "osi"), ("МИБ", "osi")]),
        ("kk", "мүлік иелерінің бірлестігінде", [("мүлік иелерінің бірлестігінде", "osi")]),
        ("kk", "Үй кеңесіне, үй кеңестері", [("Үй кеңесіне", "keneske"), ("үй кеңестері", "keneske")]),
        ("kk", "меншік иелері жиналыс өткізеді", []),
        ("kk", "меншік иелерінің жиналыстарында", [("меншік иелерінің жиналыстарында", "jinalys")]),
        ("kk", "шағымдарға шағымдану шағымы", [("шағымдарға", "shagym"), ("шағымы", "shagym")]),
        ("kk", "кворумсыз", [("кворумсыз", "kvorum")]),
        ("kk", "жинақ шоттарынан", [("жинақ шоттарынан", "shot")]),
        ("kk", "айлық есебін", [("айлық есебін", "esep")]),
    ],
)
def test_a_term_is_found_in_any_form_of_its_words_and_nothing_else_is(language, text, expected):
    assert found(language, text) == expected


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/x">ОСИ</a>',
        "<h2>ОСИ</h2><h3><b>ОСИ</b></h3>",
        "<code>ОСИ</code><pre>ОСИ</pre>",
        "<dfn>ОСИ</dfn><abbr title='ОСИ'>ОСИ</abbr>",
        '<p title="ОСИ" data-x=\'ОСИ > "\'></p>',
        "<!-- ОСИ --><script>ОСИ</script><style>ОСИ</style>",
        '<b class="step-title">ОСИ</b><p class="box box-title">ОСИ <i>ОСИ</i></p>',
        "<label><input type=checkbox><span>ОСИ</span></label>",
        "<table><tr><th>ОСИ</th></tr></table>",
        "<a>ОСИ",
        '<p title="ОСИ',
        "<p ОСИ",
        "<svg><title>ОСИ</title><path/></svg>",
        "&ОСИ;",
    ],
)
def test_words_that_are_no_prose_stay_as_they_are(html):
    assert mark(html, MATCHERS["ru"]) == (html, [])


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>ОСИ и ОСИ</p>", '<p><dfn><a class="term-link" id="use-osi" href="#term-osi">ОСИ</a></dfn> и ОСИ</p>'),
        ("<h2>ОСИ</h2>ОСИ", '<h2>ОСИ</h2><dfn><a class="term-link" id="use-osi" href="#term-osi">ОСИ</a></dfn>'),
        ("</b></a>ОСИ", '</b></a><dfn><a class="term-link" id="use-osi" href="#term-osi">ОСИ</a></dfn>'),
        ("1 < 2 ОСИ", '1 < 2 <dfn><a class="term-link" id="use-osi" href="#term-osi">ОСИ</a></dfn>'),
        (
            "<br>ОСИ<script>'</p>'</script>",
            '<br><dfn><a class="term-link" id="use-osi" href="#term-osi">ОСИ</a></dfn><script>\'</p>\'</script>',
        ),
    ],
)
def test_the_first_of_a_term_is_wrapped(html, expected):
    assert mark(html, MATCHERS["ru"]) == (expected, ["osi"])


def test_a_term_inside_a_longer_one_is_not_the_shorter_one():
    html, slugs = mark("общее имущество ограниченного пользования, им же общее имущество", MATCHERS["ru"])

    assert slugs == ["ogranichennoe", "obschee-imuschestvo"]
    assert html.endswith('#term-obschee-imuschestvo">общее имущество</a></dfn>')


class Text(HTMLParser):
    """What a browser would show of it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_data(self, data):
        self.words.append(data)


WORDS = st.sampled_from(
    [
        form
        for terms in TERMS.values()
        for _slug, term, abbreviation in terms
        for form in (term, abbreviation, f"{term}а")
    ]
)
MARKUP = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<a>",
        "</a>",
        "<a href='x",
        "<h2>",
        "</h2>",
        "<!--",
        "-->",
        "<!x>",
        "<?x>",
        "</",
        "</>",
    ]
    + [
        "&nbsp;",
        "&amp;",
        "&",
        "<",
        ">",
        '"',
        "'",
        "<br/>",
        "<li>",
        "<script>",
        "</script>",
        "<svg>",
        "</svg>",
        "<code>",
    ]
    + ["</code>", '<p title="ОСИ">', "<p title='ОСИ\">", "<dfn>", "</dfn>", "-", "(", ")", ",", "\u0301", "\u200b"]
)
HTML = st.lists(st.one_of(WORDS, MARKUP, st.text(max_size=6), st.just(" ")), max_size=30).map("".join)


@given(HTML)
def test_pieces_of_any_text_joined_are_the_text(html):
    assert "".join(piece for piece, _may_touch in pieces(html)) == html


@given(HTML, st.sampled_from(["ru", "kk"]))
def test_whatever_the_html_only_our_own_tags_are_added(html, language):
    marked, slugs = mark(html, MATCHERS[language])

    stripped = re.sub(
        r'<dfn><a class="term-link" id="use-[\w-]+" href="#term-[\w-]+">(.*?)</a></dfn>', r"\1", marked, flags=re.S
    )
    assert stripped == html
    assert len(slugs) == len(set(slugs))


@given(
    st.lists(st.one_of(WORDS, st.sampled_from(["<p>", "</p>", "<b>", "</b>", "&amp;", " ", ", "])), max_size=30).map(
        "".join
    )
)
def test_a_reader_reads_the_same_words(html):
    marked, _slugs = mark(html, MATCHERS["ru"])

    assert "".join(Text(marked).words) == "".join(Text(html).words)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_page_costs_less_than_five_milliseconds(language):
    """The longest lesson with the whole glossary, once the words were seen."""
    terms = [(row["slug"], row[language]["term"], row[language].get("abbr") or "") for row in read("glossary.yaml")]
    finder = Matcher(terms, language)
    html = "".join(
        f"<p>{line}</p>"
        for line in max((lesson.body for lesson in lessons("problems-mzhd", language)), key=len).split("\n")
    )
    _marked, slugs = mark(html, finder)
    assert slugs

    def once() -> float:
        before = time.perf_counter()
        mark(html, finder)
        return time.perf_counter() - before

    assert min(once() for _ in range(15)) < 0.005
