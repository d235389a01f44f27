"""The door to the search: what a page of results holds, and that its counts and links keep their word."""

from __future__ import annotations

import random
from datetime import date

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from articles.models import Actor, Article, Outlet, Role, Status
from articles.search.engines.ask import Count, Order
from articles.search.facets import story_key
from articles.search.page import Hit, SearchPage
from articles.search.pending import drain
from articles.search.request import SearchRequest
from articles.search.run import run
from tests.factories import (
    make_actor,
    make_article,
    make_mention,
    make_mentions,
    make_outlet,
    make_place_mention,
    make_quote,
)
from tests.search.archive import make_archive, plain_count

pytestmark = pytest.mark.usefixtures("index")


def see(address: str = "", *, curator: bool = False) -> SearchPage:
    return run(SearchRequest.from_query_string(address), curator=curator)


def values(page: SearchPage, facet: str) -> dict[str, int]:
    [group] = [group for group in page.facets if group.name == facet]
    return {value.value: value.count for value in group.values}


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


class TestActors:
    def test_a_merged_actor_stands_for_the_one_it_went_into(self) -> None:
        kept = make_actor("Kofi Annan")
        merged = make_actor("K. Annan", merged_into=kept)
        article = make_article()
        make_mention(article, merged)
        drain()
        page = see(f"?actor={merged.pk}")

        assert values(page, "person") == {str(kept.pk): 1}
        assert page.request.url == f"?actor={kept.pk}-kofi-annan"
        assert page.chips[0].label == "Kofi Annan"

    def test_what_a_curator_ruled_no_actor_is_in_no_facet(self) -> None:
        article = make_article()
        make_mention(article, make_actor("Skip to content", hidden=True))
        drain()

        assert values(see(), "person") == {}

    def test_an_unknown_actor_finds_nothing_and_says_so(self) -> None:
        make_article()
        drain()
        page = see("?actor=999")

        assert page.total == 0
        assert "no actor number 999" in page.diagnostics[0].message
        assert page.chips[0].remove_url == "?"

    def test_people_and_states_narrow_each_other(self) -> None:
        person, other, state = make_actor("Annan"), make_actor("Lavrov"), make_actor("Syria", "state")
        both, one = make_article(), make_article()
        make_mention(both, person)
        make_mention(both, state)
        make_mention(one, other)
        drain()

        assert see(f"?actor={person.pk}&actor={other.pk}").total == 2
        assert see(f"?actor={person.pk}&actor={state.pk}").total == 1
        assert see(f"?actor={other.pk}&actor={state.pk}").total == 0
        assert see(f"?actor=-{person.pk}").total == 1


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


class TestSpellings:
    """A name finds its actor in every spelling, tells which ones hit, and each can be switched off."""

    @pytest.fixture
    def sieda(self, index: None) -> Actor:
        actor = make_actor("Oren Vashti", aliases=["Orren Washti", "Vashti"])
        for surface, times in (("Oren Vashti", 3), ("Orren Washti", 2), ("Vashti", 1)):
            for _ in range(times):
                article = make_article(body=f"On Monday {surface} spoke to the council.")
                make_mention(article, actor, surface=surface, start=10, end=10 + len(surface))
        other = make_actor("Dana Vashti")
        make_mention(make_article(body="Dana Vashti was silent."), other)
        make_article(body="Nobody else was there.")
        drain()
        return actor

    @pytest.mark.parametrize("typed", ['actor:"Oren Vashti"', 'actor:"Orren Washti"', 'actor:"oren WASTI"'])
    def test_any_spelling_finds_all_of_them(self, sieda: Actor, typed: str) -> None:
        page = see(f"?q={typed}")
        assert page.total == 6
        [named] = page.actors
        assert named.actor == sieda
        assert {one.text: one.count for one in named.spellings} == {
            "Oren Vashti": 3,
            "Orren Washti": 2,
            "Vashti": 1,
        }

    def test_a_spelling_is_switched_off_and_on_again(self, sieda: Actor) -> None:
        page = see('?q=actor:"Oren Vashti"')
        [washti] = [one for one in page.actors[0].spellings if one.text == "Orren Washti"]
        without = see(washti.toggle_url)
        assert without.total == 4
        [washti] = [one for one in without.actors[0].spellings if not one.on]
        assert see(washti.toggle_url).total == 6

    def test_a_chosen_actor_s_spelling_is_switched_off(self, sieda: Actor) -> None:
        page = see(f"?actor={sieda.pk}")
        [vashti] = [one for one in page.actors[0].spellings if one.text == "Vashti"]
        assert see(vashti.toggle_url).total == 5

    def test_a_surname_means_everyone_who_bears_it(self, sieda: Actor) -> None:
        page = see("?q=actor:vashti")
        assert page.total == 7
        assert [named.actor.name for named in page.actors] == ["Oren Vashti", "Dana Vashti"]
        assert see(page.actors[1].url).total == 1

    def test_what_is_excluded_by_name_is_excluded_in_every_spelling(self, sieda: Actor) -> None:
        assert see('?q=-actor:"Orren Washti"').total == 2

    def test_a_name_of_many_says_so(self, sieda: Actor) -> None:
        for number in range(5):
            make_mention(make_article(), make_actor(f"Number{number} Vashti"))
        drain()
        page = see("?q=actor:vashti")
        assert len(page.actors) == 5
        assert page.diagnostics[0].message.startswith("actor:vashti means 7 actors, 5 of whom are listed.")

    def test_letters_come_before_sounds(self, sieda: Actor) -> None:
        make_actor("Vesht Union", "organisation")
        like = make_actor("Orin Vishta")
        make_mention(make_article(body="Orin Vishta slept."), like)
        drain()
        assert see("?q=actor:vashti").total == 7
        assert {named.actor.name for named in see("?q=actor:vushta").actors} >= {"Orin Vishta", "Oren Vashti"}

    def test_an_unknown_name_is_said_to_be_unknown(self, sieda: Actor) -> None:
        page = see('?q=actor:"Percival Nobody"')
        assert page.total == 0
        assert 'no actor called "Percival Nobody"' in page.diagnostics[0].message

    def test_the_snippet_marks_the_spelling_that_the_article_uses(self, sieda: Actor) -> None:
        snippets = " ".join(hit.snippet for hit in see('?q=actor:"Oren Vashti"').hits)
        assert "<mark>Orren Washti</mark>" in snippets

    def test_a_facet_s_list_is_found_in_by_any_spelling(self, sieda: Actor) -> None:
        assert list(values(see("?find_person=orren+wasti"), "person")) == [str(sieda.pk)]
        assert len(values(see("?find_person=wasti"), "person")) == 2
        assert values(see("?find_person=percival"), "person") == {}

    def test_a_merged_actor_s_spellings_are_those_of_what_it_became(self, sieda: Actor) -> None:
        late = make_actor("O. Vashtee", merged_into=sieda)
        make_mention(make_article(body="O. Vashtee left."), late)
        drain()
        assert see('?q=actor:"O. Vashtee"').total == 7


