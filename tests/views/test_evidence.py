"""The margin of an article dated by what it says: the interval, how it is known, and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from articles.models import Article, FieldEvidence, Ruling
from articles.models.ruling import Verdict
from articles.views.evidence import METHOD_WORDS, ShownField, shown_fields
from tests.factories import make_article

See = Callable[..., str]
pytestmark = pytest.mark.django_db

BODY = "The harbour was quiet.\n\nThe ferry <Selm> sank on Tuesday. Nobody slept.\n\nThe talks go on."
SENTENCE = "The ferry <Selm> sank on Tuesday."


def witness(**fields: Any) -> dict[str, Any]:
    start = BODY.index(SENTENCE)
    return {
        "quote": SENTENCE,
        "start": start,
        "end": start + len(SENTENCE),
        "window": {"from": "2012-05-21", "to": None, "precision": "interval"},
        "shows": "The ferry sank on 21 May 2012: not written before.",
        "used": True,
        "reason": "",
        **fields,
    }


SET_ASIDE = witness(
    quote="The talks go on.",
    start=BODY.index("The talks go on."),
    shows="Talks were held in 2015.",
    used=False,
    reason="The rest of the text points to another time.",
)


def dated(
    *witnesses: dict[str, Any], method: str = "content", confidence: float = 0.95, note: str = ""
) -> Article:
    days = (date(2012, 5, 21), date(2012, 6, 4))
    article = make_article(body=BODY, published=days, precision="interval")
    FieldEvidence.objects.create(
        article=article,
        field="published",
        value=article.field_value("published"),
        method=method,
        confidence=confidence,
        note=note,
        witnesses=list(witnesses),
    )
    return article


def published(article: Article) -> ShownField:
    return next(field for field in shown_fields(article, ()) if field.name == "published")


def test_the_interval_and_how_it_is_known(see: See) -> None:
    page = see(dated(witness()).get_absolute_url())

    assert "between 21 May and 4 June 2012" in page
    assert "By what the article says" in page
    assert '<div class="witnesses">' in page


def test_a_witness_leads_to_its_paragraph_and_is_escaped(see: See) -> None:
    page = see(dated(witness()).get_absolute_url())

    assert '<a href="#p2">The ferry &lt;Selm&gt; sank on Tuesday.</a>' in page
    assert "The ferry sank on 21 May 2012: not written before." in page
    assert 'id="p2"' in page
    assert "Set aside" not in page


def test_evidence_set_aside_stands_apart_with_its_reason(see: See) -> None:
    article = dated(witness(), SET_ASIDE)

    page = see(article.get_absolute_url())
    kept, aside = page.split("Set aside", 1)
    assert SET_ASIDE["shows"] not in kept
    assert SET_ASIDE["shows"] in aside
    assert SET_ASIDE["reason"] in aside
    assert [each.anchor for aside in published(article).set_aside for each in aside.witnesses] == ["#p3"]


def test_a_reason_that_holds_for_several_is_said_once(see: See) -> None:
    page = see(dated(witness(), SET_ASIDE, SET_ASIDE).get_absolute_url())
    assert page.count(SET_ASIDE["reason"]) == 1
    assert page.count(SET_ASIDE["shows"]) == 2
    assert "2 set aside" in page


def test_a_sentence_that_says_several_things_is_quoted_once(see: See) -> None:
    again = witness(shows="Ferries went on Tuesdays from 2010.")
    page = see(dated(witness(), again, SET_ASIDE).get_absolute_url())
    assert page.count("<blockquote") == 2
    assert all(shown["shows"] in page for shown in (witness(), again, SET_ASIDE))


def test_a_sentence_that_is_no_longer_there_leads_nowhere() -> None:
    article = dated(witness())
    article.body = "Another text."

    (shown,) = published(article).witnesses
    assert (shown.quote, shown.anchor) == (SENTENCE, "")


def test_a_witness_outside_of_the_text_has_no_quote(see: See) -> None:
    captured = witness(quote="", start=-1, end=-1, shows="The page was captured on 9 June 2012.")

    page = see(dated(captured).get_absolute_url())
    assert "The page was captured on 9 June 2012." in page
    assert "<blockquote" not in page


def test_a_stated_date_that_nothing_contradicts_needs_no_witnesses(see: See) -> None:
    page = see(dated(witness(), method="byline", confidence=0.97).get_absolute_url())

    assert "witnesses" not in page
    assert "doubtful" not in page


def test_a_doubtful_stated_date_says_so_and_why(see: See) -> None:
    note = "Doubtful: 4 June 2012 is years after the last thing that the text knows of."
    article = dated(witness(), method="byline", confidence=0.4, note=note)

    page = see(article.get_absolute_url())
    assert '<span class="doubtful">doubtful</span>' in page
    assert "doubtful (40 %)" in page
    assert note in page
    assert "#p2" in page


def test_an_undated_article_shows_what_was_set_aside(see: See) -> None:
    article = make_article(body=BODY)
    FieldEvidence.objects.create(
        article=article, field="published", method="none", confidence=0.0, witnesses=[SET_ASIDE]
    )

    page = see(article.get_absolute_url())
    assert "1 set aside" in page
    assert SET_ASIDE["reason"] in page


def test_a_persons_date_stands_without_the_machines_doubts(see: See) -> None:
    article = dated(witness(), method="byline", confidence=0.4)
    value = {"from": "2012-05-22", "to": "2012-05-22", "precision": "day"}
    Ruling.objects.create(page=article.page, field="published", value=value, verdict=Verdict.FIELD)

    page = see(article.get_absolute_url())
    assert '<span class="doubtful">' not in page
    assert "The machine had read" in page


@pytest.mark.parametrize("method", ["content", "content and neighbours", "common words"])
def test_every_method_has_words(method: str) -> None:
    assert method in METHOD_WORDS
