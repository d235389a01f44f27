"""Charts as files: a picture that stands alone and says what it shows, and the table behind it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from html import unescape
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.search.pending import drain
from articles.views.pictures import FOOT_LETTERS, framed
from tests.factories import make_actor, make_article, make_mentions

See = Callable[..., str]
pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"
QUERIES = 3  # of the database, for the articles of the first page
EVIL = "\"'></title></svg><script>alert(1)</script>&lt;\x01\x0b"


def texts_of(svg: bytes) -> list[str]:
    return [text.text or "" for text in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314  # our own file


def make_talks() -> None:
    for month in (6, 7, 7):
        make_article(headline="Talks", outlet="Vessa Herald", published=date(2012, month, 3))
    make_article(headline="Talks", body="Some day.")
    make_article(headline="Fishing", published=date(2012, 7, 9))
    drain()


def test_a_picture_says_what_it_shows_when_and_where(client: Client) -> None:
    make_talks()
    response = client.get("/search/months.svg?q=talks&page=3&sort=oldest")
    words = " ".join(texts_of(response.content))

    assert response["Content-Type"] == "image/svg+xml"
    assert response["Content-Disposition"] == 'attachment; filename="months.svg"'
    assert "Articles by month: talks" in words
    assert "4 of 5 articles match, of them 1 undated." in words
    assert f"as the archive stood on {timezone.localdate().day} " in words
    assert "http://testserver/search/?q=talks" in words
    assert "page=3" not in words


def test_nothing_in_a_picture_needs_a_style_sheet_or_a_script(client: Client) -> None:
    make_talks()
    root = ET.fromstring(client.get("/search/months.svg?q=talks").content)  # noqa: S314  # our own file
    names = {element.tag.removeprefix(SVG) for element in root.iter()}

    assert names <= {"svg", "title", "rect", "text", "g", "line"}
    assert not any("style" in element.attrib or "class" in element.attrib for element in root.iter())
    assert root.find(f"{SVG}rect") is not None, "a background, so that it can be read on any page"


@pytest.mark.parametrize("address", ["/search/months.svg", "/search/compare/"])
def test_a_hostile_query_is_text_in_a_file_that_opens(client: Client, address: str) -> None:
    make_talks()
    response = client.get(address, {"q": EVIL, "format": "svg", "show": "shares", "bars": "years"})

    assert response.status_code == 200
    assert b"<script" not in response.content
    assert "<script>alert(1)</script>" in " ".join(texts_of(response.content))


def test_the_table_has_every_month_and_what_has_none(client: Client) -> None:
    make_talks()
    response = client.get("/search/months.csv?q=talks")
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    rows = [(row["period"], row["found"], row["in the archive"]) for row in csv.DictReader(io.StringIO(text))]

    assert rows == [("2012-06", "1", "1"), ("2012-07", "2", "3"), ("undated", "1", "1")]


def test_an_actors_chart_as_a_file_counts_what_its_page_counts(see: See, client: Client) -> None:
    actor = make_actor("Ilmar Tessedin")
    for day in (3, 4):
        make_mentions(make_article(body="Ilmar Tessedin left.", published=date(2012, 7, day)), actor)
    make_talks()
    html = see(actor.get_absolute_url())
    assert f'href="/search/?actor={actor.pk}-ilmar-tessedin">permalink<' in html
    address = unescape(html.split('data-png="')[1].split('"')[0])

    assert "2 of 2 articles dated to a month" in html
    assert "2 of 7 articles match" in " ".join(texts_of(client.get(address).content))


def test_what_the_archive_covers_as_files(client: Client) -> None:
    make_talks()
    make_article(headline="Bread", outlet=EVIL, published=date(2012, 8, 1))
    drain()
    response = client.get("/coverage.svg")
    words = " ".join(texts_of(response.content))
    text = b"".join(client.get("/coverage.csv").streaming_content).decode()  # type: ignore[attr-defined]
    rows = {(row["outlet"], row["month"]): row["articles"] for row in csv.DictReader(io.StringIO(text))}

    assert response["Content-Disposition"] == 'attachment; filename="coverage.svg"'
    assert b"<script" not in response.content
    assert "6 articles by the month they were published in; 1 undated, 0 of no single month." in words
    assert "Vessa Herald" in words
    assert rows["Vessa Herald", "2012-07"] == "2"
    assert rows["unknown", "undated"] == "1"
    assert sum(map(int, rows.values())) == 6


def test_other_endings_are_not_there(client: Client) -> None:
    for address in ("/search/months.png", "/coverage.png"):
        assert client.get(address).status_code == 404


def test_a_file_asks_no_more_of_the_database_for_a_longer_time(client: Client) -> None:
    make_talks()
    client.get("/search/months.svg?q=talks")
    with CaptureQueriesContext(connection) as few:
        client.get("/search/months.svg?q=talks")
    for month in range(1, 13):
        make_article(headline="Talks", published=date(2013, month, 3))
    drain()
    client.get("/search/months.svg?q=talks")
    with CaptureQueriesContext(connection) as many:
        client.get("/search/months.svg?q=talks")

    assert len(many) == len(few) == QUERIES


def test_a_frame_wraps_an_address_and_loses_nothing_of_it() -> None:
    address = "http://archive.example/search/?q=" + "a" * 500
    frame = framed("Title", drawing_height=100, foot=[address])

    assert "".join(line.text for line in frame.foot_lines) == address
    assert all(len(line.text) <= FOOT_LETTERS for line in frame.foot_lines)
    assert frame.foot_lines[-1].y < frame.height
