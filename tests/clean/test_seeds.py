"""The five seeds against their hand-made gold: `../shared`, outside the repository."""

from __future__ import annotations

import json
from datetime import date

import pytest

from articles.clean import OutletRules, clean_page
from articles.clean.article import CleanArticle, DateInterval, Label
from tests.clean.raw_pages import SHARED, stated_date, text_page

GOLD = SHARED / "gold" / "seeds.json"
SEEDS = json.loads(GOLD.read_text(encoding="utf-8"))["articles"] if GOLD.exists() else []

pytestmark = pytest.mark.skipif(not SEEDS, reason="the seeds are not there: ../shared/seeds, ../shared/gold")


def normal(text: str | None) -> str | None:
    """White space as the gold has it."""
    return " ".join(text.split()) if text is not None else None


@pytest.fixture(params=SEEDS, ids=lambda seed: seed["file"][:3])
def seed(request: pytest.FixtureRequest) -> dict:
    return request.param


@pytest.fixture
def article(seed: dict) -> CleanArticle:
    return clean_page(text_page(text_of(seed)))


def text_of(seed: dict) -> str:
    return (SHARED / "seeds" / seed["file"]).read_text(encoding="utf-8")


def test_body_is_the_gold_paragraph_for_paragraph(seed: dict, article: CleanArticle) -> None:
    lines = text_of(seed).splitlines()

    expected = [normal(lines[number - 1]) for number in seed["body"]["line_numbers"]]
    assert [normal(paragraph.text) for paragraph in article.paragraphs] == expected
    for paragraph, gold in zip(article.paragraphs, seed["body"]["paragraphs"], strict=True):
        assert paragraph.lines == (gold["line"],)
        assert paragraph.text.startswith(gold["first60"])
        assert paragraph.text.endswith(gold["last60"])


def test_body_is_found_without_the_outlets_own_rules(seed: dict) -> None:
    article = clean_page(text_page(text_of(seed)), rules=OutletRules([]))

    numbers = [number for paragraph in article.paragraphs for number in paragraph.lines]
    assert numbers == seed["body"]["line_numbers"]


def test_headline_and_subtitle(seed: dict, article: CleanArticle) -> None:
    assert normal(article.headline.value) == seed["title"]
    assert normal(article.subtitle.value) == seed["subtitle"]


def test_captions_with_their_credits(seed: dict, article: CleanArticle) -> None:
    found = [(normal(c.text), c.credit, c.photographer, c.agency) for c in article.captions]

    assert found == [(c["text"], c["credit"], c["photographer"], c["agency"]) for c in seed["captions"]]


def test_source_credit(seed: dict, article: CleanArticle) -> None:
    gold = seed["source_credit"]
    stored = {"reuters": "Reuters", "the-moscow-times": "The Moscow Times"}

    expected = tuple(stored[name] for name in gold["sources"]) if gold else ()
    assert article.source_credits.value == expected
    assert article.source_credits.lines == ((gold["line"],) if gold else ())


def test_page_marker(seed: dict, article: CleanArticle) -> None:
    marker = article.page_marker

    assert bool(marker) == bool(seed["partial"])
    assert marker is None or (marker.page, marker.of) == (2, 2)


def test_no_boilerplate_in_the_body(seed: dict, article: CleanArticle) -> None:
    labels = {line.number: line.label for line in article.lines}

    assert not [gold for gold in seed["boilerplate"] if labels[gold["line"]] is Label.BODY]


def test_outlet_is_named_or_unknown(seed: dict, article: CleanArticle) -> None:
    assert article.outlet.value == seed["outlet"]["value"]
    assert (article.outlet.method == "none") == (seed["outlet"]["value"] is None)


def test_published_only_where_the_page_states_it(seed: dict, article: CleanArticle) -> None:
    stated = seed["published"]["value"]
    day = date.fromisoformat(stated) if stated else None

    assert stated_date(article) == DateInterval(day, day, "day" if day else "unknown")
    assert not article.updated.value.known


def test_a_role_is_no_author(article: CleanArticle) -> None:
    assert article.authors.value == ()


def test_no_dateline_and_english(article: CleanArticle) -> None:
    assert article.dateline.value is None
    assert article.language == "en"
