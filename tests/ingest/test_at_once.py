"""Several who write at the same moment: on SQLite one after the other anyway, on PostgreSQL by taking turns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User

from articles import curate
from articles.capture import RawPage, page_from_bytes
from articles.ingest import ArchiveDirectory
from articles.ingest.pages import take
from articles.models import Article, Collection, RefusedPage
from tests.curate.test_articles import PAGE

AtOnce = Callable[..., list[Any]]


def page(text: str = PAGE) -> RawPage:
    found = page_from_bytes(text.encode(), name="harbour.txt", media_type="text/plain")
    assert isinstance(found, RawPage)
    return found


def test_of_those_who_bring_one_page_at_once_one_takes_it_in(at_once: AtOnce) -> None:
    outcomes = at_once(*[lambda: take(page(), ArchiveDirectory(), ahead={})] * 3)
    assert sorted(one.state for one in outcomes) == ["known", "known", "new"]
    assert Article.objects.count() == 1
    assert not RefusedPage.objects.exists()


def test_the_first_pages_of_an_outlet_may_come_at_once(at_once: AtOnce) -> None:
    pages = [page(f"The Meridian Post\n\n{PAGE}\nPage {number}\n") for number in range(3)]
    outcomes = at_once(*(lambda one=one: take(one, ArchiveDirectory(), ahead={}) for one in pages))
    assert [one.state for one in outcomes] == ["new"] * 3


def test_of_two_who_begin_one_collection_at_once_the_second_is_told(at_once: AtOnce) -> None:
    people = [User.objects.create_user(name) for name in ("lena", "mira")]
    begun = at_once(
        *(lambda by=by: curate.shelves.begin_collection("The harbour years", by=by) for by in people)
    )
    assert sorted(type(one).__name__ for one in begun) == ["Collection", "ValueError"]
    [collection] = [one for one in begun if isinstance(one, Collection)]
    assert Collection.objects.get().owner_name == collection.owner_name
