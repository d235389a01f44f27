"""Marking a text: every character of it survives, escaped, and every span is marked where it lies."""

from __future__ import annotations

import re
from html import unescape
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.views.marking import ActorSpan, HitSpan, QuoteSpan, Span, by_paragraph, mark, with_its_marks

TEXT = "Annan said that “the plan holds” in Geneva."


def name(start: int, end: int, url: str = "/a/") -> ActorSpan:
    return ActorSpan(start, end, url=url, title="Kofi Annan, person", kind="person")


def test_a_text_without_spans_is_only_escaped() -> None:
    assert mark("a < b & c") == "a &lt; b &amp; c"


def test_a_name_becomes_a_link_and_a_quote_an_element() -> None:
    start = TEXT.index("the plan")
    html = mark(TEXT, actors=[name(0, 5)], quotes=[Span(start, start + len("the plan holds"))])

    assert '<a class="actor person" href="/a/" title="Kofi Annan, person">Annan</a> said' in html
    assert "“<q>the plan holds</q>”" in html


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("He said “no”.", "“no”"),
        ("Er sagte „no“.", "„no“"),
        ('"no," he said', '"no,"'),
        ('"no, he said', '"no'),
        ("and no", "no"),
        ("Il dit «no", "«no"),
    ],
)
def test_quotation_marks_belong_to_the_quote(text: str, marked: str) -> None:
    start = text.index("no")
    quote = with_its_marks(QuoteSpan(start, start + 2, number=1), text)

    assert text[quote.start : quote.end] == marked


def test_a_hit_inside_a_name_inside_a_quote_nests_in_that_order() -> None:
    html = mark("Kofi Annan", actors=[name(0, 10)], quotes=[Span(0, 10)], hits=[Span(5, 10)])

    assert html.startswith("<q><a ")
    assert html.endswith("Kofi <mark>Annan</mark></a></q>")


def test_spans_that_lie_across_each_other_still_give_elements_that_nest() -> None:
    html = mark("one two three", actors=[name(4, 13)], quotes=[Span(0, 7)])

    assert re.sub(r' (class|href|title)="[^"]*"', "", html) == "<q>one <a>two</a></q><a> three</a>"


def test_of_two_names_that_overlap_the_first_is_kept() -> None:
    html = mark("Kofi Annan", actors=[name(0, 10, "/first/"), name(5, 10, "/second/")])

    assert "/first/" in html
    assert "/second/" not in html


def test_nothing_from_outside_becomes_markup() -> None:
    evil = ActorSpan(0, 8, url='/"><script>', title='"><script>alert(1)</script>', kind="person")
    html = mark("<script>", actors=[evil], quotes=[Span(0, 4)], hits=[Span(2, 6)])

    assert "<script" not in html


def test_a_quote_over_two_paragraphs_is_marked_in_both() -> None:
    parts = by_paragraph([0, 12], [10, 20], [Span(5, 15)])

    assert parts == [[Span(5, 10)], [Span(0, 3)]]


def test_a_span_past_the_text_is_cut_at_its_end() -> None:
    assert by_paragraph([0], [4], [Span(2, 99), Span(50, 60)]) == [[Span(2, 4)]]


def test_a_hit_to_step_to_has_its_place_before_the_name_that_it_lies_in() -> None:
    hits = [HitSpan(5, 10, number=1, of=2, term="annan"), HitSpan(17, 21, number=2, of=2, term="plan")]
    html = mark("Kofi Annan has a plan", actors=[name(0, 10)], hits=hits)

    assert re.search(r'id="hit-1">.*?</span></span><a class="actor.*?Kofi <mark>Annan</mark></a>', html)
    assert re.search(r'id="hit-2">.*?plan: hit 2 of 2.*?</span></span><mark>plan</mark>', html)
    assert html.count('<a href="#hit-2" data-key="n">') == 1
    assert html.count('<a href="#hit-1" data-key="n">') == 1, "after the last comes the first"


def test_a_hit_in_several_pieces_has_one_place_to_step_to() -> None:
    hit = HitSpan(0, 9, number=1, of=1, term="one two")
    html = mark("one two three", actors=[name(4, 7)], quotes=[Span(2, 13)], hits=[hit])

    assert html.count('id="hit-1"') == 1


spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 30), st.integers(0, 20))


@given(
    st.text(max_size=40),
    st.lists(spans, max_size=4),
    st.lists(spans, max_size=4),
    st.lists(spans, max_size=4),
)
def test_the_words_are_never_changed(
    text: str, actors: list[Span], quotes: list[Span], hits: list[Span]
) -> None:
    html = mark(text, actors=[name(a.start, a.end) for a in actors], quotes=quotes, hits=hits)

    stripped = re.sub(r"</?(?:a|q|mark)(?: [^>]*)?>", "", html)
    assert unescape(stripped) == unescape(str(mark(text)))
    open_elements: list[str] = []
    for close, element in re.findall(r"<(/?)(a|q|mark)[ >]", html):
        if close:
            assert open_elements.pop() == element
        else:
            open_elements.append(element)
    assert not open_elements


def test_a_paragraph_four_times_as_long_takes_some_four_times_the_work() -> None:
    def spent(words: int) -> float:
        text = "Annan said no. " * words
        names = [name(15 * number, 15 * number + 5) for number in range(words)]
        hits = [Span(15 * number + 6, 15 * number + 10) for number in range(words)]
        quotes = [QuoteSpan(15 * number + 11, 15 * number + 13, number=number + 1) for number in range(words)]

        def once() -> float:
            started = process_time()
            mark(text, actors=names, quotes=quotes, hits=hits)
            return process_time() - started

        return min(once() for _ in range(3))

    assert spent(4_000) < 10 * spent(1_000)  # by pairs it would be sixteen times
