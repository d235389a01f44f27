"""What every engine must do, as one class of tests that each engine's own test subclasses.

An engine's class gives the fixture `engine`: its backend on an empty index. What an engine cannot do
it skips by name, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from articles.search.engines.ask import Ask, Choice, Count, Found, Order, Range
from articles.search.event_keys import keys_spoken_of
from articles.search.facets import FACETS
from articles.search.syntax import parse
from articles.search.tree import Carrying, Field, Not, Word, any_word
from tests.engines.documents import document

Engine = Any
ALL_FACETS = tuple(facet.name for facet in FACETS)


def ask(engine: Engine, query: str = "", **options: Any) -> Found:
    found: Found = engine.ask(Ask(tree=parse(query).tree, **options))
    return found


def numbers(engine: Engine, query: str = "", **options: Any) -> list[int]:
    """Return the articles found, in ascending order of their numbers."""
    return sorted(ask(engine, query, size=100, **options).articles)


def choice(*included: str, excluded: Iterable[str] = ()) -> Choice:
    return Choice(frozenset(included), frozenset(excluded))


TEXTS = {
    1: "Kofi Annan presented a peace plan for Syria. The cease-fire was to hold from April.",
    2: "The ceasefire collapsed; Annan resigned, and the U.N. sent Mr Brahimi to Syria.",
    3: "The opposition's leaders rejected the plan. Peace, they said, was no plan of theirs.",
    4: "Waters rose in the harbour. Nobody told us.",
    5: "Maxine Waters spoke about U.S. troops and 1,500 refugees near Köln.",
    6: "Talks about talks: diplomats, diplomacy and a diplomatic cease fire.",
}


class Operators:
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("annan", [1, 2]),
            ("ANNAN", [1, 2]),
            ("annan syria", [1, 2]),
            ("annan plan", [1]),
            ("annan AND plan", [1]),
            ("annan OR harbour", [1, 2, 4]),
            ("annan && plan || harbour", [1, 4]),
            ("annan -plan", [2]),
            ("annan NOT plan", [2]),
            ("-annan", [3, 4, 5, 6]),
            ("-annan -waters", [3, 6]),
            ("annan (plan OR resigned)", [1, 2]),
            ("-(annan OR waters)", [3, 6]),
            ("annan OR -syria", [1, 2, 3, 4, 5, 6]),
            ('"peace plan"', [1]),
            ('"plan peace"', [3]),
            ("“peace plan”", [1]),
            ('"plan theirs"~3', [3]),
            ('"peace plan"~0', [1]),
            ('"peace plan"~9', [1, 3]),
            ('"annan annan"', []),
            ("diplom*", [6]),
            ("diplomats", [6]),
            ("harbou* OR resig*", [2, 4]),
            ("harb?ur", [4]),
            ("h*r", [4]),
            ("*bour", [4]),
            ("a?nan -plan", [2]),
            ("cease?ire", [1, 2]),
            ("nos*ch", []),
            ("anan~", [1, 2]),
            ("brahmi~1", [2]),
            ("bramhi~1", []),
            ("bramhii~2", [2]),
            ("harbor~", [4]),
            ("ceasfire~", [1, 2]),
            ("-anan~", [3, 4, 5, 6]),
            ("atleast2:plan", [3]),
            ("atleast2:plans", [3]),
            ("atleast1:plan", [1, 3]),
            ("atleast3:diplom*", [6]),
            ("atleast4:diplom*", []),
            ('atleast1:"peace plan"', [1]),
            ("atleast2:ceasefire", []),
            ("atleast2:cease-fire", []),
            ("atleast1:cease-fire", [1, 2, 6]),
            ("atleast2:talk", [6]),
            ("-atleast2:plan", [1, 2, 4, 5, 6]),
            ("first2:annan", [1]),
            ("first1:annan", []),
            ("first3:ceasefire", [2]),
            ('first2:"kofi annan"', [1]),
            ('first1:"kofi annan"', []),
            ("sentence:(annan syria)", [1, 2]),
            ("sentence:(annan ceasefire)", [2]),
            ("sentence:(annan U.N.)", [2]),
            ("sentence:(annan Mr)", [2]),
            ("sentence:(annan -plan)", [2]),
            ("sentence:(peace (plan OR harbour))", [1, 3]),
            ('sentence:("peace plan" syria)', [1]),
            ("-sentence:(annan syria)", [3, 4, 5, 6]),
            ("paragraph:(annan ceasefire)", [1, 2]),
            ("*", [1, 2, 3, 4, 5, 6]),
            ("", [1, 2, 3, 4, 5, 6]),
            ("nosuchword", []),
            ("annan nosuchword", []),
            ("annan -nosuchword", [1, 2]),
            ("🙂", []),
        ],
    )
    def test_operators(self, filled: Engine, query: str, expected: list[int]) -> None:
        assert numbers(filled, query) == expected

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("ceasefire", [1, 2]),
            ("cease-fire", [1, 2, 6]),
            ("cease fire", [1, 6]),
            ('"cease fire"', [1, 6]),
            ('"cease-fire was"', [1]),
            ('"the ceasefire"', [1, 2]),
            ("UN", [2]),
            ("U.N.", [2]),
            ("U.S.", [5]),
            ("US", [5]),
            ("us", [4, 5]),
            ("opposition", [3]),
            ("opposition's", [3]),
            ("Koln", [5]),
            ("köln", [5]),
            ("1500", [5]),
            ("1,500", [5]),
            ("leader", [3]),
            ("talk", [6]),
            ("talking", [6]),
            ("Waters", [4, 5]),
            ('"talk about"', []),
            ('"talks about"', [6]),
            ("plan/syria", []),
            ("plan/for/syria", [1]),
            ("us/nobody", []),
        ],
    )
    def test_what_finds_each_other(self, filled: Engine, query: str, expected: list[int]) -> None:
        assert numbers(filled, query) == expected

    def test_no_phrase_runs_across_paragraphs(self, engine: Engine) -> None:
        engine.write([document(1, "They made peace.\n\nPlan of the week.")])

        assert numbers(engine, '"peace plan"') == []
        assert numbers(engine, "peace plan") == [1]

    def test_a_prefix_of_a_hyphenated_word(self, filled: Engine) -> None:
        assert numbers(filled, "cease-f*") == [1, 2, 6]

    def test_paragraphs_and_sentences_are_kept_apart(self, engine: Engine) -> None:
        text = "Gen. Mood met Mr. Annan of the U.N. in May. Envoys came.\n\n***\n\nThe U.S. Army left! Who stayed?"
        engine.write([document(1, text, headline="Talks in Vessa")])

        assert numbers(engine, "sentence:(mood may)") == [1]
        assert numbers(engine, "sentence:(may envoys)") == []
        assert numbers(engine, "paragraph:(may envoys)") == [1]
        assert numbers(engine, "paragraph:(envoys army)") == []
        assert numbers(engine, 'paragraph:"envoys army"~100') == []
        assert numbers(engine, "sentence:(army stayed)") == []
        assert numbers(engine, "sentence:(army left)") == [1]
        # 3 words of the headline, 10 of the first sentence, 2 of the second, 4 of the third.
        assert [numbers(engine, f"first{count}:army") for count in (17, 18)] == [[], [1]]

    def test_places_outlive_a_merge(self, engine: Engine) -> None:
        for number in range(1, 31):
            engine.write([document(number, f"One. Two annan.\n\nThree word{number}. Four, four annan.")])

        assert numbers(engine, "sentence:(four word7)") == []
        assert numbers(engine, "paragraph:(four word7)") == [7]
        assert len(numbers(engine, "atleast2:annan")) == 30
        assert numbers(engine, "first5:word30") == [30]
        assert numbers(engine, "first4:word30") == []
        assert numbers(engine, "?ord30 OR wrod29~1") == [29, 30]

    def test_forms_and_misspellings_of_too_many_words_say_so(self, engine: Engine) -> None:
        engine.write([document(1, " ".join(f"wo{number:04}" for number in range(1200)))])

        for query in ("*wo*", "atleast1:*wo*"):
            found = ask(engine, query)
            assert found.total == 1
            assert "1000 words" in found.notes[0]
        assert "nearest" in ask(engine, "wo0000~2").notes[0]

    def test_a_prefix_that_stands_for_too_many_words_says_so(self, engine: Engine) -> None:
        engine.write([document(1, " ".join(f"prefix{number}" for number in range(1200)))])
        found = ask(engine, "prefix*")

        assert found.total == 1
        assert "More letters" in found.notes[0]


class Fields:
    @pytest.fixture
    def fielded(self, engine: Engine) -> Engine:
        engine.write(
            [
                document(
                    1, "Text.", headline="Talks on Syria", author="Ada Lund", outlet_name="Vessa Herald"
                ),
                document(
                    2, "About Syria.", actor_name="Kofi Annan\n\nK. Annan", author="Jo Ferro\n\nAda Reed"
                ),
            ]
        )
        return engine

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("syria", [1, 2]),
            ("title:syria", [1]),
            ("title:talk", [1]),
            ("TITLE:syria", [1]),
            ('title:"talks on syria"', [1]),
            ("title:(syria OR about)", [1]),
            ("-title:syria", [2]),
            ("title:syr*", [1]),
            ("outlet:herald", [1]),
            ('outlet:"vessa herald"', [1]),
            ("author:ada", [1, 2]),
            ('author:"ada lund"', [1]),
            ('author:"ferro ada"', []),
            ("actor:annan", [2]),
            ('actor:"kofi annan"', [2]),
            ("annan", []),
            ("nofield:syria", []),
        ],
    )
    def test_fields(self, fielded: Engine, query: str, expected: list[int]) -> None:
        assert numbers(fielded, query) == expected


def dated(engine: Engine) -> Engine:
    engine.write(
        [
            document(1, "one", published=date(2012, 6, 30), outlet=1),
            document(2, "two", published=date(2012, 7, 1), outlet=1),
            document(3, "three", published=(date(2012, 6, 1), date(2012, 7, 31)), outlet=2),
            document(4, "four", published=(date(2012, 1, 1), date(2013, 12, 31))),
            document(5, "five"),
            document(6, "six", published=date(2013, 7, 1), outlet=2),
        ]
    )
    return engine


class Dates:
    @pytest.mark.parametrize(
        ("first", "last", "expected", "undated"),
        [
            (None, None, [1, 2, 3, 4, 5, 6], 0),
            (date(2012, 7, 1), date(2012, 7, 31), [2, 3, 4], 1),
            (date(2012, 7, 2), None, [3, 4, 6], 1),
            (None, date(2012, 6, 30), [1, 3, 4], 1),
            (date(2014, 1, 1), None, [], 1),
        ],
    )
    def test_a_range_takes_what_overlaps_and_counts_the_undated(
        self, engine: Engine, first: date | None, last: date | None, expected: list[int], undated: int
    ) -> None:
        dated(engine)
        published = Range(first, last)

        assert numbers(engine, published=published) == expected
        assert ask(engine, published=published).undated_left_out == undated

    def test_every_article_has_one_year_and_one_month(self, engine: Engine) -> None:
        counts = ask(dated(engine), facets=("year", "month")).counts

        assert counts["year"].inside == {
            "year:2012": 3,
            "year:2013": 1,
            "year:doubtful": 1,
            "year:undated": 1,
        }
        assert counts["month"].inside == {
            "month:2012-06": 1,
            "month:2012-07": 1,
            "month:2013-07": 1,
            "month:doubtful": 2,
            "month:undated": 1,
        }

    def test_months_of_the_result_and_of_the_archive(self, engine: Engine) -> None:
        found = ask(dated(engine), choices={"outlet": choice("outlet:2")})

        assert found.months == {"month:doubtful": 1, "month:2013-07": 1}
        assert found.archive_months["month:2012-06"] == 1

    def test_a_chosen_month_leaves_the_others_counted(self, engine: Engine) -> None:
        found = ask(dated(engine), choices={"month": choice("month:2013-07")})

        assert found.total == 1
        assert found.months["month:2012-07"] == 1


class Values:
    """Days, kinds and lengths that stand in a query."""

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("date:2012-07", [2, 3, 4]),
            ("date:2012-07-01", [2, 3, 4]),
            ("date:2012-06..2012-07", [1, 2, 3, 4]),
            ("date:>2012-07-01", [3, 4, 6]),
            ("date:>=2013", [4, 6]),
            ("date:<2012-06-01", [4]),
            ("-date:2012", [5, 6]),
            ("date:2013 OR two", [2, 4, 6]),
            ("is:undated", [5]),
            ("-is:undated", [1, 2, 3, 4, 6]),
            ("is:doubtful", [3, 4]),
        ],
    )
    def test_days(self, engine: Engine, query: str, expected: list[int]) -> None:
        assert numbers(dated(engine), query) == expected

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("event:2012-06-30", [1, 2]),
            ("event:2012-06", [1, 2]),
            ("event:2012-06-29", [2]),
            ("event:2012", [1, 2, 3]),
            ("event:2012-06-30..2013-07-01", [1, 2]),
            ("event:>=2012", [1, 2, 3]),
            ("event:<2012", [4]),
            ("-event:2012", [4, 5]),
            ("event:2012 date:2013", [1]),
            ("event:2012-06-29 OR five", [2, 5]),
        ],
    )
    def test_days_that_texts_speak_of(self, engine: Engine, query: str, expected: list[int]) -> None:
        day = (date(2012, 6, 30), date(2012, 6, 30))
        month = (date(2012, 6, 1), date(2012, 6, 30))
        year = (date(2012, 1, 1), date(2012, 12, 31))
        long_ago = (date(1999, 3, 1), date(1999, 3, 1))
        engine.write(
            [
                document(1, "one", published=date(2013, 7, 1), event=sorted(keys_spoken_of(*day))),
                document(2, "two", event=sorted(keys_spoken_of(*month) | keys_spoken_of(*day))),
                document(3, "three", event=sorted(keys_spoken_of(*year))),
                document(4, "four", published=date(2012, 6, 30), event=sorted(keys_spoken_of(*long_ago))),
                document(5, "five"),
            ]
        )

        assert numbers(engine, query) == expected

    def test_the_undated_that_days_leave_out_are_told(self, engine: Engine) -> None:
        dated(engine)

        assert ask(engine, "date:2012").undated_left_out == 1
        assert ask(engine, "five OR date:2012").undated_left_out == 0
        assert ask(engine, "two date:2012").undated_left_out == 0
        assert ask(engine, "-date:2012").undated_left_out == 0
        assert ask(engine, "date:2012", choices={"outlet": choice("outlet:1")}).undated_left_out == 0

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("words:>2", [1, 3]),
            ("words:>=2", [1, 2, 3]),
            ("words:2", [2]),
            ("words:<2", [4]),
            ("words:2..3", [1, 2]),
            ("is:partial", [1]),
            ("has:quotes", [1, 2]),
            ("has:quotes -is:partial", [2]),
            ("has:duplicates OR has:captions", [3]),
            ("lang:en", [1, 2, 4]),
            ("lang:pt", [3]),
            ("lang:pt-br", [3]),
            ("lang:ru", []),
            ("is:hidden", []),
            ("quote:peace", [2]),
            ("quote:wishes", [2]),
            ('quote:"peace wish"', []),
            ("speaker:annan", [2]),
            ("source:reuters", [1]),
            ("place:vessa", [1]),
        ],
    )
    def test_kinds_and_lengths(self, engine: Engine, query: str, expected: list[int]) -> None:
        engine.write(
            [
                document(
                    1,
                    "a b c",
                    trait=["is:partial", "has:quotes"],
                    source_name="Reuters",
                    place="VESSA, May 2",
                ),
                document(
                    2, "a b", trait=["has:quotes"], quote="A wish for peace.", speaker_name="Kofi Annan"
                ),
                document(3, "a b c d", trait=["has:duplicates", "has:captions"], language=["language:pt-br"]),
                document(4, "a"),
                document(5, "a", status=["status:hidden"]),
            ]
        )

        assert numbers(engine, query) == expected
        assert numbers(engine, "is:hidden", curator=True) == [5]


class AnyWord:
    """What any-word results are ranked by."""

    def test_more_of_the_words_stand_first_then_closer_ones(self, engine: Engine) -> None:
        engine.write(
            [
                document(1, "envoy envoy envoy truce truce truce of them all it was"),
                document(2, "envoy met to talk of a truce and of a harbour"),
                document(3, "it rained on all of them and on all of us"),
                document(4, "it was there: the envoy truce harbour and more of it"),
            ]
        )
        tree = any_word(parse("envoy truce harbour -rained").tree)

        assert engine.ask(Ask(tree=tree)).articles == (4, 2, 1)

    def test_the_rest_of_the_query_is_asked_for_as_before(self, engine: Engine) -> None:
        dated(engine)
        tree = any_word(parse("one two five date:2012").tree)

        assert sorted(engine.ask(Ask(tree=tree)).articles) == [1, 2]


class Sorting:
    @pytest.mark.parametrize(
        ("order", "expected"),
        [
            (Order.NEWEST, [4, 6, 3, 2, 1, 5]),
            (Order.OLDEST, [4, 3, 1, 2, 6, 5]),
            (Order.RELEVANCE, [4, 6, 3, 2, 1, 5]),
        ],
    )
    def test_undated_articles_stand_last(self, engine: Engine, order: Order, expected: list[int]) -> None:
        assert list(ask(dated(engine), order=order).articles) == expected

    def test_equals_stand_newest_arrival_first(self, engine: Engine) -> None:
        engine.write([document(number, published=date(2012, 1, 1)) for number in (3, 1, 2)])

        assert list(ask(engine, order=Order.NEWEST).articles) == [3, 2, 1]
        assert list(ask(engine, order=Order.OLDEST).articles) == [1, 2, 3]

    def test_the_better_match_stands_first(self, engine: Engine) -> None:
        engine.write(
            [
                document(1, "peace among many other words that say nothing of it at all"),
                document(2, "peace peace"),
                document(3, "a word", headline="Peace"),
                document(4, "nothing"),
            ]
        )
        found = ask(engine, "peace")

        assert found.articles[-1] == 1
        assert list(found.scores) == sorted(found.scores, reverse=True)

    def test_a_name_as_written_stands_before_its_stem(self, engine: Engine) -> None:
        engine.write([document(1, "The water was cold."), document(2, "Maxine Waters was cold.")])

        assert list(ask(engine, "waters").articles) == [2, 1]

    def test_a_rare_word_weighs_more_than_a_common_one(self, engine: Engine) -> None:
        engine.write([document(number, "common words here") for number in range(1, 9)])
        engine.write([document(9, "rare words here"), document(10, "common rain here")])

        assert ask(engine, "rare OR common").articles[0] == 9


class Paging:
    @pytest.fixture
    def many(self, engine: Engine) -> Engine:
        engine.write([document(number, published=date(2012, 1, 1)) for number in range(1, 46)])
        return engine

    @pytest.mark.parametrize(
        ("asked", "page", "first", "count"),
        [
            (1, 1, 45, 10),
            (2, 2, 35, 10),
            (5, 5, 5, 5),
            (6, 5, 5, 5),
            (10**10, 5, 5, 5),
            (0, 1, 45, 10),
            (-7, 1, 45, 10),
        ],
    )
    def test_the_nearest_page_is_given(
        self, many: Engine, asked: int, page: int, first: int, count: int
    ) -> None:
        found = ask(many, page=asked, size=10)

        assert (found.page, found.pages, found.total) == (page, 5, 45)
        assert (found.articles[0], len(found.articles)) == (first, count)

    def test_pages_together_are_the_whole_result(self, many: Engine) -> None:
        pages = [ask(many, "envoys", page=page, size=10).articles for page in range(1, 6)]

        assert sorted(article for page in pages for article in page) == list(range(1, 46))

    def test_an_empty_result_has_one_page(self, many: Engine) -> None:
        found = ask(many, "nosuchword", page=3)

        assert (found.page, found.pages, found.total, found.articles) == (1, 1, 0, ())

    def test_counts_alone(self, many: Engine) -> None:
        found = ask(many, size=0, facets=("year",))

        assert (found.total, found.articles) == (45, ())
        assert found.counts["year"].inside == {"year:2012": 45}


class Facets:
    @pytest.fixture
    def faceted(self, engine: Engine) -> Engine:
        engine.write(
            [
                document(1, outlet=1, actors={"person": [12, 5], "state": [7]}),
                document(2, outlet=1, actors={"person": [12]}),
                document(3, outlet=2, actors={"person": [1], "media": [9]}),
                document(4, actors={"state": [7, 8]}),
            ]
        )
        return engine

    def test_values_are_whole_keys(self, faceted: Engine) -> None:
        counts = ask(faceted, facets=ALL_FACETS).counts

        assert counts["outlet"].inside == {"outlet:1": 2, "outlet:2": 1, "outlet:none": 1}
        assert counts["person"].inside == {"actor:12": 2, "actor:5": 1, "actor:1": 1}
        assert counts["state"].inside == {"actor:7": 2, "actor:8": 1}
        assert counts["media"].inside == {"actor:9": 1}
        assert counts["organisation"].inside == {}
        assert counts["language"].inside == {"language:en": 4}

    @pytest.mark.parametrize(
        ("choices", "expected"),
        [
            ({"outlet": choice("outlet:1")}, [1, 2]),
            ({"outlet": choice("outlet:1", "outlet:2")}, [1, 2, 3]),
            ({"outlet": choice(excluded=["outlet:1"])}, [3, 4]),
            ({"outlet": choice("outlet:none")}, [4]),
            ({"outlet": choice("outlet:1"), "person": choice("actor:5")}, [1]),
            ({"person": choice("actor:12"), "state": choice("actor:8")}, []),
            ({"person": choice("actor:12", excluded=["actor:5"])}, [2]),
            ({"person": choice("actor:1")}, [3]),
            ({"outlet": choice("outlet:99")}, []),
            ({"outlet": choice(excluded=["outlet:99"])}, [1, 2, 3, 4]),
        ],
    )
    def test_narrowing_is_exact(
        self, faceted: Engine, choices: dict[str, Choice], expected: list[int]
    ) -> None:
        assert numbers(faceted, choices=choices) == expected

    def test_counts_when_something_is_selected(self, faceted: Engine) -> None:
        counts = ask(faceted, choices={"outlet": choice("outlet:1")}, facets=ALL_FACETS).counts

        assert counts["outlet"].inside == {"outlet:1": 2}
        assert counts["outlet"].outside == {"outlet:2": 1, "outlet:none": 1}
        assert counts["person"].inside == {"actor:12": 2, "actor:5": 1}
        assert counts["person"].outside == {}

    def test_what_a_value_adds_counts_no_article_twice(self, faceted: Engine) -> None:
        counts = ask(faceted, choices={"person": choice("actor:12")}, facets=("person",)).counts["person"]

        assert counts.inside == {"actor:12": 2, "actor:5": 1}
        assert counts.outside == {"actor:1": 1}

    def test_an_exclusion_says_what_it_hides(self, faceted: Engine) -> None:
        choices = {"outlet": choice(excluded=["outlet:1", "outlet:2"])}
        counts = ask(faceted, choices=choices, facets=("outlet",)).counts["outlet"]

        assert counts.without_exclusion == {"outlet:1": 3, "outlet:2": 2}

    def test_hidden_articles_are_for_curators(self, faceted: Engine) -> None:
        faceted.write([document(2, outlet=1, status=["status:hidden"])])

        assert numbers(faceted) == [1, 3, 4]
        assert ask(faceted, facets=("outlet",)).counts["outlet"].inside["outlet:1"] == 1
        assert ask(faceted).archive_total == 3
        assert numbers(faceted, curator=True) == [1, 2, 3, 4]
        assert ask(faceted, curator=True).archive_total == 4


class Stories:
    @pytest.fixture
    def told(self, engine: Engine) -> Engine:
        """Give two stories and an article by itself; the first story has a dated and an undated version."""
        engine.write(
            [
                document(1, "peace", outlet=1, published=date(2012, 7, 2), story="story:7"),
                document(2, "peace peace", outlet=2, published=date(2012, 8, 1), story="story:7"),
                document(3, "peace", outlet=2, story="story:7"),
                document(4, "war", outlet=2, published=date(2012, 7, 9), story="story:8"),
            ]
        )
        engine.write([document(5, "war", outlet=2, published=date(2012, 7, 8), story="story:8")])
        engine.write([document(7, "peace of mind", published=date(2012, 8, 3))])
        return engine

    def by_story(self, engine: Engine, query: str = "", **options: Any) -> Found:
        return ask(engine, query, count=Count.STORIES, facets=ALL_FACETS, **options)

    def test_both_totals_are_always_told(self, told: Engine) -> None:
        articles, stories = ask(told), self.by_story(told)

        assert (articles.total, articles.article_total, articles.story_total) == (6, 6, 3)
        assert (stories.total, stories.article_total, stories.story_total) == (3, 6, 3)
        assert (articles.archive_total, stories.archive_total) == (6, 3)
        assert articles.more_versions == (0,) * 6

    def test_counts_are_of_distinct_stories(self, told: Engine) -> None:
        found = self.by_story(told)

        assert found.counts["outlet"].inside == {"outlet:1": 1, "outlet:2": 2, "outlet:none": 1}
        assert found.months == {"month:2012-07": 2, "month:2012-08": 2, "month:undated": 1}
        assert found.archive_months == found.months

    def test_what_a_value_adds_counts_no_story_twice(self, told: Engine) -> None:
        counts = self.by_story(told, choices={"outlet": choice("outlet:1")}).counts["outlet"]

        assert counts.inside == {"outlet:1": 1}
        assert counts.outside == {"outlet:2": 1, "outlet:none": 1}

    def test_an_exclusion_says_how_many_stories_it_hides(self, told: Engine) -> None:
        counts = self.by_story(told, choices={"outlet": choice(excluded=["outlet:2"])}).counts["outlet"]

        assert counts.without_exclusion == {"outlet:2": 3}

    @pytest.mark.parametrize(
        ("query", "order", "articles", "more"),
        [
            ("peace", Order.RELEVANCE, (2, 7), (2, 0)),
            ("", Order.NEWEST, (7, 5, 1), (0, 1, 2)),
            ("", Order.OLDEST, (1, 5, 7), (2, 1, 0)),
        ],
    )
    def test_one_article_stands_for_its_story(
        self, told: Engine, query: str, order: Order, articles: tuple[int, ...], more: tuple[int, ...]
    ) -> None:
        found = self.by_story(told, query, order=order)

        assert (found.articles, found.more_versions) == (articles, more)

    def test_pages_count_stories(self, told: Engine) -> None:
        pages = [self.by_story(told, order=Order.OLDEST, page=page, size=2) for page in (1, 2, 9)]

        assert [found.articles for found in pages] == [(1, 5), (7,), (7,)]
        assert {found.pages for found in pages} == {2}

    def test_the_undated_left_out_are_stories(self, told: Engine) -> None:
        told.write([document(6, "peace", story="story:7")])

        assert self.by_story(told, published=Range(date(2012, 7, 1), None)).undated_left_out == 1

    def test_hidden_articles_tell_no_story(self, told: Engine) -> None:
        told.write([document(7, status=["status:hidden"]), document(1, status=["status:hidden"])])

        assert self.by_story(told).total == 2
        assert self.by_story(told, curator=True).total == 4

    def test_an_article_that_moves_changes_its_story(self, told: Engine) -> None:
        told.write([document(5), document(4, story="story:7")])

        assert self.by_story(told).total == 3
        assert told.stories() == {
            **dict.fromkeys((1, 2, 3, 4), "story:7"),
            5: "article:5",
            7: "article:7",
        }


class Writing:
    def test_an_empty_index_answers(self, engine: Engine) -> None:
        found = ask(engine, "annan", facets=ALL_FACETS, published=Range(date(2012, 1, 1), None))

        assert (found.total, found.articles, found.pages, found.archive_total) == (0, (), 1, 0)
        assert (ask(engine, count=Count.STORIES).total, engine.stories()) == (0, {})
        assert engine.versions() == {}

    def test_add_update_remove(self, engine: Engine) -> None:
        engine.write([document(1, "first"), document(2, "second")])
        engine.write([document(1, "changed", version=2)], gone=[2])

        assert numbers(engine, "first") == []
        assert numbers(engine, "second") == []
        assert numbers(engine, "changed") == [1]
        assert engine.versions() == {1: 2}

    def test_the_last_of_two_documents_of_one_article_counts(self, engine: Engine) -> None:
        engine.write([document(1, "old"), document(1, "new", version=5)])

        assert engine.versions() == {1: 5}
        assert numbers(engine, "new") == [1]

    def test_removing_what_is_not_there_is_harmless(self, engine: Engine) -> None:
        engine.write([document(1)])
        engine.write([], gone=[99])

        assert engine.versions() == {1: 1}

    def test_a_write_that_fails_changes_nothing(self, engine: Engine) -> None:
        engine.write([document(1, "before")])

        def broken() -> Iterable[dict[str, Any]]:
            yield document(1, "after")
            raise RuntimeError("the pipeline broke")

        with pytest.raises(RuntimeError, match="pipeline"):
            engine.write(broken())
        assert numbers(engine, "before") == [1]
        engine.write([document(2, "later")])
        assert numbers(engine) == [1, 2]

    def test_many_small_writes_equal_one_large(self, engine: Engine) -> None:
        for number in range(1, 61):
            engine.write(
                [document(number, f"word{number} shared", outlet=number % 3 + 1)], gone=[number - 30]
            )

        assert sorted(engine.versions()) == list(range(31, 61))
        assert numbers(engine, "shared") == list(range(31, 61))
        assert numbers(engine, '"word42 shared"') == [42]
        assert numbers(engine, "word7") == []
        assert ask(engine, facets=("outlet",)).counts["outlet"].inside == {
            f"outlet:{n}": 10 for n in (1, 2, 3)
        }

    def test_clearing(self, engine: Engine) -> None:
        engine.write([document(1)])
        engine.clear()

        assert engine.versions() == {}
        engine.write([document(2)])
        assert engine.versions() == {2: 1}


class Spellings:
    """Parts of a query that are keys, and keys that count only where another one stands."""

    @pytest.fixture
    def spelled(self, engine: Engine) -> Engine:
        rows = {1: [(7, "annan")], 2: [(7, "kofi")], 3: [(7, "annan"), (7, "kofi"), (8, "brahimi")], 4: []}
        engine.write(
            [
                document(
                    number,
                    actors={"person": sorted({actor for actor, _ in named})},
                    spelling=[f"spelling:{actor}-{name}" for actor, name in named],
                )
                for number, named in rows.items()
            ]
        )
        return engine

    @pytest.mark.parametrize(
        ("keys", "expected"),
        [
            ([("person", "actor:7")], [1, 2, 3]),
            ([("spelling", "spelling:7-kofi")], [2, 3]),
            ([("spelling", "spelling:7-kofi"), ("spelling", "spelling:7-annan")], [1, 2, 3]),
            ([("person", "actor:8"), ("spelling", "spelling:7-annan")], [1, 3]),
            ([("person", "actor:99")], []),
            ([], []),
        ],
    )
    def test_a_part_may_be_keys(
        self, spelled: Engine, keys: list[tuple[str, str]], expected: list[int]
    ) -> None:
        part = Carrying(frozenset(keys), Field("actor", Word("annan")))
        assert sorted(spelled.ask(Ask(tree=part)).articles) == expected
        assert sorted(spelled.ask(Ask(tree=Not(part))).articles) == sorted({1, 2, 3, 4} - {*expected})

    def test_a_choice_may_be_narrowed_to_some_spellings(self, spelled: Engine) -> None:
        narrowed = {"actor:7": frozenset({"spelling:7-annan"})}
        chosen = {"person": choice("actor:7")}
        assert numbers(spelled, choices=chosen) == [1, 2, 3]
        assert numbers(spelled, choices=chosen, narrowed=narrowed) == [1, 3]
        excluded = {"person": choice(excluded=["actor:7"])}
        assert numbers(spelled, choices=excluded, narrowed=narrowed) == [2, 4]

    def test_who_is_named_together_is_counted(self, spelled: Engine) -> None:
        keys = [("person", "actor:7"), ("person", "actor:8"), ("spelling", "spelling:7-kofi")]
        assert spelled.together(Ask(), keys) == {
            ("actor:7", "actor:8"): 1,
            ("actor:7", "spelling:7-kofi"): 2,
            ("actor:8", "spelling:7-kofi"): 1,
        }
        without = Ask(choices={"person": choice(excluded=["actor:8"])})
        assert spelled.together(without, keys) == {("actor:7", "spelling:7-kofi"): 1}
        assert spelled.together(Ask(), []) == {}

    def test_spellings_are_counted_when_asked_for(self, spelled: Engine) -> None:
        counts = ask(spelled, facets=("spelling",)).counts["spelling"].inside
        assert counts == {"spelling:7-annan": 2, "spelling:7-kofi": 2, "spelling:8-brahimi": 1}


class EngineContract(
    Operators, Fields, Spellings, Dates, Values, AnyWord, Sorting, Paging, Facets, Stories, Writing
):
    """All of it. A subclass gives `engine`."""

    @pytest.fixture
    def filled(self, engine: Engine) -> Engine:
        engine.write([document(number, text) for number, text in TEXTS.items()])
        return engine
