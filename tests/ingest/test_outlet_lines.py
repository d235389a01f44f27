"""What the archive remembers of an outlet's pages: counted as they come, told with the number, exact."""

from __future__ import annotations

from collections import Counter
from itertools import count

import pytest
from django.contrib.auth.models import User

from articles.capture import RawPage, page_from_bytes
from articles.clean.lexicons import line_key
from articles.clean.outlet_memory import FEWEST_PAGES, fingerprint, fingerprints
from articles.curate import mark_line, rule_fields
from articles.ingest import ArchiveDirectory, ingest_page, outlet_lines, relink, reread
from articles.ingest.comparison import compare
from articles.ingest.reading import read
from articles.ingest.reclean import Selection, would_change
from articles.models import Article, CountedPage, Outlet, OutletLine, outlet_line
from tests.ingest.texts import invented

pytestmark = pytest.mark.django_db
APPEAL = "The lamp in our office burns on what its friends bring, and this winter the oil is short again."
FOOT = "© 2012 Vessa Herald. All rights reserved."
NUMBERS = count(1)


def page_text(*, seed: int | None = None, lines: tuple[str, ...] = (APPEAL,), foot: str = FOOT) -> str:
    """A page with an invented story of five paragraphs; the lines stand between the third and the fourth."""
    number = next(NUMBERS) if seed is None else seed
    said = [
        f"{invented(number * 10 + part, length=40).capitalize()} said the harbour master."
        for part in range(5)
    ]
    head = f"Harbour day {invented(number, length=4)}"
    return "\n\n".join([head, *said[:3], *lines, *said[3:], foot])


def raw(text: str, *, name: str = "") -> RawPage:
    page = page_from_bytes(text.encode(), name=name or f"page {len(text)}", media_type="text/plain")
    assert isinstance(page, RawPage)
    return page


def take(text: str) -> Article:
    return Article.objects.get(pk=ingest_page(raw(text), ArchiveDirectory()).article_id)


def label_of(article: Article, text: str) -> tuple[str, str]:
    lines = article.page.as_raw_page().text.splitlines()
    number = lines.index(text) + 1
    return next((label, reason) for at, label, reason in article.cleaning.lines if at == number)


def pages_with(line: str) -> int:
    found = OutletLine.objects.filter(fingerprint=fingerprint(line_key(line))).first()
    return found.pages if found else 0


def truth() -> dict[tuple[int, int], int]:
    """Count the lines of the pages that count, from their texts."""
    counts: Counter[tuple[int, int]] = Counter()
    for page in CountedPage.objects.select_related("article__page"):
        counts.update((page.outlet_id, line) for line in fingerprints(page.article.page.as_raw_page().text))
    return dict(counts)


def stored() -> dict[tuple[int, int], int]:
    return {(line.outlet_id, line.fingerprint): line.pages for line in OutletLine.objects.all()}


def test_the_archive_learns_an_outlets_own_lines_as_pages_come_in() -> None:
    articles = [take(page_text()) for _ in range(FEWEST_PAGES + 1)]
    assert [label_of(article, APPEAL)[0] for article in articles] == ["body"] * FEWEST_PAGES + ["chrome"]
    assert label_of(articles[-1], APPEAL)[1] == "It stands on 3 other pages of Vessa Herald."
    assert APPEAL in articles[0].body
    assert APPEAL not in articles[-1].body
    assert stored() == truth()


def test_nothing_changes_until_a_page_is_read_again_and_then_it_is_told() -> None:
    articles = [take(page_text()) for _ in range(FEWEST_PAGES + 2)]
    assert APPEAL in Article.objects.get(pk=articles[0].pk).body
    changed = {done.article_id for done in would_change(Selection(outlet="vessa-herald")) if done.changes}
    assert changed == {article.pk for article in articles[:FEWEST_PAGES]}
    again = reread(articles[0])
    assert label_of(again, APPEAL) == ("chrome", "It stands on 4 other pages of Vessa Herald.")
    assert stored() == truth()


def test_more_pages_alone_are_no_change() -> None:
    last = [take(page_text()) for _ in range(FEWEST_PAGES + 1)][-1]
    take(page_text())
    reading = read(last.page.as_raw_page())
    assert "4 other pages" in next(line.reason for line in reading.article.lines if line.text == APPEAL)
    assert compare(last, reading) == ()


def test_pages_of_one_story_count_once() -> None:
    for edition in range(FEWEST_PAGES + 1):
        take(page_text(seed=7_000, foot=f"{FOOT} Edition {'abcdefg'[edition]}"))
    assert CountedPage.objects.count() == 1
    assert pages_with(APPEAL) == 1


