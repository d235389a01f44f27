"""Articles like one: by its words and actors, told why; as a list and as a part of the query language."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, PartLink, PendingIndex, Status, Story
from articles.search.engines.ask import SearchUnavailable
from articles.search.likeness import MOST_WORDS, similar_to, stems_of
from articles.search.more_like import MOST_LISTED, MOST_SHARED, more_like
from articles.search.page import SearchPage
from articles.search.pending import drain
from articles.search.query_text import render
from articles.search.request import SearchRequest
from articles.search.run import backend, run, understand
from articles.search.syntax import parse
from articles.search.tree import Like
from tests.factories import make_actor, make_article, make_mentions
from tests.search.archive import make_archive

pytestmark = pytest.mark.usefixtures("index")

BODY = "Envoy Oren Vashti said the harbour truce, a fragile one, would hold through the fishing season."


@pytest.fixture
def truce(index: None) -> Article:
    """An article, two like it, and a dozen that are not."""
    vashti = make_actor("Oren Vashti")
    first = make_article(headline="Truce to hold", body=BODY)
    near = make_article(headline="Fragile truce", body="The harbour truce held, and Oren Vashti left.")
    make_article(headline="Fishing season opens", body="A fragile boat, the harbour, a truce.")
    for article in (first, near):
        make_mentions(article, vashti)
    for number in range(12):
        make_article(headline=f"Bread {number}", body=f"The price of bread rose in market {number}.")
    drain()
    return first


def headlines(article: Article, *, curator: bool = False) -> list[str]:
    return [one.article.headline for one in more_like(article, curator=curator).hits]


def see(query: str, *, curator: bool = False) -> SearchPage:
    return run(SearchRequest(query=query), curator=curator)


class TestTheList:
    def test_the_most_alike_first_with_what_they_share(self, truce: Article) -> None:
        found = more_like(truce)

        assert [one.article.headline for one in found.hits] == ["Fragile truce", "Fishing season opens"]
        assert found.hits[0].shares[0] == "Oren Vashti"
        assert set(found.hits[0].shares[1:]) == {"truce", "harbour", "fragile"}
        assert found.hits[0].score > found.hits[1].score
        assert set(found.hits[1].shares) >= {"truce", "season"}
        assert (found.stories, found.url) == (2, f"?q=like%3A{truce.permanent_id}")

    def test_its_own_story_and_pages_are_left_out_and_others_told_once(self, truce: Article) -> None:
        near = Article.objects.get(headline="Fragile truce")
        own, other = Story.objects.create(), Story.objects.create()
        make_article(headline="A copy", body=BODY, story=own)
        make_article(headline="Fragile truce, again", body=near.body, story=other)
        for article, story in ((truce, own), (near, other)):
            article.story = story
            article.save()
        drain_all()

        [first, second] = headlines(truce)
        assert "Fishing season opens" in (first, second)
        assert {"Fragile truce", "Fragile truce, again"} & {first, second}
        assert more_like(truce).stories == 2

    def test_other_pages_of_it_are_left_out(self, truce: Article) -> None:
        one, other = (
            make_article(
                headline=f"{number} of a truce", body=f"{BODY} Page.", page_number=number, page_count=2
            )
            for number in (1, 2)
        )
        drain()
        assert "2 of a truce" in headlines(one)
        PartLink.objects.create(left=one, right=other, reason="The next page.")

        assert "2 of a truce" not in headlines(one)
        assert "1 of a truce" not in headlines(other)
        assert "Truce to hold" in headlines(one)

    def test_hidden_ones_are_for_curators(self, truce: Article) -> None:
        make_article(headline="A secret truce", body=BODY, status=Status.HIDDEN)
        drain()

        assert "A secret truce" not in headlines(truce)
        assert "A secret truce" in headlines(truce, curator=True)

    def test_an_article_like_no_other_and_one_without_words(self, truce: Article) -> None:
        odd, bare = make_article(headline="Zyx", body="Qwv uiop."), make_article(headline="", body="")
        drain()

        assert (more_like(odd).hits, more_like(bare).hits) == ((), ())

    def test_it_costs_the_same_however_long_the_article_and_the_archive(self, truce: Article) -> None:
        make_archive(60, seed=2)
        long = make_article(
            headline="Long", body=" ".join(f"word{number} truce talks" for number in range(9000))
        )
        drain()
        counts = []
        for article in (truce, long):
            with CaptureQueriesContext(connection) as asked:
                found = more_like(article)
            counts.append(len(asked))
            assert len(found.hits) <= MOST_LISTED
            assert all(0 < len(one.shares) <= MOST_SHARED for one in found.hits)
            assert len(similar_to(article, backend()).words) <= MOST_WORDS
        assert max(counts) <= 4


class TestTheQuery:
    def test_it_finds_and_marks_what_is_like_an_article(self, truce: Article) -> None:
        page = see(f"like:{truce.permanent_id}")

        assert [hit.article.headline for hit in page.hits] == ["Fragile truce", "Fishing season opens"]
        assert "<mark>truce</mark>" in page.hits[0].snippet
        assert page.diagnostics == ()
        assert [chip.label for chip in page.chips] == [f"like:{truce.permanent_id}"]

    def test_it_stands_beside_other_parts(self, truce: Article) -> None:
        like = f"like:{truce.permanent_id}"

        assert see(f"{like} season").total == 1
        assert see(f"{like} -season").total == 1
        assert see(f"{like} OR bread").total == 14
        assert see(f"-{like}").total == 13
        assert see(f"title:fishing LIKE:{truce.permanent_id.upper()}").total == 1

    def test_an_unknown_id_finds_nothing_and_says_so(self, truce: Article) -> None:
        page = see("like:aaaaaaaaaaaa")

        assert page.total == 0
        assert "no article aaaaaaaaaaaa" in page.diagnostics[0].message
        assert see("-like:aaaaaaaaaaaa").total == 15

    def test_a_hidden_article_is_unknown_to_readers(self, truce: Article) -> None:
        secret = make_article(headline="A secret truce", body=BODY, status=Status.HIDDEN)
        drain()

        page = see(f"like:{secret.permanent_id}")
        assert page.total == 0
        assert "no article" in page.diagnostics[0].message
        assert see(f"like:{secret.permanent_id}", curator=True).total == 3

    @pytest.mark.parametrize("typed", ["like:x/y", 'like:"two words"', "like:ab-cd", "like:", "like:<3"])
    def test_what_is_no_id_is_looked_for_as_words(self, truce: Article, typed: str) -> None:
        assert see(typed).diagnostics

    def test_it_is_written_as_it_is_read(self, truce: Article) -> None:
        asked = parse("like:gq3tenbzgq2t (a OR b)")

        assert asked.faults == ()
        assert render(asked.tree) == "like:gq3tenbzgq2t (a OR b)"
        read = understand(SearchRequest(query=f"like:{truce.permanent_id}")).actors.tree
        assert render(read) == f"like:{truce.permanent_id}"

    def test_when_the_index_is_no_use_the_query_can_still_be_read(self, truce: Article) -> None:
        request = SearchRequest(query=f"like:{truce.permanent_id}")
        with patch.object(
            type(backend()), "frequencies", side_effect=SearchUnavailable("Broken.", "Mend it.")
        ):
            assert understand(request).actors.tree == Like(truce.permanent_id)


def test_words_are_counted_by_stem_and_named_as_they_are_written_most() -> None:
    found = {
        one.stem: (one.count, one.folded, one.word)
        for one in stems_of("Talks, talks and Talk of the U.N. cease-fire’s 12 talks")
    }

    assert found["talk"] == (4, "talks", "talks")
    assert found["ceas"] == (1, "cease", "cease")
    assert found["fire"] == (1, "fire", "fire")
    assert not found.keys() & {"the", "and", "12", "un"}


def drain_all() -> None:
    PendingIndex.objects.queue(Article.objects.values_list("pk", flat=True))
    drain()
