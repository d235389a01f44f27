"""The query language: what is read, what is mended, and that nothing is ever raised or dropped unseen."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.search.analysis import TOKEN
from articles.search.lexer import LONGEST_QUERY, MOST_LEAVES, QUOTES
from articles.search.query_text import render
from articles.search.sought import sought
from articles.search.syntax import parse, unshouted
from articles.search.tree import (
    And,
    AtLeast,
    Everything,
    Field,
    First,
    Fuzzy,
    Inside,
    Length,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Published,
    SpeakingOf,
    Trait,
    Wildcard,
    Word,
)

A, B, C = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("", Everything()),
        ("   ", Everything()),
        ("*", Everything()),
        ("a", A),
        ("a b c", And((A, B, C))),
        ("a AND b && c", And((A, B, C))),
        ("a OR b || c", Or((A, B, C))),
        ("(a OR b) c", And((Or((A, B)), C))),
        ("a (b c)", And((A, B, C))),
        ("a OR (b OR c)", Or((A, B, C))),
        ("-a", Not(A)),
        ("NOT a", Not(A)),
        ("–a", Not(A)),
        ("a -b", And((A, Not(B)))),
        ("--a", A),
        ("NOT -a", A),
        ("-(a b)", Not(And((A, B)))),
        ("-(a)", Not(A)),
        ('-"a b"', Not(Phrase("a b"))),
        ("+a", A),
        ('"a b"', Phrase("a b")),
        ("“a b”", Phrase("a b")),
        ("«a b»", Phrase("a b")),
        ("„a b“", Phrase("a b")),
        ("‘a b’", Phrase("a b")),
        ("‘a’s b’ c", And((Phrase("a’s b"), C))),
        ('"a   b"', Phrase("a b")),
        ('"a b"~5', Phrase("a b", 5)),
        ('"a b"~0', Phrase("a b")),
        ("ab*", Prefix("ab")),
        ("ab**", Prefix("ab")),
        ("a *", A),
        ("title:a", Field("title", A)),
        ("Title:a", Field("title", A)),
        ("title: a", Field("title", A)),
        ('actor:"a b"', Field("actor", Phrase("a b"))),
        ("outlet:ab*", Field("outlet", Prefix("ab"))),
        ("author:(a OR b)", Or((Field("author", A), Field("author", B)))),
        ("title:-a", Not(Field("title", A))),
        ("-title:a", Not(Field("title", A))),
        ("title:(a actor:b)", And((Field("title", A), Field("actor", B)))),
        ("or and not", And((Word("or"), Word("and"), Word("not")))),
        ("w?rd", Wildcard("w?rd")),
        ("w**rd*", Wildcard("w*rd*")),
        ("*word", Wildcard("*word")),
        ("?ord?", Wildcard("?ord")),
        ("title:w?rd", Field("title", Wildcard("w?rd"))),
        ("brahmi~", Fuzzy("brahmi", 2)),
        ("anan~", Fuzzy("anan", 1)),
        ("annan~1", Fuzzy("annan", 1)),
        ("cease-fire~", Fuzzy("cease-fire", 2)),
        ("date:2012", Published(date(2012, 1, 1), date(2012, 12, 31))),
        ("Date: 2012-07", Published(date(2012, 7, 1), date(2012, 7, 31))),
        ('date:"2012-07-02"', Published(date(2012, 7, 2), date(2012, 7, 2))),
        ("date:2012-07..2012-09", Published(date(2012, 7, 1), date(2012, 9, 30))),
        ("date:2012–2013", Published(date(2012, 1, 1), date(2013, 12, 31))),
        ("date:2012-07..", Published(date(2012, 7, 1), None)),
        ("date:>=2012-07-02", Published(date(2012, 7, 2), None)),
        ("date:> 2012-07", Published(date(2012, 8, 1), None)),
        ("date:<2012", Published(None, date(2011, 12, 31))),
        ("date:≤2012", Published(None, date(2012, 12, 31))),
        ("event:2012-06-30", SpeakingOf(date(2012, 6, 30), date(2012, 6, 30))),
        ("event:>2012-06", SpeakingOf(date(2012, 7, 1), None)),
        ("EVENT:2012-07..2012-09", SpeakingOf(date(2012, 7, 1), date(2012, 9, 30))),
        ("-date:2012", Not(Published(date(2012, 1, 1), date(2012, 12, 31)))),
        ("is:undated", Trait("is", "undated")),
        ("HAS:Quotes", Trait("has", "quotes")),
        ("lang:EN", Trait("lang", "en")),
        ("words:>500", Length(501, None)),
        ("words:<=1,500", Length(None, 1500)),
        ("words:100..500", Length(100, 500)),
        ("words:300", Length(300, 300)),
        ("atleast3:annan", AtLeast(3, Word("annan"))),
        ('atleast2:"a b"', AtLeast(2, Phrase("a b"))),
        ("atleast2:(a OR b)", Or((AtLeast(2, A), AtLeast(2, B)))),
        ("first50:a", First(50, A)),
        ("sentence:(a b)", Inside("sentence", And((A, B)))),
        ("paragraph:(a -b)", Inside("paragraph", And((A, Not(B))))),
        ('-sentence:("a b" OR c)', Not(Inside("sentence", Or((Phrase("a b"), C))))),
        ("12:30", Word("12:30")),
        ("http://x.example/y", Word("http://x.example/y")),
        ("who?", Word("who")),
        ("O'Brien", Word("O'Brien")),
        ("cease-fire", Word("cease-fire")),
        ("Syria:", Word("Syria:")),
        ("U.S.", Word("U.S.")),
    ],
)
def test_what_is_read_as_typed(query: str, tree: Node) -> None:
    parsed = parse(query)

    assert parsed.tree == tree
    assert parsed.faults == ()
    assert parsed.repaired is None


@pytest.mark.parametrize(
    ("query", "repaired", "says"),
    [
        ("(a", "a", "not closed"),
        ("a)", "a", "never opened"),
        (")a OR b(", "a OR b", "never opened"),
        ("() a", "a", "nothing between"),
        ("(()) a", "a", "nothing between"),
        ('"a b', '"a b"', "not closed"),
        ("a AND", "a", "nothing on one side"),
        ("AND a", "a", "nothing on one side"),
        ("a OR", "a", "nothing on one side"),
        ("a OR OR b", "a OR b", "nothing on one side"),
        ("a AND OR b", "a OR b", "nothing on one side"),
        ("a NOT", "a", "nothing on one side"),
        ("a OR b c", "a OR (b c)", "binds tighter"),
        ("a b OR c", "(a b) OR c", "binds tighter"),
        ("a 🙂", "a", "🙂 holds nothing"),
        ("a - b", "a b", "- holds nothing"),
        ('a ""', "a", "holds nothing"),
        ("a*", "a", "at least 2 letters"),
        ("w.*rd", "w. rd", "letters around it"),
        ("*w", "w", "letters around it"),
        ("wo~", "wo", "at least 3 letters"),
        ("word~0", "word", "nearly like one word"),
        ("12:30~", "12:30", "nearly like one word"),
        ("w*rd~", "w*rd", "nearly like one word"),
        ("word~9", "word~2", "at most 2 letters"),
        ("date:", "date", "no value follows"),
        ("date: OR a", "date OR a", "no value follows"),
        ("date:(2012)", "date 2012", "no value follows"),
        ("date:soon", "date soon", "is no date"),
        ("date:2012-13", "date 2012-13", "is no date"),
        ("event:soon", "event soon", "is no date"),
        ("event:2013..2012", "event:2012-01-01..2013-12-31", "ran backwards"),
        ("date:2013..2012", "date:2012-01-01..2013-12-31", "ran backwards"),
        ("title:date:2012", "date:2012", "is overruled"),
        ("is:old", "is old", "knows undated, doubtful"),
        ('has:"a b"', 'has "a b"', "knows duplicates"),
        ("lang:english", "lang english", "no language's code"),
        ("words:many", "words many", "no number of words"),
        ("words:500..100", "words:100..500", "ran backwards"),
        ("title:atleast2:a", "atleast2:a", "is overruled"),
        ("sentence:(title:a b)", "title:a b", "words and phrases alone"),
        ("sentence:(-a -b)", "-a -b", "words and phrases alone"),
        ("sentence:*", "*", "nothing in particular"),
        ("word^2", "word", "cannot be weighted"),
        ('"a b"~', '"a b"', "needs a number"),
        ('"a b"~999', '"a b"~100', "at most 100"),
        ('"a* b"', '"a b"', "no meaning"),
        ("foo:bar", "foo bar", "no field called foo"),
        ("foo:title:a", "foo title:a", "no field called foo"),
        ("foo:is:undated", "foo is:undated", "no field called foo"),
        ("foo:is:*", "foo is", "no field called foo"),
        ("is:it;*", 'is "it;"', "knows undated"),
        ("title:", "title", "no word follows"),
        ("title: OR a", "title OR a", "no word follows"),
        ("title:*", "*", "nothing in particular"),
    ],
)
def test_what_is_mended(query: str, repaired: str, says: str) -> None:
    parsed = parse(query)

    assert parsed.repaired == repaired
    assert any(says in fault.message for fault in parsed.faults), parsed.faults
    assert parse(repaired).tree == parsed.tree
    assert parse(repaired).faults == ()


@pytest.mark.parametrize("query", ["🙂", "()", "AND", "-", '""', "((", "~", "OR OR"])
def test_what_asks_for_nothing_finds_nothing_and_says_so(query: str) -> None:
    parsed = parse(query)

    assert parsed.tree == Nothing()
    assert parsed.faults
    assert parsed.repaired is None


def test_long_queries_are_cut_with_a_word_about_it() -> None:
    words = parse(" ".join(f"w{number}" for number in range(200)))
    text = parse("long " * LONGEST_QUERY)

    assert len(list(sought(words.tree))) == MOST_LEAVES
    assert f"{MOST_LEAVES} words" in words.faults[0].message
    assert any(f"{LONGEST_QUERY} characters" in fault.message for fault in text.faults)


def test_deep_parentheses_do_not_exhaust_the_stack() -> None:
    parsed = parse("(" * 1000 + "a" + ")" * 1000)

    assert parsed.tree == A
    assert parsed.faults


def test_excluded_words_are_not_sought() -> None:
    assert [one.leaf for one in sought(parse("a -b (c OR -a)").tree)] == [A, C]


PIECES = st.sampled_from(
    [
        *'-–()"“‘’*?~^:+ \n🙂é',
        *("a", "bc", "AND", "OR", "NOT", "~3", "::", "title:", "foo:", "actor:", "  ", "&&", "||", "//"),
        *("cease-fire", "U.S.", "it's", "date:", "2012", "-07", "..", ">", "<=", "is:", "undated", "has:"),
        *("words:", "500", "lang:", "en", "atleast2:", "first9:", "sentence:", "paragraph:", "speaker:"),
    ]
)
QUERIES = st.one_of(st.text(max_size=50), st.lists(PIECES, max_size=16).map("".join))


@given(QUERIES)
@settings(max_examples=600)
def test_no_text_is_beyond_reading(query: str) -> None:
    parsed = parse(query)

    assert parsed.tree is not None
    for fault in parsed.faults:
        assert 0 <= fault.start <= fault.end <= len(query)
        assert fault.message


@given(QUERIES)
@settings(max_examples=600)
def test_a_repaired_query_means_the_same_without_a_fault(query: str) -> None:
    tree = parse(query).tree
    again = parse(render(tree))

    if not isinstance(tree, Nothing):
        assert again.tree == tree
        assert again.faults == ()


@given(QUERIES)
@settings(max_examples=600)
def test_every_word_is_in_the_tree_or_in_a_fault(query: str) -> None:
    parsed = parse(query)
    # Small letters first on both sides: that of İ is an i and a mark, which is no letter.
    kept = set(re.findall(r"[^\W_]+", render(parsed.tree).lower()))
    for word in TOKEN.finditer(query):
        told = any(fault.start < word.end() and fault.end > word.start() for fault in parsed.faults)
        operator = word.group() in ("AND", "OR", "NOT") or re.search(rf"[{QUOTES}]~$", query[: word.start()])
        parts = set(re.findall(r"[^\W_]+", word.group().lower()))
        assert told or operator or parts <= kept, (query, word.group(), render(parsed.tree))


@pytest.mark.parametrize(
    "piece", ["-", "title:", "a:", "(", "a OR ", "(a ", "NOT ", '"', "a*", "-(", "title:("]
)
def test_a_query_of_one_piece_repeated_is_read(piece: str) -> None:
    """The reader calls itself for parentheses only, and those are counted."""
    for ending in ("", "a"):
        query = (piece * LONGEST_QUERY)[:LONGEST_QUERY] + ending
        tree = parse(query).tree

        assert isinstance(tree, Nothing | Everything) or parse(render(tree)).tree == tree


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("WHO IS THE ENVOY TO RURITANIA", "who is the envoy to ruritania"),
        ("US UN WHO NATO", "US UN WHO NATO"),
        ("ENVOY OR HARBOUR", "ENVOY OR HARBOUR"),
        ("WHO met the ENVOYS OF RURITANIA", "WHO met the ENVOYS OF RURITANIA"),
        ("1,500 12 13 1,234,567", "1,500 12 13 1,234,567"),
    ],
)
def test_a_sentence_all_in_capitals_is_no_row_of_acronyms(typed: str, read: str) -> None:
    assert unshouted(typed) == read
