"""Who is named with whom in a result."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from articles.models import Actor
from articles.views.network_layout import Place, Tie, lay_out
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


class TestLayout:
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
