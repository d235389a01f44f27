"""Pages of one article find each other, and only these."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import count
from typing import Any

import pytest
from django.test import Client

from articles.capture import RawPage, page_from_bytes
from articles.ingest import ArchiveDirectory, ingest_page, link_copies, parts
from articles.models import Article, PartKey, PartLink, Story
from tests.factories import make_page
from tests.ingest.texts import DAY, fresh, invented, linked

SEEDS = count(1000)
pytestmark = pytest.mark.django_db


def part(number: int, *, headline: str = "A long read on the strait", **fields: Any) -> Article:
    given = {"outlet": "Vessa Herald", "published": None, "page_count": 2, **fields}
    return linked(invented(next(SEEDS)), headline=headline, page_number=number, **given)


def pairs() -> set[tuple[int, int]]:
    return set(PartLink.objects.values_list("left", "right"))


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_two_pages_with_one_headline_in_reading_order(order: Iterable[int]) -> None:
    made = {page: part(page) for page in order}
    assert PartLink.objects.parts_of(made[1]) == PartLink.objects.parts_of(made[2]) == [made[1], made[2]]
    assert "one headline" in PartLink.objects.get().reason
    assert not Story.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"headline": "Another long read on the strait"},
        {"outlet": "Karrin Daily"},
        {"page_count": 3},
        {"page_number": 1},
        {"published": date(2012, 5, 30)},
        {"authors": ["Pavo Dreel"]},
    ],
)
def test_whatever_speaks_against_it_keeps_them_apart(fields: dict[str, Any]) -> None:
    part(1, published=DAY, authors=["Lena Orsk"])
    linked(
        invented(5),
        **{
            "headline": "A long read on the strait",
            "page_number": 2,
            "page_count": 2,
            "outlet": "Vessa Herald",
            **fields,
        },
    )
    assert not pairs()


def test_a_short_headline_proves_nothing() -> None:
    part(1, headline="In brief")
    part(2, headline="In brief")
    assert not pairs()


def test_of_two_that_may_be_the_second_page_neither_is() -> None:
    first, second = part(1), part(2)
    assert pairs() == {(first.pk, second.pk)}
    third = part(2)
    assert not pairs()
    third.page_number = third.page_count = None
    third.save()
    link_copies(third)
    assert pairs() == {(first.pk, second.pk)}
    assert not PartKey.objects.filter(article=third).exists()


def test_two_captures_of_the_second_page_are_one() -> None:
    first, second = part(1), part(2)
    again = linked(
        f"{second.body} amended",
        headline=second.headline,
        outlet="Vessa Herald",
        published=None,
        page_number=2,
        page_count=2,
    )
    assert pairs() == {(first.pk, second.pk), (first.pk, again.pk)}
    assert PartLink.objects.parts_of(first) == [first, second]
    assert PartLink.objects.parts_of(again) == [first, again]


def test_an_address_decides() -> None:
    address = "https://herald.example/2012/strait"
    first = part(1, page=make_page(url=address))
    part(2)
    second = part(2, page=make_page(url=f"{address}?page=2"))
    assert (first.pk, second.pk) in pairs()
    assert len(pairs()) == 1


def test_a_byline_and_a_day_where_a_headline_is_missing() -> None:
    first = part(1, published=DAY, authors=["Lena Orsk"])
    second = part(2, headline="", published=DAY, authors=["Lena Orsk"])
    assert pairs() == {(first.pk, second.pk)}


def test_the_whole_article_is_a_story_with_its_pages_and_no_roundup() -> None:
    first, second = part(1), part(2)
    whole = linked(f"{first.body}\n\n{second.body}", published=None, outlet="Vessa Herald")
    assert {fresh(each).story for each in (first, second)} == {whole.story} != {None}


def test_a_headline_that_hundreds_bear_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_PAGES", 5)
    for page in (1, 2, 1, 2, 1, 2, 1):
        part(page)
    assert not pairs()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://a.example/x/strait", "https://www.a.example/x/strait/?page=2"),
        ("https://a.example/x/strait", "https://a.example/x/strait/%28page%29/2"),
        ("https://a.example/x/strait", "https://a.example/x/strait/page/2"),
        ("https://a.example/x/strait.html", "https://a.example/x/strait-2.html"),
        ("https://a.example/x/strait_p1.html", "https://a.example/x/strait_p2.html"),
        ("https://a.example/x/strait?id=7", "https://a.example/x/strait?page=2&id=7"),
    ],
)
def test_addresses_of_pages(first: str, second: str) -> None:
    assert parts.address_without_page(first, 1) == parts.address_without_page(second, 2) != ""


def test_what_is_no_address() -> None:
    assert parts.address_without_page("", 1) == parts.address_without_page("https://a.example/", 1) == ""


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_pages_that_come_in_in_either_order_are_partial_and_lead_to_each_other(
    order: tuple[int, ...], client: Client
) -> None:
    texts = {
        number: "\n\n".join(
            (
                "Long read: who minds the strait of Karrin",
                "By Lena Orsk",
                "Published 14 May 2012",
                *(f"{invented(number * 10 + part).capitalize()}." for part in range(3)),
                f"(Page {number} of 2)",
            )
        )
        for number in (1, 2)
    }
    made = {}
    for number in order:
        page = page_from_bytes(texts[number].encode(), name=f"{number}.txt", media_type="text/plain")
        assert isinstance(page, RawPage)
        made[number] = Article.objects.get(pk=ingest_page(page, ArchiveDirectory()).article_id)
    assert [(made[n].partial, made[n].page_number, made[n].page_count) for n in (1, 2)] == [
        (True, 1, 2),
        (True, 2, 2),
    ]
    assert "Page" not in made[2].body
    assert PartLink.objects.parts_of(made[1]) == PartLink.objects.parts_of(made[2]) == [made[1], made[2]]
    for here, there in ((1, 2), (2, 1)):
        shown = client.get(made[here].get_absolute_url()).content.decode()
        assert f'<a href="{made[there].get_absolute_url()}">Page {there}</a>' in shown
