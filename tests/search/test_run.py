"""The door to the search: what a page of results holds, and that its counts and links keep their word."""

from __future__ import annotations

import random
from datetime import date

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from articles.models import Actor, Article, Outlet, Status
from articles.search.engines.ask import Count, Order
from articles.search.facets import story_key
from articles.search.page import Hit, SearchPage
from articles.search.pending import drain
from tests.factories import (
    make_actor,
    make_article,
    make_mention,
    make_mentions,
    make_outlet,
)
from tests.search.archive import make_archive, plain_count
from tests.search.seen import see, values

pytestmark = pytest.mark.usefixtures("index")


class TestPromises:
    """On a random archive: every number beside a link is what the link then shows."""

    @pytest.fixture
    def archive(self, index: None) -> None:
        make_archive(200, seed=5, stories=30)
        drain()

    @pytest.mark.parametrize("count", Count)
    def test_every_count_is_what_the_click_shows(self, archive: None, count: Count) -> None:
        chance = random.Random(11)
        clicks = 0
        address = f"?count={count}"
        for _ in range(15):
            page = see(address)
            assert page.request.count is count
            links = [value for group in page.facets for value in group.values]
            for value in chance.sample(links, min(10, len(links))):
                shown = see(value.toggle_url)
                if not value.selected:
                    assert shown.total == value.count, (address, value)
                else:
                    assert value.count <= page.total
                clicks += 1
            for bar in (
                *chance.sample(page.histogram, min(4, len(page.histogram))),
                page.undated,
                page.doubtful,
            ):
                assert bar is not None
                assert see(bar.url).total == bar.count, (address, bar)
            if page.undated_left_out:
                assert page.undated_url is not None
                assert see(page.undated_url).total == page.undated_left_out
            address = self.another(page, chance)
        assert clicks > 100

    def test_stories_are_told_once(self, archive: None) -> None:
        """On every page of every kind of search: hits, versions and totals are those of the articles."""
        for address in ("?", "?q=peace+OR+truce", "?q=annan&from=2012", "?year=2012&year=-2011"):
            for order in Order:
                listed = self.all_hits(f"{address}&sort={order}")
                told = self.all_hits(f"{address}&sort={order}&count=stories")
                page = see(f"{address}&count=stories")
                members: dict[str, list[Article]] = {}
                for hit in listed:
                    members.setdefault(story_key(hit.article.pk, hit.article.story_id), []).append(
                        hit.article
                    )

                assert (page.total, page.article_total) == (len(members), len(listed))
                assert page.story_total == see(address).story_total == page.total
                assert len(told) == page.total
                assert sum(1 + hit.more_versions for hit in told) == len(listed)
                for hit in told:
                    versions = members.pop(story_key(hit.article.pk, hit.article.story_id))
                    assert hit.more_versions == len(versions) - 1
                    assert bool(hit.story_url) == (len(versions) > 1)
                    if order in (Order.RELEVANCE, Order.MENTIONED):
                        assert hit.article == versions[0]
                    else:
                        days = [one.published_from for one in versions if one.published_from]
                        assert hit.article.published_from == min(days, default=None)
                assert not members
                if order is not Order.NEWEST:  # there the earliest stands for its story, not the first listed
                    assert [hit.article for hit in told] == [
                        hit.article for hit in listed if hit.article in [one.article for one in told]
                    ]

    @staticmethod
    def all_hits(address: str) -> list[Hit]:
        page = see(f"{address}&size=50")
        hits = list(page.hits)
        while page.next_url:
            page = see(page.next_url)
            hits += page.hits
        return hits

    @staticmethod
    def another(page: SearchPage, chance: random.Random) -> str:
        """Return an address near a page's: mostly one click on, sometimes a new query or range."""
        if chance.random() < 0.3 or not page.total:
            query = chance.choice(["annan", "peace OR truce", "-syria", '"peace plan"', "ref* waters", ""])
            dates = chance.choice(["", "", "&from=2012", "&from=2011-06&to=2012-03", "&to=2012-12-24"])
            return f"?q={query}{dates}&count={page.request.count}"
        links = [value for group in page.facets for value in group.values]
        value = chance.choice(links)
        return value.exclude_url if chance.random() < 0.3 else value.toggle_url

    def test_counts_equal_those_of_the_database(self, archive: None) -> None:
        page = see("?all=person")

        assert page.total == page.archive_total == plain_count()
        assert values(page, "outlet")["none"] == plain_count(outlet=None)
        for outlet in Outlet.objects.all():
            assert values(page, "outlet")[str(outlet.pk)] == plain_count(outlet=outlet)
        for actor in Actor.objects.filter(kind="person"):
            assert values(page, "person").get(str(actor.pk), 0) == plain_count(mentions__actor=actor)
        assert values(page, "year")["undated"] == plain_count(published_from=None)
        assert sum(values(page, "year").values()) == page.total
        assert sum(bar.count for bar in (*page.histogram, page.undated, page.doubtful) if bar) == page.total

    def test_places_agencies_and_speakers_are_counted_as_the_database_does(self, archive: None) -> None:
        page = see("?all=place&all=speaker")
        named = Article.objects.visible()

        karrin = named.filter(Q(place_mentions__place="karrin") | Q(dateline="KARRIN")).distinct()
        assert values(page, "place")["karrin"] == karrin.count()
        wire = [one for one in named if "Northline Wire" in one.source_credits]
        assert values(page, "source")["northline-wire"] == len(wire)
        for actor in Actor.objects.filter(quotes__isnull=False).distinct():
            assert values(page, "speaker").get(str(actor.pk), 0) == plain_count(quotes__speaker=actor)

    def test_a_page_costs_the_same_queries_however_much_it_shows(self, archive: None) -> None:
        counts = set()
        for address in ("?size=10", "?size=100", "?q=annan&size=50"):
            with CaptureQueriesContext(connection) as queries:
                see(address)
            counts.add(len(queries))

        # Articles with their outlets, mentions with their actors; names of outlets, actors, places, agencies.
        assert counts == {6}


