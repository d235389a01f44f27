"""Who is named with whom in a result."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable
from html import unescape
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Actor
from articles.views.network_layout import Place, Room, Tie, lay_out
from articles.views.network_picture import outline
from tests.factories import make_actor, make_article, make_mention, make_mentions

See = Callable[..., str]
QUERIES = 2  # of the database: whether all is indexed, and the actors by number


@pytest.fixture
def trio(db: None) -> list[Actor]:
    actors = [make_actor("Oren Vashti"), make_actor("Dana Reeve"), make_actor("Vessa", "state")]
    texts = ["Oren Vashti met Dana Reeve.", "Oren Vashti wrote to Dana Reeve of Vessa.", "Dana Reeve left."]
    for text in texts:
        article = make_article(body=text)
        for actor in actors:
            make_mentions(article, actor)
    return actors


def test_it_shows_a_table_of_pairs_with_their_pages(see: See, trio: list[Actor]) -> None:
    html = see("/search/network/")

    assert "In <a" in html
    assert "3 articles" in html
    rows = html.split("<tbody>")[1].split("</tbody>")[0]
    assert rows.count("<tr ") == 3
    assert rows.index(f"/actors/{trio[0].pk}/with/{trio[1].pk}/") < rows.index(f"/with/{trio[2].pk}/")
    assert html.count("data-actor=") == 6, "each in the picture and in the table"


def test_it_keeps_to_the_search(see: See, trio: list[Actor]) -> None:
    assert "No two actors are named in one article" in see("/search/network/?q=left")
    html = see(f"/search/network/?actor={trio[2].pk}")
    assert html.split("<tbody>")[1].count("<tr ") == 3
    assert "1 article" in html


def test_the_table_is_a_file(client: Client, see: See, trio: list[Actor]) -> None:
    see("/search/network/")
    response = client.get("/search/network/?format=csv")

    assert response["Content-Type"].startswith("text/csv")
    lines = b"".join(response.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert lines[0] == "actor,kind,other actor,other kind,articles"
    assert lines[1].endswith(",2")
    assert len(lines) == 4


def test_results_lead_to_it(see: See, trio: list[Actor]) -> None:
    assert 'href="/search/network/?q=vashti"' in see("/search/?q=vashti")


@pytest.mark.django_db
def test_a_large_result_is_cut_and_says_so(see: See) -> None:
    actors = [make_actor(f"Delegate {letter}{other}") for letter in "ABCDEF" for other in "GHIJKL"]
    article = make_article(body=". ".join(actor.name for actor in actors))
    for actor in actors:
        make_mentions(article, actor)
    html = see("/search/network/")

    assert "the 30 most named of 36 actors" in html
    assert html.split("<tbody>")[1].split("</tbody>")[0].count("<tr ") == 20
    assert "All 435 pairs" in html
    assert "All 30 actors" in html
    every = see("/search/network/", rows="all")
    assert every.count("<tr data-pair") == 435
    assert every.count("<tr data-actor") == 30
    assert "All 435 pairs" not in every
    # Everybody in the picture has a line, also when other pairs come first.
    places = re.findall(r'data-x="([^"]+)" data-y="([^"]+)"', html)
    assert len(places) == 30
    assert set(_ends(html)) == set(places)


def test_thresholds_leave_out_pairs_and_their_actors(see: See, trio: list[Actor], client: Client) -> None:
    html = see("/search/network/", least="2", actors="60", q="dana")

    assert "2 of 3 actors" in html
    assert html.count("data-pair=") == 2, "the line, and the row"
    assert '<option value="60" selected>' in html
    assert '<input type="hidden" name="q" value="dana">' in html
    address = unescape(re.search(r'<a href="([^"]*format=csv)"', html)[1])  # type: ignore[index]
    assert "q=dana" in address
    rows = b"".join(client.get(address).streaming_content)  # type: ignore[attr-defined]
    [pair] = csv.DictReader(io.StringIO(rows.decode()))
    assert {pair["actor"], pair["other actor"], pair["articles"]} == {"Oren Vashti", "Dana Reeve", "2"}
    assert "No two actors are named in 3 articles" in see("/search/network/", least="3")


@pytest.mark.parametrize("odd", ["", "0", "-1", "x", "²", "9" * 40])
def test_odd_thresholds_are_no_error(see: See, trio: list[Actor], odd: str) -> None:
    assert "Who is named with whom" in see("/search/network/", least=odd, actors=odd)


def test_an_actor_of_the_table_narrows_the_search(see: See, trio: list[Actor]) -> None:
    html = see("/search/network/", q="dana OR vashti")
    first = _narrowing(html, trio[0])
    assert "In <a" in (again := see(first))
    assert "2 articles" in again
    # A second person of the facet would widen the search; the address asks for both all the same.
    assert "2 articles" in see(_narrowing(again, trio[1]))


def _narrowing(html: str, actor: Actor) -> str:
    found = re.search(rf'<tr data-actor="{actor.pk}">.*?<a href="(/search/network/[^"]*)"', html)
    assert found
    return unescape(found[1])


def test_the_picture_as_a_file_carries_everything(client: Client, see: See, trio: list[Actor]) -> None:
    see("/search/network/")
    response = client.get("/search/network/?q=dana&least=2&format=svg")
    root = ET.fromstring(response.content)  # noqa: S314  # our own file
    words = " ".join(root.itertext())

    assert response["Content-Disposition"] == 'attachment; filename="network.svg"'
    assert "Who is named with whom: dana" in words
    assert re.search("(Oren Vashti and Dana Reeve|Dana Reeve and Oren Vashti): 2 articles", words)
    assert "http://testserver/search/network/?q=dana&least=2" in words


@pytest.mark.django_db
def test_hostile_names_are_text_in_page_and_file(client: Client, see: See) -> None:
    evil = "\"'></title></svg><script>alert(1)</script>\x07"
    actors = [make_actor(evil), make_actor("Vessa", "state")]
    article = make_article(body="Both.")
    for actor in actors:
        make_mention(article, actor)
    html = see("/search/network/")
    response = client.get("/search/network/?format=svg")

    assert "<script>alert" not in html
    assert b"<script" not in response.content
    assert evil[:-1] in " ".join(ET.fromstring(response.content).itertext())  # noqa: S314  # our own file
    rows = b"".join(client.get("/search/network/?format=csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert evil in list(csv.reader(io.StringIO(rows)))[1]


def test_the_database_is_asked_as_often_for_many_as_for_few(see: See, trio: list[Actor]) -> None:
    see("/search/network/")
    with CaptureQueriesContext(connection) as few:
        see("/search/network/")
    article = make_article(body="A crowd.")
    for number in range(20):
        make_mention(article, make_actor(f"Delegate {number}"))
    see("/search/network/")
    with CaptureQueriesContext(connection) as many:
        see("/search/network/")

    assert len(many) == len(few) == QUERIES


def test_shapes_of_one_number_have_one_area() -> None:
    def area(kind: str) -> float:
        start, *steps = re.findall(r"([Mlhv])(-?[\d.]+) ?(-?[\d.]+)?", outline(kind, 0, 0, 100))
        x, y = float(start[1]), float(start[2])
        corners = [(x, y)]
        for way, one, other in steps:
            x += float(one) if way in "lh" else 0
            y += float(other) if way == "l" else float(one) if way == "v" else 0
            corners.append((x, y))
        pairs = zip(corners, [*corners[1:], corners[0]], strict=True)
        return abs(sum(left * low - right * high for (left, high), (right, low) in pairs)) / 2

    for kind in ("state", "organisation", "media"):
        assert area(kind) == pytest.approx(math.pi * 100**2, rel=0.01)


def _ends(html: str) -> list[tuple[str, str]]:
    lines = re.findall(r'<line x1="([^"]+)" y1="([^"]+)" x2="([^"]+)" y2="([^"]+)"', html)
    return [end for x1, y1, x2, y2 in lines for end in ((x1, y1), (x2, y2))]


class TestLayout:
    def test_names_do_not_cover_each_other(self) -> None:
        ties = [Tie(one, other, 1 + one % 3) for one in range(30) for other in range(one)]
        rooms = [Room(0.06 + 0.004 * (number % 30), 0.07) for number in range(30)]
        places = lay_out(30, ties, rooms=rooms)

        for at, (place, room) in enumerate(zip(places, rooms, strict=True)):
            assert room.width / 2 - 1e-4 <= place.x <= 1 - room.width / 2 + 1e-4
            for other in range(at):
                across = (room.width + rooms[other].width) / 2 - abs(place.x - places[other].x)
                down = (room.height + rooms[other].height) / 2 - abs(place.y - places[other].y)
                assert min(across, down) < 1e-3

    def test_two_on_one_spot_part(self) -> None:
        one, other = lay_out(2, [Tie(0, 1, 1)], rooms=[Room(0.4, 0.4)] * 2)
        assert max(abs(one.x - other.x), abs(one.y - other.y)) > 0.39

    def test_the_same_numbers_give_the_same_picture(self) -> None:
        ties = [Tie(0, 1, 5), Tie(1, 2, 1)]
        assert lay_out(4, ties) == lay_out(4, ties)

    def test_everyone_is_in_the_picture(self) -> None:
        for number in (1, 2, 3, 40):
            places = lay_out(number, [Tie(0, number - 1, 3)] if number > 1 else [])
            assert len(places) == number
            assert all(0 <= place.x <= 1 and 0 <= place.y <= 1 for place in places)
        assert lay_out(0, []) == []

    def test_those_named_together_stand_together(self) -> None:
        places = lay_out(6, [Tie(0, 1, 9), Tie(2, 3, 9), Tie(4, 5, 9)])

        def distance(one: Place, other: Place) -> float:
            return ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5

        near = [distance(places[at], places[at + 1]) for at in (0, 2, 4)]
        far = [distance(places[0], places[at]) for at in (2, 3, 4, 5)]
        assert max(near) < min(far)
