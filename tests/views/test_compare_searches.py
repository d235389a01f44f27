"""Several searches over time: the counts, the page, the files."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from html import unescape
from xml.etree import ElementTree as ET

import pytest
from django.http import QueryDict
from django.test import Client

from articles.models import Article, Outlet, Story
from articles.search.over_time import Period, over_time
from articles.search.pending import drain
from articles.search.request import SearchRequest
from articles.views.compare_searches import Asked, comparison_with
from tests.factories import make_article
from tests.search.archive import make_archive

See = Callable[..., str]
pytestmark = pytest.mark.django_db
HERE = "/search/compare/"


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    drain()
    response = client.get(address)
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert response["Content-Disposition"] == 'attachment; filename="comparison.csv"'
    return list(csv.DictReader(io.StringIO(text)))


def make_talks() -> None:
    for month, outlet in ((6, "Vessa Herald"), (7, "Vessa Herald"), (7, "Karrin Daily"), (9, "Karrin Daily")):
        make_article(headline="Talks", body="A truce.", outlet=outlet, published=date(2012, month, 3))
    make_article(headline="Fishing", published=date(2012, 7, 9))
    make_article(headline="Talks", body="Some day.")
    make_article(headline="Talks", published=(date(2012, 6, 20), date(2012, 8, 2)), precision="interval")


@pytest.mark.parametrize("by", list(Period))
def test_counts_are_those_of_the_rows(by: Period) -> None:
    make_archive(120, seed=5)
    drain()
    requests = [SearchRequest.from_query_string(text) for text in ("?", "?q=annan", "?q=plan&language=en")]
    every, annan, _ = over_time(requests, by=by)
    digits = {Period.MONTH: 7, Period.YEAR: 4}[by]
    counted: Counter[str] = Counter()
    doubtful = 0
    for article in Article.objects.visible().dated():
        first, last = (str(day)[:digits] for day in (article.published_from, article.published_to))
        counted.update([first] if first == last else [])
        doubtful += first != last

    assert dict(every.counts) == dict(every.archive) == dict(counted)
    assert every.doubtful == doubtful
    assert every.undated == Article.objects.visible().undated().count()
    for one in (every, annan):
        assert sum(one.counts.values()) + one.undated + one.doubtful == one.total
    period = max(annan.counts)
    assert annan.share(period) == annan.counts[period] / counted[period]
    assert annan.share("1800") is None


def test_what_is_narrowed_to_an_outlet_is_measured_by_that_outlet() -> None:
    make_talks()
    drain()
    outlet = Outlet.objects.get(name="Karrin Daily")
    [one] = over_time([SearchRequest.from_query_string(f"?q=talks&outlet={outlet.pk}")], by=Period.MONTH)

    assert dict(one.archive) == {"2012-07": 1, "2012-09": 1}
    assert one.name == "talks · Karrin Daily"


def test_the_page_has_chart_legend_and_table(see: See) -> None:
    make_talks()
    html = see(HERE, q=["talks", "fishing", "talks"])

    assert html.count('<polyline class="line-1"') == 1
    assert re.search(
        r'q=talks">talks</a>: 6 articles, <a [^>]*>1 of no single month</a>, <a [^>]*>1 undated', html
    )
    assert html.count('class="legend"') == 1
    cells = re.findall(r'<th scope="row">(\w+ \d+)</th><td class="number"><a [^>]*>(\d+)', html)
    assert cells == [("June 2012", "1"), ("July 2012", "2"), ("September 2012", "1")]
    link = re.search(r'<a href="([^"]*month=2012-07)">2</a>', html)
    assert link
    assert "<b>2 articles</b>" in see(unescape(link[1]))


def test_months_of_which_nothing_is_held_break_the_line(see: See) -> None:
    make_talks()
    [line] = re.findall(r'<polyline class="line-1"[^>]* points="([^"]*)"', see(HERE, q="talks"))

    assert len(line.split()) == 2, "June and July; of August nothing is held, September stands alone"


def test_a_file_of_the_table(client: Client) -> None:
    make_talks()
    rows = rows_of(client, f"{HERE}?q=talks&q=%3Dcmd&q=%EF%BC%9Dcmd&format=csv")

    july = next(row for row in rows if row["period"] == "2012-07")
    assert july == {
        "search": "talks",
        "period": "2012-07",
        "found": "2",
        "counted": "articles",
        "in the archive": "3",
        "share": "0.666667",
    }
    assert [row["found"] for row in rows if row["period"] == "undated"] == ["1", "0", "0"]
    assert {row["search"] for row in rows} == {"talks", "'=cmd", "'＝cmd"}, "no cell begins as a formula"  # noqa: RUF001


def test_a_picture_that_stands_alone(client: Client) -> None:
    make_talks()
    drain()
    response = client.get(f"{HERE}?q=talks&q=%3C%26%22&measure=share&format=svg")
    root = ET.fromstring(response.content)  # noqa: S314  # our own

    assert response["Content-Type"] == "image/svg+xml"
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    words = " ".join(root.itertext())
    assert "talks: 6 articles, of them 1 undated, 1 of no single month" in words
    assert "http://testserver/search/compare/?q=talks" in words


def test_stories_are_counted_once_in_a_month(see: See) -> None:
    story = Story.objects.create()
    for day in (1, 2, 3):
        make_article(headline="Talks", story=story, published=date(2012, 7, day))
    html = see(HERE, q="talks", measure="stories")

    assert ">talks</a>: 1 story" in html
    assert ">1</a></td>" in html


def test_a_line_for_each_outlet(see: See) -> None:
    make_talks()
    html = see(HERE, q=["talks", "fishing"], outlet="each")

    assert "A line for each outlet is drawn of one search" in html
    assert "talks · Karrin Daily</a>: 2 articles" in html
    assert "talks · unknown outlet</a>: 2 articles" in html
    assert html.count("the archive holds nothing") == 4


def test_days_and_years(see: See) -> None:
    make_talks()
    html = see(HERE, q="talks", by="year", **{"from": "2012-07", "to": "2012"})

    assert '<th scope="row">2012</th><td class="number"><a' in html
    assert 'value="2012-07"' in html
    assert "from 2012-07 · to 2012</a>: 4 articles" in html


def test_a_sixth_search_is_said_to_be_left_out(see: See) -> None:
    make_talks()
    html = see(HERE, q=list("abcdef"))

    assert "At most 5 searches can be compared" in html
    assert html.count('<input id="search-') == 5


def test_the_address_says_all_of_it() -> None:
    text = "?q=talks&q=%3Fq%3Da%26outlet%3D3&measure=share&by=year&outlet=7&from=2012&to=2013"

    assert Asked.read(QueryDict(text[1:])).url == text
    assert Asked.read(QueryDict("q=+&by=week&measure=x&outlet=x")).url == "?"


def test_a_search_leads_to_its_comparison(see: See) -> None:
    make_talks()
    outlet = Outlet.objects.get(name="Vessa Herald")
    html = see("/search/", q="talks", outlet=str(outlet.pk), page="1", sort="oldest")
    link = re.search(r'href="([^"]*)">Compare over time', html)
    assert link
    page = see(unescape(link[1]))

    assert "talks · Vessa Herald</a>: 2 articles" in page
    assert comparison_with(SearchRequest(query="talks")) == f"{HERE}?q=talks"


@pytest.mark.parametrize(
    "odd", ["\0", "(" * 300, "?", "?q=", "?page=x&month=0", "'\"><script>alert(1)</script>", "?outlet=99999"]
)
def test_no_search_is_an_error(see: See, client: Client, odd: str) -> None:
    make_talks()
    html = see(HERE, q=odd, outlet=odd, by=odd, measure=odd, **{"from": odd})

    assert "<script>alert" not in html
    for form in ("csv", "svg"):
        response = client.get(HERE, {"q": odd, "format": form})
        assert response.status_code == 200
