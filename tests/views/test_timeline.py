"""A search over time: publications and what is spoken of, on three scales, with tables and files."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article, PendingIndex, Role, Story
from articles.search.partial_date import PartialDate
from articles.search.pending import drain
from articles.search.request import SearchRequest
from articles.search.timeline import Band, Scale, Span, Timeline, timeline
from articles.views.timeline import looked_at
from articles.views.timeline_layout import MOST_LANES, draw, place, units_of
from tests.factories import make_actor, make_article, make_date_mention, make_mentions
from tests.search.archive import make_archive

See = Callable[..., str]
pytestmark = pytest.mark.django_db
HERE = "/search/timeline/"
QUERIES = 3  # of the database: whether all is indexed, the intervals, and the times spoken of
EVIL = "\"'></title></svg><script>alert(1)</script>\x07"


def seen(query: str = "", within: str = "") -> Timeline:
    drain()
    return timeline(SearchRequest.from_query_string(query), within=PartialDate.read(within))


def make_talks() -> None:
    """Make five articles: of a day, of a month, of an interval in a year, over two years, undated."""
    day = make_article(headline="Talks", published=date(2012, 7, 2))
    make_date_mention(day, "Saturday", date(2012, 6, 30), date(2012, 6, 30))
    make_date_mention(day, "30 June", date(2012, 6, 30), date(2012, 6, 30))
    make_date_mention(day, "this week", date(2012, 7, 2), date(2012, 7, 8))
    month = make_article(headline="Talks", published=(date(2012, 7, 1), date(2012, 7, 31)), precision="month")
    make_date_mention(month, "June 2012", date(2012, 6, 1), date(2012, 6, 30))
    make_date_mention(month, "since spring", date(2012, 3, 1), date(2012, 7, 31))
    spring = (date(2012, 3, 4), date(2012, 5, 7))
    between = make_article(headline="Talks", published=spring, precision="interval")
    make_date_mention(between, "the war", date(1990, 5, 1), date(1995, 1, 1))
    make_date_mention(between, "some day", None, None)
    make_article(headline="Talks", published=(date(2012, 12, 1), date(2013, 1, 31)), precision="interval")
    make_article(headline="Talks")


def test_years_have_bars_spans_and_what_stands_apart() -> None:
    make_talks()
    found = seen("?q=talks")

    assert found.scale is Scale.YEARS
    assert found.published == Band({"2012": 3}, (Span(date(2012, 12, 1), date(2013, 1, 31), 1),), apart=1)
    assert found.spoken == Band({"2012": 2}, (Span(date(1990, 5, 1), date(1995, 1, 1), 1),), apart=2)


def test_months_of_a_year() -> None:
    make_talks()
    found = seen("?q=talks", "2012")

    assert found.published.bars == {"2012-07": 2}
    assert found.published.spans == (Span(date(2012, 3, 4), date(2012, 5, 7), 1),)
    assert found.spoken.bars == {"2012-06": 2, "2012-07": 1}
    assert found.spoken.spans == (Span(date(2012, 3, 1), date(2012, 7, 31), 1),)


def test_days_of_a_month() -> None:
    make_talks()
    july, june = seen("?q=talks", "2012-07"), seen("?q=talks", "2012-06")

    assert july.published == Band({"2012-07-02": 1}, (Span(date(2012, 7, 1), date(2012, 7, 31), 1),), apart=1)
    assert july.spoken.bars == {}
    assert july.spoken.spans == (Span(date(2012, 7, 2), date(2012, 7, 8), 1),)
    assert june.spoken.bars == {"2012-06-30": 1}, "an article that names a day twice speaks of it once"
    assert june.spoken.spans == (Span(date(2012, 6, 1), date(2012, 6, 30), 1),)


def test_a_search_that_chooses_other_months_has_nothing_in_this_one() -> None:
    make_talks()

    assert seen("?q=talks&month=2012-06", "2012-07").published.bars == {}
    assert seen("?q=talks&month=-2012-07", "2012-07").published.bars == {}
    assert seen("?q=talks&month=2012-07", "2012-07").published.bars == {"2012-07-02": 1}


def test_counts_are_those_of_the_rows() -> None:
    make_archive(120, seed=5)
    for number, article in enumerate(Article.objects.visible()):
        start = date(2012, 1, 1) + timedelta(days=number * 7)
        make_date_mention(article, "then", start, start + timedelta(days=number % 50))
    published: Counter[int] = Counter()
    for first, last in Article.objects.visible().dated().values_list("published_from", "published_to"):
        published.update([first.year] if first.year == last.year else [])
    found = seen()

    assert {int(year): count for year, count in found.published.bars.items()} == dict(published)
    over_years = sum(span.count for span in found.published.spans)
    assert sum(published.values()) + over_years + found.published.apart == found.total


def test_the_page_shows_both_and_each_number_is_what_its_link_finds(see: See) -> None:
    make_talks()
    story = Story.objects.create()
    Article.objects.filter(published_precision__in=("day", "month")).update(story=story)
    PendingIndex.objects.queue(Article.objects.values_list("pk", flat=True))
    html = see(HERE, q="talks", count="stories", **{"in": "2012"})
    rows = re.findall(r'<tr><th scope="row"><a href="([^"]+)">([^<]+)</a></th>(.*?)</tr>', html)

    assert [label for _, label, _ in rows] == ["June 2012", "July 2012"]
    assert rows[1][0] == "/search/timeline/?q=talks&amp;in=2012-07"
    numbers = re.findall(r'<a href="([^"]+)">(\d+)<', "".join(row[2] for row in rows))
    assert len(numbers) == 3
    for address, number in numbers:
        assert f"<b>{number} article" in see(unescape(address)), address


def test_zoom_goes_in_out_and_aside_by_links(see: See) -> None:
    make_talks()
    years = see(HERE, q="talks")
    assert 'href="/search/timeline/?q=talks&amp;in=2012"' in years
    assert "Other times" not in years
    days = see(HERE, q="talks", **{"in": "2012-01-15"})
    steps = re.search(r'<nav class="stepping".*?</nav>', days, re.DOTALL)
    assert steps
    assert re.findall(r'href="([^"]+)"', steps[0]) == [
        "/search/timeline/?q=talks",
        "/search/timeline/?q=talks&amp;in=2012",
        "/search/timeline/?q=talks&amp;in=2011-12",
        "/search/timeline/?q=talks&amp;in=2012-02",
    ]


def test_the_first_and_the_last_month_there_can_be(see: See) -> None:
    for when in ("0001", "0001-01", "9999", "9999-12"):
        assert "Timeline, " in see(HERE, **{"in": when})


def test_offices_of_those_asked_for_are_shown(see: See) -> None:
    actor, other = make_actor("Osanna Brekk"), make_actor("Ilmar Tessedin")
    article = make_article(body="Osanna Brekk and Ilmar Tessedin.", published=date(2012, 7, 2))
    for one in (actor, other):
        make_mentions(article, one)
        terms = {"held_from": date(2012, 7, 1), "held_from_precision": "month", "held_to": date(2013, 1, 2)}
        Role.objects.create(actor=one, phrase=f"minister {one.pk}", title="minister", **terms)
    html = see(HERE, actor=str(actor.pk), **{"in": "2012"})

    assert f"became minister {actor.pk}" in html
    assert "<td>July 2012</td>" in html
    assert "left office" not in html, "that was the year after"
    assert f"minister {other.pk}" not in html
    assert "Offices taken" not in see(HERE, **{"in": "2012"})
    years = see(HERE, actor=str(actor.pk))
    assert re.findall(r'<text x="[^"]+" y="\d+" text-anchor="\w+"[^>]*>(\d{4})<', years) == ["2012", "2013"]
    assert years.count("<path") == 2


def test_a_file_of_the_table(client: Client) -> None:
    make_talks()
    drain()
    response = client.get(f"{HERE}?q=talks&in=2012&format=csv")
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    rows = [tuple(row.values())[1:] for row in csv.DictReader(io.StringIO(text))]

    assert rows == [
        ("published", "2012-07-01", "2012-07-31", "month", "2"),
        ("published", "2012-03-04", "2012-05-07", "interval", "1"),
        ("published", "", "", "undated", "1"),
        ("spoken of", "2012-06-01", "2012-06-30", "month", "2"),
        ("spoken of", "2012-07-01", "2012-07-31", "month", "1"),
        ("spoken of", "2012-03-01", "2012-07-31", "interval", "1"),
        ("spoken of", "", "", "no time", "2"),
    ]


def test_a_picture_that_stands_alone(client: Client) -> None:
    make_talks()
    drain()
    response = client.get(HERE, {"q": "talks", "in": "2012", "format": "svg"})
    root = ET.fromstring(response.content)  # noqa: S314  # our own
    words = " ".join(" ".join(root.itertext()).split())

    assert response["Content-Disposition"] == 'attachment; filename="timeline.svg"'
    assert "Timeline, 2012: talks" in words
    assert "5 articles; 1 undated, 2 that speak of no time that is known." in words
    assert "4 March 2012 to 7 May 2012: 1" in words
    assert "http://testserver/search/timeline/?q=talks&in=2012" in words
    assert not list(root.iter("{http://www.w3.org/2000/svg}a"))


def test_a_hostile_query_is_text_in_a_file_that_opens(client: Client) -> None:
    make_talks()
    drain()
    response = client.get(HERE, {"q": EVIL, "format": "svg"})

    assert b"<script" not in response.content
    assert EVIL[:-1] in "".join(ET.fromstring(response.content).itertext())  # noqa: S314  # our own


@pytest.mark.parametrize("odd", ["", "x", "0000", "2012-13", "20120", "²012", EVIL, "9" * 50])
def test_no_address_is_an_error(see: See, odd: str) -> None:
    make_talks()
    html = see(HERE, q=odd, year=odd, **{"in": odd, "from": odd})

    assert "<script>alert" not in html
    assert looked_at(odd) is None


def test_an_empty_result_says_so(see: See) -> None:
    assert "No article matches" in see(HERE, q="unheard")


def test_results_lead_to_it(see: See) -> None:
    make_talks()
    assert 'href="/search/timeline/?q=talks&amp;from=2012"' in see(
        "/search/?q=talks&from=2012&sort=oldest&page=1"
    )


@pytest.mark.parametrize("when", ["", "2012", "2012-07"])
def test_the_database_is_asked_as_often_for_many_as_for_few(see: See, when: str) -> None:
    make_talks()
    see(HERE, q="talks", **{"in": when})
    with CaptureQueriesContext(connection) as few:
        see(HERE, q="talks", **{"in": when})
    for number in range(1, 28):
        article = make_article(headline="Talks", published=date(2012, 7, number))
        make_date_mention(article, "then", date(2012, 7, number), date(2012, 8, number))
    see(HERE, q="talks", **{"in": when})
    with CaptureQueriesContext(connection) as many:
        see(HERE, q="talks", **{"in": when})

    assert len(many) == len(few) == QUERIES


class TestLayout:
    def timeline(self, within: str = "", **bands: Band) -> Timeline:
        when = PartialDate.read(within)
        nothing = Band({}, (), 0)
        scale = {0: Scale.YEARS, 4: Scale.MONTHS, 7: Scale.DAYS}[len(within)]
        return Timeline(
            SearchRequest(),
            scale,
            when,
            1,
            bands.get("published", nothing),
            bands.get("spoken", nothing),
            (),
            0,
            (),
        )

    def test_a_year_has_its_months_and_a_month_its_days(self) -> None:
        assert len(units_of(self.timeline("2012"))) == 12
        assert len(units_of(self.timeline("2012-02"))) == 29
        assert units_of(self.timeline()) == ()

    def test_a_long_gap_is_a_break_and_a_short_one_is_not(self) -> None:
        units = units_of(self.timeline(spoken=Band({"1945": 1, "2009": 1, "2012": 2}, (), 0)))
        assert [unit.when.text for unit in units] == ["1945", "2009", "2010", "2011", "2012"]
        assert len(draw(self.timeline(spoken=Band({"1945": 1, "2009": 1, "2012": 2}, (), 0))).breaks) == 1
        assert units[-1].x + units[-1].width == pytest.approx(100)

    def test_a_span_lies_from_its_first_day_to_the_end_of_its_last(self) -> None:
        span = Span(date(2012, 4, 1), date(2012, 6, 30), 1)
        drawn = draw(self.timeline("2012", published=Band({}, (span,), 0))).published.spans[0]

        assert (drawn.x, drawn.width) == ("25.000%", "25.000%")

    def test_what_runs_out_of_the_picture_ends_at_its_edge(self) -> None:
        span = Span(date(2012, 6, 20), date(2012, 7, 10), 1)
        drawn = draw(self.timeline("2012-07", published=Band({}, (span,), 0))).published.spans[0]
        assert drawn.x == "0.000%"
        assert float(drawn.width[:-1]) == pytest.approx(1000 / 31, abs=0.01)
        units = units_of(self.timeline("2012-07"))
        assert place(date(2012, 8, 1), units) == 100

    def test_bars_stand_on_their_base_and_bands_do_not_meet(self) -> None:
        spans = tuple(Span(date(2012, 1, 1), date(2012, 3, day), 1) for day in range(1, 31))
        chart = draw(self.timeline("2012", published=Band({"2012-07": 9, "2012-08": 1}, spans, 0)))

        assert all(bar.y + bar.height == chart.published.base for bar in chart.published.bars)
        assert len(chart.published.spans) == MOST_LANES
        lowest = max(span.y for span in chart.published.spans)
        assert chart.published.base < lowest < chart.axis_y < chart.spoken.title_y < chart.height

    def test_no_name_on_the_axis_is_written_over_another(self) -> None:
        years = Band({f"{year}": 1 for year in range(1900, 2020)}, (), 0)
        ticks = draw(self.timeline(published=years)).ticks
        places = [float(tick.x[:-1]) for tick in ticks]

        assert min(right - left for left, right in pairwise(places)) > 7
        few = [at for at, tick in zip(places, ticks, strict=True) if not tick.rare]
        assert min(right - left for left, right in pairwise(few)) > 14