class TestPages:
    def test_an_empty_archive(self) -> None:
        page = see("?q=annan")

        assert (page.total, page.archive_total, page.page, page.pages) == (0, 0, 1, 1)
        assert page.hits == page.histogram == ()
        assert page.undated is page.doubtful is page.previous_url is page.next_url is None

    @pytest.mark.parametrize("asked", ["999999", "-1", "abc", "", "0", "9" * 50])
    def test_no_page_is_past_the_end(self, asked: str) -> None:
        for _ in range(25):
            make_article()
        drain()
        page = see(f"?size=10&page={asked}")

        assert page.page == (3 if asked.startswith("9") else 1)
        assert page.hits
        assert page.request.page == page.page

    def test_pages_lead_to_each_other(self) -> None:
        for _ in range(25):
            make_article()
        drain()
        first = see("?size=10")
        assert first.previous_url is None
        assert first.next_url is not None
        second = see(first.next_url)

        assert [hit.number for hit in second.hits] == list(range(11, 21))
        assert second.previous_url == first.request.url

    def test_a_hit_carries_the_search_to_its_article(self) -> None:
        article = make_article(body="Annan spoke.", outlet="Vessa Herald")
        drain()
        [hit] = see("?q=annan").hits

        assert hit.url == f"{article.get_absolute_url()}?q=annan&at={hit.number}"
        assert hit.snippet == "<mark>Annan</mark> spoke."
        assert see().hits[0].url == f"{article.get_absolute_url()}?at=1"

    def test_a_hit_says_how_often_the_article_has_each_term(self) -> None:
        actor = make_actor("Oren Vashti", aliases=["Vashti"])
        article = make_article(
            headline="Vashti in Karrin",
            body="Oren Vashti spoke. Vashti wants a ceasefire, a cease-fire in Karrin.",
            captions=[{"text": "The ceasefire line.", "credit": ""}],
        )
        make_mentions(article, actor)
        drain()
        [hit] = see("?q=ceasefire+karrin").hits
        assert {one.term: one.count for one in hit.marks.terms} == {"ceasefire": 3, "karrin": 2}
        assert hit.marks.total == 5
        [named] = see("?q=actor:vashti").hits
        assert [(one.term, one.count) for one in named.marks.terms] == [("vashti", 2)]
        [chosen] = see(f"?actor={actor.pk}").hits
        assert [(one.term, one.count) for one in chosen.marks.terms] == [("Oren Vashti", 1)]

    @pytest.mark.parametrize("query", ["ceasefire", "cease-fire", "cease+fire", "ceasefire&mode=any"])
    def test_a_compound_is_found_in_all_its_forms(self, query: str) -> None:
        for form in ("ceasefire", "cease-fire", "cease fire"):
            make_article(body=f"They spoke of a {form}.")
        make_article(body="They spoke of fire.")
        drain()
        page = see(f"?q={query}")

        assert page.total == 3
        assert all("<mark>" in hit.snippet for hit in page.hits)

    def test_a_snippet_is_escaped(self) -> None:
        make_article(body="<script>annan</script>")
        drain()

        assert see("?q=annan").hits[0].snippet == "&lt;script&gt;<mark>annan</mark>&lt;/script&gt;"


class TestHidden:
    def test_readers_never_see_hidden_articles(self) -> None:
        hidden = make_article(status=Status.HIDDEN, outlet="Secret Press")
        make_article()
        drain()

        assert see().total == see().archive_total == 1
        assert str(hidden.outlet_id) not in values(see(), "outlet")
        assert see(curator=True).total == 2
        assert see(f"?outlet={hidden.outlet_id}").total == 0

    def test_an_article_hidden_since_it_was_indexed_is_not_shown(self) -> None:
        article = make_article()
        drain()
        Article.objects.filter(pk=article.pk).update(status=Status.HIDDEN)

        assert see().hits == ()
        assert len(see(curator=True).hits) == 1

    def test_an_article_deleted_since_it_was_indexed_is_not_shown(self) -> None:
        article = make_article()
        drain()
        article.delete()

        assert see().hits == ()


