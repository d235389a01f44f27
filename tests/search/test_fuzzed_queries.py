"""Whatever is typed is answered: with what was found, and with word of what was read otherwise than typed."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from articles.search.engines.expanded import LEAST_EXPANSIONS, MOST_ALIKE, MOST_EXPANSIONS, Expansions
from articles.search.lexer import MOST_OPEN
from articles.search.near_words import NearWords
from articles.search.pending import drain
from articles.search.request import SearchRequest
from articles.search.run import run
from articles.search.sorted_words import SortedWords
from articles.search.syntax import parse, unshouted
from articles.search.tree import Fuzzy, Wildcard
from benchmarks.fuzzed_queries import fuzzed
from tests.factories import make_article
from tests.search.archive import make_archive

TYPED = [
    "annan", "peace plan", '"cease-fire"', "U.N. OR U.S.", "talks -moscow", "trea*", "t?lk*", "anan~1",
    'actor:"Person 3"', "title:vote", "sentence:(peace talks)", "paragraph:(envoy vote)", "atleast2:council",
    "first5:truce", '"peace plan"~5', "date:2012-07..2012-09 words:>5", "lang:en is:undated", "",
]  # fmt: skip
MANY = 400  # `make bench-search` asks 10,000 of a large archive


class Words:
    """A vocabulary of so many words that begin alike."""

    def __init__(self, count: int) -> None:
        self.all = [f"word{number}" for number in range(count)]

    def near_words(self, field):
        return NearWords(SortedWords.of(sorted(self.all)))

    def of_form(self, field, pattern, part):
        assert all(part in f"{word}\n" for word in self.all if pattern.fullmatch(word))
        return [word for word in self.all if pattern.fullmatch(word)]

    def starting_names(self, field, prefix):
        return [word for word in self.all if word.startswith(prefix)]


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize("mode", ["all", "any"])
def test_what_nobody_means_is_answered_too(mode):
    make_archive(30, seed=3)
    drain()
    said = 0
    for typed in fuzzed(TYPED, MANY, seed=7):
        parameters = QueryDict(mutable=True)
        parameters.update({"q": typed, "mode": mode})
        page = run(SearchRequest.read(parameters))
        read = unshouted(page.request.query) if mode == "any" else page.request.query
        faults = parse(read).faults
        assert {fault.message for fault in faults} <= {one.message for one in page.diagnostics}, typed
        assert len(page.hits) == min(page.total, page.request.size), typed
        said += bool(page.diagnostics)
    assert said > MANY / 10


def test_a_query_holds_so_many_open_words_and_the_rest_is_named():
    asked = " ".join(f"w{letter}rd*" for letter in "abcdefghijkl")
    parsed = parse(asked)
    assert len(parsed.faults) == 12 - MOST_OPEN
    assert f"{MOST_OPEN} words" in parsed.faults[0].message
    assert "wkrd* was left out" in parsed.faults[0].message
    assert "wkrd" not in (parsed.repaired or "")


def test_the_forms_of_a_query_stand_for_so_many_words_together():
    expansions = Expansions(Words(700))
    assert len(expansions.of_form(Wildcard("w?rd*"), "text")) == 700
    assert not expansions.notes
    assert len(expansions.of_form(Wildcard("wo?d*"), "text")) == MOST_EXPANSIONS - 700
    assert len(expansions.of_form(Wildcard("w?rd*"), "text")) == 700, "asked again, it is what it was"
    [note] = expansions.notes
    assert "wo?d*" in note
    assert f"first {MOST_EXPANSIONS - 700}" in note


def test_beginnings_share_the_bound_and_none_is_left_with_nothing():
    expansions = Expansions(Words(1200))
    assert len(expansions.beginning("word", "text", typed="word*")) == MOST_EXPANSIONS
    assert len(expansions.beginning("word1", "text", typed="word1*")) == LEAST_EXPANSIONS
    assert len(expansions.of_form(Wildcard("wo?d*"), "text")) == LEAST_EXPANSIONS
    assert len(expansions.beginning("word", "headline", typed="word*")) == MOST_EXPANSIONS, (
        "each field its own"
    )
    assert "word*" in expansions.notes[0]
    assert "word1*" in expansions.notes[1]


def test_a_misspelling_stands_for_the_nearest_of_so_many_words():
    expansions = Expansions(Words(700))
    found = expansions.alike(Fuzzy("word1", 2), "text")
    assert found[0] == ("word1", 0)
    assert len(found) == MOST_ALIKE
    assert max(edits for _, edits in found) == 2
    assert str(MOST_ALIKE) in expansions.notes[0]


@pytest.mark.usefixtures("index")
def test_a_reader_is_told_that_a_bound_was_hit():
    make_article(body=" ".join(f"qu{number}x" for number in range(MOST_EXPANSIONS + 1)))
    drain()
    page = run(SearchRequest.read(QueryDict("q=q?*x")))
    assert page.total == 1
    assert any(str(MOST_EXPANSIONS) in one.message for one in page.diagnostics)