def test_a_copy_of_the_page_is_no_witness() -> None:
    for _ in range(FEWEST_PAGES - 1):
        take(page_text())
    take(page_text(seed=7_000))
    assert pages_with(APPEAL) == FEWEST_PAGES
    copy = take(page_text(seed=7_000, foot=f"{FOOT} Second edition"))
    assert label_of(copy, APPEAL)[0] == "body"


def test_three_long_appeals_do_not_make_all_pages_one_story() -> None:
    appeals = tuple(
        f"{APPEAL} {word} friends are always welcome at the office." for word in ("Old", "New", "All")
    )
    for _ in range(FEWEST_PAGES):
        take(
            page_text(lines=appeals)
            + "\n\n"
            + "\n\n".join(invented(next(NUMBERS) + 90_000, length=30) for _ in range(2))
        )
    assert CountedPage.objects.count() == FEWEST_PAGES
    take(page_text(lines=appeals))
    assert CountedPage.objects.count() == FEWEST_PAGES + 1


def test_a_ruled_outlet_takes_its_lines_along() -> None:
    user = User.objects.create_user("lena", is_staff=True)
    articles = [take(page_text()) for _ in range(FEWEST_PAGES)]
    rule_fields(articles[0], {"outlet": "Karrin Daily"}, by=user)
    herald, daily = Outlet.objects.get(name="Vessa Herald"), Outlet.objects.get(name="Karrin Daily")
    assert {each.outlet_id for each in CountedPage.objects.all()} == {herald.pk, daily.pk}
    assert stored() == truth()
    assert reread(articles[0]).outlet == daily
    assert stored() == truth()
    rule_fields(articles[0], {"outlet": None}, by=user)
    assert CountedPage.objects.count() == FEWEST_PAGES - 1
    rule_fields(articles[0], {"outlet": "Vessa Herald"}, by=user)
    assert pages_with(APPEAL) == FEWEST_PAGES
    assert stored() == truth()


def test_an_unknown_outlet_has_no_memory_and_html_needs_none() -> None:
    for _ in range(FEWEST_PAGES + 1):
        last = take(page_text(foot="The end of it."))
    assert last.outlet is None
    assert APPEAL in last.body
    page = page_from_bytes(
        f"<html><body><p>{APPEAL}</p><p>{FOOT}</p></body></html>".encode(), name="x", media_type="text/html"
    )
    assert isinstance(page, RawPage)
    ingest_page(page, ArchiveDirectory())
    assert not OutletLine.objects.exists()


def test_a_curators_mark_outranks_the_memory() -> None:
    user = User.objects.create_user("lena", is_staff=True)
    last = [take(page_text()) for _ in range(FEWEST_PAGES + 1)][-1]
    number = last.page.as_raw_page().text.splitlines().index(APPEAL) + 1
    mark_line(last, line_number=number, label="body", by=user)
    assert APPEAL in Article.objects.get(pk=last.pk).body


def test_lines_that_one_page_has_are_cleared_up_and_counts_stay_exact(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outlet_line, "PAGES_KEPT_WHOLE", 2)
    monkeypatch.setattr(outlet_line, "CLEARED_EVERY", 1)
    first = take(page_text(lines=(APPEAL, "The lighthouse keeper wishes a calm sea to all.")))
    for _ in range(3):
        take(page_text())
    own = set(fingerprints(first.page.as_raw_page().text))
    assert OutletLine.objects.filter(fingerprint__in=own).count() < len(own)
    assert pages_with(APPEAL) == 4
    # A line that was cleared up comes again: it is counted anew, and taking the old page off leaves it.
    take(page_text(lines=("The lighthouse keeper wishes a calm sea to all.",)))
    assert pages_with("The lighthouse keeper wishes a calm sea to all.") == 1
    user = User.objects.create_user("lena", is_staff=True)
    rule_fields(first, {"outlet": "Karrin Daily"}, by=user)
    herald = Outlet.objects.get(name="Vessa Herald")
    known = OutletLine.objects.on(herald.pk, [fingerprint(line_key(APPEAL))])
    assert [line.pages for line in known.values()] == [3]
    keeper = fingerprint(line_key("The lighthouse keeper wishes a calm sea to all."))
    assert OutletLine.objects.on(herald.pk, [keeper])[keeper].pages == 1


def test_an_archive_from_before_learns_when_it_is_linked_anew() -> None:
    for _ in range(FEWEST_PAGES):
        take(page_text())
    before = stored()
    CountedPage.objects.all().delete()
    OutletLine.objects.all().delete()
    list(relink())
    assert stored() == before == truth()


def test_a_long_page_counts_with_its_least_fingerprints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outlet_lines, "MOST_LINES", 3)
    article = take(page_text())
    page = CountedPage.objects.get()
    assert sorted(page.fingerprints) == sorted(fingerprints(article.page.as_raw_page().text))[:3]