class TestFacets:
    def test_selected_values_stay_listed_at_zero(self) -> None:
        outlet = make_outlet("Vessa Herald")
        make_article(body="annan")
        drain()
        page = see(f"?q=annan&outlet={outlet.pk}")

        assert page.total == 0
        assert values(page, "outlet")[str(outlet.pk)] == 0
        assert page.facets[0].selected[0].label == "Vessa Herald"

    def test_a_long_list_is_cut_and_can_be_shown_whole(self) -> None:
        for number in range(14):
            make_mention(make_article(), make_actor(f"Actor {number}"))
        drain()
        [people] = [group for group in see().facets if group.name == "person"]

        assert (len(people.values), people.more) == (10, 4)
        assert people.more_url is not None
        [everyone] = [group for group in see(people.more_url).facets if group.name == "person"]
        assert (len(everyone.values), everyone.more, everyone.more_url) == (14, 0, None)

    def test_undated_is_listed_however_many_months_there_are(self) -> None:
        for month in range(1, 13):
            make_article(published=date(2012, month, 1))
            make_article(published=date(2011, month, 1))
        make_article()
        drain()

        months = list(values(see(), "month"))

        assert (months[0], months[-1]) == ("2012-12", "undated")

    def test_labels(self) -> None:
        make_article(published=date(2012, 7, 2), language="en", outlet="Vessa Herald")
        make_article(published=(date(2011, 1, 1), date(2012, 1, 1)), language="xx")
        drain()
        labels = {group.name: [value.label for value in group.values] for group in see().facets}

        assert labels["outlet"] == ["Vessa Herald", "unknown outlet"]
        assert labels["year"] == ["2012", "date in doubt", "undated"]
        assert labels["month"] == ["July 2012", "date in doubt", "undated"]
        assert sorted(labels["language"]) == ["English", "xx"]


class TestDates:
    def test_undated_articles_are_counted_and_shown_on_request(self) -> None:
        make_article(body="annan", published=date(2012, 7, 2))
        undated = make_article(body="annan")
        make_article(body="other")
        drain()
        page = see("?q=annan&from=2012-07")

        assert (page.total, page.undated_left_out) == (1, 1)
        assert page.undated_url == "?q=annan&month=undated"
        assert [hit.article for hit in see(page.undated_url).hits] == [undated]

    def test_the_histogram_shows_the_time_that_is_looked_at(self) -> None:
        for year, month in ((2011, 5), (2012, 3), (2012, 7), (2012, 7), (2013, 1)):
            make_article(published=date(year, month, 9), body="annan" if month == 7 else "other")
        drain()

        def months(address: str) -> list[tuple[str, int, int]]:
            return [(bar.month, bar.count, bar.archive_count) for bar in see(address).histogram]

        assert months("?q=annan") == [
            ("2011-05", 0, 1),
            ("2012-03", 0, 1),
            ("2012-07", 2, 2),
            ("2013-01", 0, 1),
        ]
        assert months("?year=2012") == [("2012-03", 1, 1), ("2012-07", 2, 2)]
        assert months("?from=2012-04&to=2012-12") == [("2012-07", 2, 2)]
        assert months("?month=2012-07") == [
            ("2011-05", 1, 1),
            ("2012-03", 1, 1),
            ("2012-07", 2, 2),
            ("2013-01", 1, 1),
        ]


class TestChipsAndDiagnostics:
    def test_every_part_can_be_taken_away(self) -> None:
        actor = make_actor("Kofi Annan")
        page = see(f"?q=peace+-war+%22a+b%22&actor=-{actor.pk}&year=2012&from=2012&to=2013")

        assert [(chip.kind, chip.label) for chip in page.chips] == [
            ("query", "peace"),
            ("excluded", "-war"),
            ("query", '"a b"'),
            ("excluded", "not Kofi Annan"),
            ("year", "2012"),
            ("dates", "from 2012 to 2013"),
        ]
        assert see(page.chips[0].remove_url).request.query == '-war "a b"'
        assert see(page.chips[3].remove_url).request.selections == page.request.selections[1:]
        assert see(page.chips[5].remove_url).request.first is None

    def test_a_faulty_query_comes_with_the_repaired_one(self) -> None:
        page = see("?q=(annan+OR&outlet=x")

        assert len(page.diagnostics) == 3
        assert {one.repaired for one in page.diagnostics} == {None, "annan"}
        [link] = [one.repaired_url for one in page.diagnostics if one.repaired_url]
        assert see(link).diagnostics == ()
