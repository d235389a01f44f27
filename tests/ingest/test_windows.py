"""Pages read together: each is stored by itself, and is what it is when read alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from articles.capture import RawPage, Refusal, read_paths
from articles.clean.outlet_memory import FEWEST_PAGES
from articles.ingest import ArchiveDirectory, ingest, ingest_page
from articles.ingest.reading import read, read_ahead
from articles.ingest.windows import LARGEST_WINDOW, PAGES_TOGETHER, look_ahead, windows
from articles.models import Article, Cleaning, FieldEvidence, Mention, Quote, Role, StoredPage
from tests.ingest.test_outlet_lines import APPEAL, label_of, page_text, raw

PAGES = Path(__file__).resolve().parents[2] / "fixtures" / "pages"
REFUSAL = Refusal("harbour.txt", "The page is empty.", "Fetch it again.")


def demo_pages(pattern: str) -> list[RawPage]:
    return [page for page in read_paths(sorted(PAGES.glob(pattern))) if isinstance(page, RawPage)]


def sizes(pages: list[Any]) -> list[int]:
    return [len(window) for window in windows(pages)]


def test_windows_hold_so_many_pages_in_their_order() -> None:
    pages = [raw(f"Page {number}.") for number in range(2 * PAGES_TOGETHER + 1)]
    assert [page for window in windows([*pages, REFUSAL]) for page in window] == [*pages, REFUSAL]
    assert sizes(pages) == [PAGES_TOGETHER, PAGES_TOGETHER, 1]
    assert sizes([]) == []


def test_a_window_ends_with_the_page_that_makes_it_too_large() -> None:
    large = raw("x" * LARGEST_WINDOW)
    assert sizes([raw("One."), large, large, raw("Two.")]) == [2, 1, 1]


def test_pages_before_one_that_cannot_be_fetched_are_given_first() -> None:
    pages = [raw("One."), raw("Two.")]

    def broken() -> Iterator[RawPage]:
        yield from pages
        raise OSError("the disk is gone")

    given = windows(broken())
    assert next(given) == pages
    with pytest.raises(OSError, match="disk"):
        next(given)


def stored() -> list[Any]:
    """Return all that a page's reading shows, in the order in which the pages came."""
    numbers = {
        pk: place for place, pk in enumerate(Article.objects.order_by("pk").values_list("pk", flat=True))
    }

    def rows(model: Any, *fields: str) -> list[Any]:
        found = model.objects.exclude(article=None).order_by("pk").values_list("article", *fields)
        return [(numbers[article], *values) for article, *values in found]

    return [
        list(
            Article.objects.order_by("pk").values_list("permanent_id", "headline", "body", "published_from")
        ),
        rows(FieldEvidence, "field", "value", "method", "confidence"),
        rows(Cleaning, "method", "lines"),
        rows(Mention, "zone", "start", "end", "method", "machine_actor__machine_name", "reason"),
        rows(Quote, "start", "end", "kind", "speaker_text", "cue", "via"),
        rows(Role, "phrase", "title", "organisation"),
    ]


@pytest.mark.django_db
def test_pages_read_together_become_what_they_become_alone() -> None:
    """Also where an archive learns from a page of the window how to read another."""
    learning = [raw(page_text(seed=50 + number)) for number in range(FEWEST_PAGES + 2)]
    pages = [*demo_pages("0[1-6]_*"), *learning, *demo_pages("1[0-4]_*")]
    found = []
    for together in (True, False):
        with transaction.atomic():
            if together:
                assert {outcome.state for outcome in ingest(pages)} == {"new"}
            else:
                directory = ArchiveDirectory()
                assert {ingest_page(page, directory).state for page in pages} == {"new"}
            last = Article.objects.get(page__sha256=learning[-1].sha256)
            assert label_of(last, APPEAL)[0] == "chrome", "nothing was learnt within the window"
            found.append(stored())
            transaction.set_rollback(True)
    assert found[0] == found[1]


@pytest.mark.django_db
def test_refused_known_and_doubled_pages_disturb_no_other() -> None:
    first, second, third = demo_pages("0[1-3]_*")
    ingest_page(second, ArchiveDirectory())
    outcomes = list(ingest([REFUSAL, first, second, first, REFUSAL, third]))
    assert [outcome.state for outcome in outcomes] == ["refused", "new", "known", "known", "refused", "new"]
    assert StoredPage.objects.count() == Article.objects.count() == 3


@pytest.mark.django_db
def test_what_is_known_or_alone_is_not_read_ahead() -> None:
    first, second, third = demo_pages("0[1-3]_*")
    ingest_page(first, ArchiveDirectory())
    assert look_ahead([first, second]) == {}
    assert set(look_ahead([first, second, third, REFUSAL])) == {second.sha256, third.sha256}


@pytest.mark.django_db
def test_what_was_read_ahead_is_used_and_what_does_not_hold_is_not() -> None:
    one, other = demo_pages("0[12]_*")
    [ahead, _] = read_ahead([one, other])
    assert read(one, ahead=ahead).actors is ahead.actors
    ruled = {"body": "Osanna Brekk met Rafe Ondry."}
    assert read(one, ruled=ruled, ahead=ahead).actors == read(one, ruled=ruled).actors != ahead.actors
