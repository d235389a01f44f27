"""Who is named with whom in a result."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from articles.models import Actor
from articles.views.network_layout import Place, Room, Tie, lay_out
from tests.factories import make_actor, make_article, make_mentions

See = Callable[..., str]


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
    assert rows.count("<tr>") == 3
    assert rows.index(f"/actors/{trio[0].pk}/with/{trio[1].pk}/") < rows.index(f"/with/{trio[2].pk}/")
    assert html.count("<circle") == 3


def test_it_keeps_to_the_search(see: See, trio: list[Actor]) -> None:
    assert "No two actors are named in one article" in see("/search/network/?q=left")
    html = see(f"/search/network/?actor={trio[2].pk}")
    assert html.split("<tbody>")[1].count("<tr>") == 3
    assert "1 article" in html


def test_the_table_is_a_file(client: Client, see: See, trio: list[Actor]) -> None:
    see("/search/network/")
    response = client.get("/search/network/?format=csv")

    assert response["Content-Type"].startswith("text/csv")
    lines = response.content.decode().splitlines()
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
    assert html.split("<tbody>")[1].split("</tbody>")[0].count("<tr>") == 100
    assert "And 335 more pairs" in html
    # Everybody in the picture has a line, also when other pairs come first.
    assert html.count("<circle") == 30
    ends = {tuple(end) for end in _ends(html)}
    assert ends == set(re.findall(r'<circle cx="([^"]+)" cy="([^"]+)"', html))


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
