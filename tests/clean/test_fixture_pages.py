"""Every demo page against its gold: body paragraph for paragraph, every field."""

from __future__ import annotations

import json
from datetime import date

import pytest

from articles.clean import builtin_rules, clean_page
from articles.clean.article import CleanArticle
from tests.clean.raw_pages import ROOT, fixture_page, stated_date

GOLD = [
    json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "fixtures" / "gold").glob("[0-9]*.json"))
]


def normal(text: str | None) -> str | None:
    """White space as the gold has it."""
    return " ".join(text.split()) if text is not None else None


@pytest.fixture(params=GOLD, ids=lambda gold: gold["record"] or gold["file"])
def gold(request: pytest.FixtureRequest) -> dict:
    return request.param


@pytest.fixture
def article(gold: dict) -> CleanArticle:
    return clean_page(fixture_page(gold))


def test_body(gold: dict, article: CleanArticle) -> None:
    assert [normal(paragraph.text) for paragraph in article.paragraphs] == gold["paragraphs"]


def test_no_chrome_in_the_body(gold: dict, article: CleanArticle) -> None:
    paragraphs = {normal(paragraph.text) for paragraph in article.paragraphs}

    assert not paragraphs & set(gold["chrome_must_be_absent"])


def test_headline_subtitle_authors(gold: dict, article: CleanArticle) -> None:
    assert normal(article.headline.value) == gold["headline"]
    assert normal(article.subtitle.value) == gold["subtitle"]
    assert list(article.authors.value) == gold["authors"]


def test_outlet_dateline_sources(gold: dict, article: CleanArticle) -> None:
    press = builtin_rules().press

    assert article.outlet.value == gold["outlet"]
    assert normal(article.dateline.value) == gold["dateline"]
    assert list(article.source_credits.value) == [press.name(name) for name in gold["source_credit"]]


def test_dates(gold: dict, article: CleanArticle) -> None:
    published = stated_date(article)
    updated = article.updated.value.start

    assert {
        "from": published.start and published.start.isoformat(),
        "to": published.end and published.end.isoformat(),
        "precision": published.precision,
    } == gold["published"]
    assert (updated and updated.isoformat()) == gold["updated"]


def test_a_date_by_content_holds_the_true_day(gold: dict, article: CleanArticle) -> None:
    found = article.published.value
    if article.published.method.startswith("content") and gold.get("true_date"):
        true_day = date.fromisoformat(gold["true_date"])
        assert (found.start or true_day) <= true_day <= (found.end or true_day)


def test_captions_and_page_marker(gold: dict, article: CleanArticle) -> None:
    marker = article.page_marker

    assert [(normal(c.text), c.credit) for c in article.captions] == [
        (caption["text"], caption["credit"]) for caption in gold["captions"]
    ]
    assert ({"page": marker.page, "of": marker.of} if marker else None) == gold["page_marker"]


def test_language(gold: dict, article: CleanArticle) -> None:
    assert article.language == gold.get("language", "en")
