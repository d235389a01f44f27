"""The first page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from html import unescape
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Status, Story
from articles.search.engines.ask import SearchUnavailable
from articles.search.holdings import ENOUGH, LARGEST_OUTLETS
from articles.search.pending import drain
from tests.factories import make_actor, make_article, make_mentions

See = Callable[..., str]
pytestmark = pytest.mark.django_db


def test_an_empty_archive_says_how_to_fill_it(see: See) -> None:
    html = see("/")

    assert "The archive is empty" in html
    assert "make ingest FILES=" in html


def test_it_tells_what_the_archive_holds(see: See) -> None:
    annan = make_actor("Kofi Annan")
    for number, day in enumerate((date(2012, 7, 2), date(2012, 7, 9), date(2013, 1, 1)), start=1):
        article = make_article(
            headline=f"Talks {number}", body="Kofi Annan spoke.", outlet="Vessa Herald", published=day
        )
        make_mentions(article, annan)
    make_article(headline="Some day")
    make_article(headline="Not shown", status=Status.HIDDEN)
    html = see("/")

    assert "4 articles from 1 outlet" in html
    assert "1 actor</a>" in html
    assert "1 undated</a>" in html
    assert html.index("Talks 3") < html.index("Talks 1") < html.index("Some day")
    assert '3 articles<span class="hidden-text"> that name Kofi Annan</span>' in html
    assert "Not shown" not in html
    assert "July 2012: 2</title>" in html
    assert html.count('id="q"') == 1


def test_it_tells_search_engines_how_to_search(see: See) -> None:
    make_article()
    said = re.search(r'<script type="application/ld\+json">(.*?)</script>', see("/"))
    assert said
    read = json.loads(said.group(1))

    assert read["@type"] == "WebSite"
    assert (
        read["potentialAction"]["target"]["urlTemplate"] == "http://testserver/search/?q={search_term_string}"
    )


def test_its_numbers_lead_to_searches_that_find_as_many(client: Client, see: See) -> None:
    dates = [date(2012, 1, 3), date(2012, 1, 9), date(2012, 6, 1), None]
    for number, day in enumerate(dates):
        make_article(body=f"Text {number}.", outlet="Vessa Herald", published=day)
    make_article(outlet="Karrin Daily", published=(date(2012, 1, 1), date(2012, 12, 31)), precision="year")
    html = see("/")

    for title, count in (("January 2012", 2), ("undated", 1)):
        link = re.search(rf'<a href="([^"]*)" tabindex="-1"><title>Vessa Herald, {title}: {count}<', html)
        assert link, title
        assert f"<b>{count} article" in see(unescape(link.group(1)))
    year = re.search(r'Karrin Daily</th><td class="number"><a href="([^"]*)">1</a>', html)
    assert year
    assert "<b>1 article" in see(unescape(year.group(1)))


def test_a_time_without_articles_is_shown_and_told(see: See) -> None:
    for month in (1, 2, 6):
        make_article(body=f"Month {month}.", outlet="Vessa Herald", published=date(2012, month, 1))
    html = see("/")

    assert "<title>Vessa Herald: nothing, March 2012 to May 2012</title>" in html
    assert '<td class="gaps">March 2012 to May 2012</td>' in html


def test_who_is_named_lately_is_told_with_the_period(see: See) -> None:
    early, late = make_actor("Ilmar Tessedin"), make_actor("Osanna Brekk")
    for number in range(ENOUGH + 5):
        old = make_article(body=f"Ilmar Tessedin {number}.", published=date(2011, 1, 1))
        make_mentions(old, early)
        if number < ENOUGH:
            new = make_article(body=f"Osanna Brekk {number}.", published=date(2012, 5 + number % 3, 1))
            make_mentions(new, late)
    # One date far ahead, as after a misreading, is no period to count in.
    make_article(body="Osanna Brekk.", published=date(2031, 1, 1))
    html = see("/")
    lately = html[html.index('id="lately"') : html.index('id="most-mentioned"')]

    assert 'from=2012-05&amp;to=2012-07">May 2012 to July 2012</a>' in lately
    assert f"{ENOUGH} articles" in lately
    assert "Osanna Brekk" in lately
    assert "Ilmar Tessedin" not in lately
    assert "Ilmar Tessedin" in html[html.index('id="most-mentioned"') :]


def test_stories_of_several_outlets_are_listed(see: See) -> None:
    told = [
        make_article(headline="Fire at the mill", outlet=name) for name in ("Vessa Herald", "Karrin Daily")
    ]
    story = Story.objects.create(article_count=2, outlet_count=2, latest=date(2012, 7, 2))
    Article.objects.filter(pk__in=[one.pk for one in told]).update(story=story)
    html = see("/")

    assert f'<a href="{story.get_absolute_url()}">Fire at the mill</a>' in html
    assert "2 versions" in html


def test_smaller_outlets_are_counted_together(see: See) -> None:
    for number in range(LARGEST_OUTLETS + 3):
        make_article(body=f"{number}", outlet=f"Outlet {number}", published=date(2012, 7, 2))
    make_article(body="None.", published=date(2012, 7, 2))
    html = see("/")

    assert html.count('<svg class="chart row') == LARGEST_OUTLETS + 1
    assert "3 other outlets" in html


def test_without_the_index_it_says_so_and_shows_the_newest(client: Client, admin_client: Client) -> None:
    make_article(headline="Talks at the harbour")
    fault = SearchUnavailable("The index is locked.", "Run manage.py rebuild_index.")
    with patch("articles.views.home.holdings", side_effect=fault):
        reader, staff = client.get("/"), admin_client.get("/")

    for page in (reader, staff):
        assert page.status_code == 200
        assert "The search cannot answer now" in page.content.decode()
        assert "Talks at the harbour" in page.content.decode()
    assert "rebuild_index" not in reader.content.decode()
    assert "rebuild_index" in staff.content.decode()


def test_it_asks_the_database_as_much_of_a_larger_archive(client: Client) -> None:
    counts = []
    for number in range(12):
        article = make_article(
            body=f"Kofi Annan spoke {number}.", outlet=f"Outlet {number}", published=date(2012, 7, 2)
        )
        make_mentions(article, make_actor("Kofi Annan"))
        if number in (1, 11):
            drain()
            with CaptureQueriesContext(connection) as asked:
                client.get("/")
            counts.append(len(asked))

    # Is there an article; stories; outlets; actors; articles and who is named in them.
    assert counts == [6, 6]