class TestOffices:
    """An office finds whoever held it on the day of the article."""

    @pytest.fixture
    def ministers(self, index: None) -> None:
        first, second = make_actor("Oren Vashti"), make_actor("Dana Reeve")
        for actor, start, end in (
            (first, date(2010, 1, 1), date(2012, 6, 30)),
            (second, date(2012, 7, 1), None),
        ):
            Role.objects.create(
                actor=actor,
                phrase="foreign minister of Russia",
                title="foreign minister",
                organisation="Russia",
                held_from=start,
                held_to=end,
            )
        for actor in (first, second):
            for day in (date(2012, 3, 1), date(2012, 9, 1), None):
                article = make_article(headline=f"{actor} on {day}", published=day)
                make_mention(article, actor)
        make_article(headline="Words", body="The foreign minister of Karrin spoke.")
        drain()

    @pytest.mark.parametrize(
        "office",
        ["foreign minister of Russia", "Russian foreign minister", "minister of foreign affairs of Russia"],
    )
    def test_it_finds_the_holder_of_the_day(self, ministers: None, office: str) -> None:
        page = see(f'?q=office:"{office}"')
        assert sorted(hit.article.headline for hit in page.hits) == [
            "Dana Reeve on 2012-09-01",
            "Oren Vashti on 2012-03-01",
        ]
        assert {named.actor.name for named in page.actors} == {"Oren Vashti", "Dana Reeve"}

    def test_it_can_be_excluded(self, ministers: None) -> None:
        assert see('?q=-office:"foreign minister of Russia"').total == 5

    def test_an_office_that_no_source_knows_is_sought_as_words(self, ministers: None) -> None:
        page = see('?q=office:"foreign minister of Karrin"')
        assert [hit.article.headline for hit in page.hits] == ["Words"]
        assert "No reference list says who held the office" in page.diagnostics[0].message


class TestFacetsThatGoByNames:
    """Places, agencies and speakers; and the status, which is the curators' matter."""

    @pytest.fixture
    def named(self, index: None) -> Article:
        article = make_article(dateline="NEW KARRIN", source_credits=["Northline Wire", "NWS"])
        make_place_mention(article, "Port Vessa")
        make_quote(article, "The envoys met", make_actor("Osanna Brekk"))
        make_article(status=Status.NEEDS_REVIEW)
        drain()
        return article

    @staticmethod
    def labels(page: SearchPage, facet: str) -> list[str]:
        return [value.label for group in page.facets if group.name == facet for value in group.values]

    def test_they_are_called_by_their_names(self, named: Article) -> None:
        page = see()

        assert self.labels(page, "place") == ["New Karrin", "Port Vessa"]
        assert self.labels(page, "source") == ["Northline Wire", "NWS"]
        assert self.labels(page, "speaker") == ["Osanna Brekk"]

    def test_they_narrow_and_are_left_out(self, named: Article) -> None:
        assert [hit.article for hit in see("?place=port-vessa&source=nws").hits] == [named]
        assert see("?place=-port-vessa").total == 1
        assert see("?place=port-karrin").total == 0
        [chip] = see("?place=port-vessa").chips
        assert chip.label == "Port Vessa"

    def test_a_merged_speaker_is_the_one_it_went_into(self, named: Article) -> None:
        brekk = Actor.objects.get()
        other = make_actor("O. Brekk", merged_into=brekk)

        page = see(f"?speaker={other.pk}")
        assert (page.total, page.request.url) == (1, f"?speaker={brekk.pk}-osanna-brekk")

    def test_a_list_is_cut_down_by_names_in_any_accents(self, named: Article) -> None:
        assert self.labels(see("?find_place=karrín"), "place") == ["New Karrin"]
        assert self.labels(see("?find_speaker=brek"), "speaker") == ["Osanna Brekk"]

    def test_the_status_is_for_curators(self, named: Article) -> None:
        assert "status" not in [group.name for group in see().facets]
        page = see("?status=needs_review")
        assert page.total == 2
        assert "Only curators" in page.diagnostics[0].message
        assert page.chips == ()

        assert sorted(self.labels(see(curator=True), "status")) == ["needs review", "new"]
        assert see("?status=needs_review", curator=True).total == 1
