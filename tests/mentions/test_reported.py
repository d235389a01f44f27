"""Reported speech: the clause, its speaker, its verb and the agency it came through."""

from __future__ import annotations

import pytest

from articles.mentions import MentionFinder, QuoteSpan


def only(finder: MentionFinder, text: str) -> tuple[QuoteSpan, str]:
    found = finder.find(text).reported
    assert len(found) == 1, found
    return found[0], text[found[0].start : found[0].end]


@pytest.mark.parametrize(
    ("text", "speaker", "cue", "clause"),
    [
        (
            "Ivo Karstan said on Monday that the ferries would sail again.",
            "Ivo Karstan",
            "said",
            "the ferries would sail again",
        ),
        (
            "Ivo Karstan told reporters that the talks had failed.",
            "Ivo Karstan",
            "told",
            "the talks had failed",
        ),
        ("Ivo Karstan said he would not resign.", "Ivo Karstan", "said", "he would not resign"),
        (
            "The ferries would sail again, Ivo Karstan said.",
            "Ivo Karstan",
            "said",
            "The ferries would sail again",
        ),
        (
            "The ferries would sail again, said Ivo Karstan on Friday.",
            "Ivo Karstan",
            "said",
            "The ferries would sail again",
        ),
        (
            "According to the Lake League, forty boats were lost.",
            "Lake League",
            "According to",
            "forty boats were lost",
        ),
        (
            "Forty boats were lost, according to the Lake League.",
            "Lake League",
            "according to",
            "Forty boats were lost",
        ),
        ("Marovia has said it will not sign.", "Marovia", "said", "it will not sign"),
    ],
)
def test_a_clause_and_whose_it_is(
    finder: MentionFinder, text: str, speaker: str, cue: str, clause: str
) -> None:
    found, words = only(finder, text)
    assert (found.kind, found.speaker_text, words) == ("reported", speaker, clause)
    assert (found.cue or "").lower() == cue.lower()


def test_it_came_through_an_agency(finder: MentionFinder) -> None:
    text = "Ivo Karstan was quoted by Corvid Wire as saying that the bridge was safe."
    found, words = only(finder, text)
    assert (found.speaker_text, found.via, words) == ("Ivo Karstan", "Corvid Wire", "the bridge was safe")


def test_quoted_words_within_make_it_mixed(finder: MentionFinder) -> None:
    text = 'Ivo Karstan said that the plan was "a bad joke" and would fail.'
    found, words = only(finder, text)
    assert found.kind == "mixed"
    assert words == 'the plan was "a bad joke" and would fail'
    # The quoted words are a direct quote as well.
    assert [text[one.start : one.end] for one in finder.find(text).quotes] == ["a bad joke"]
    assert finder.find(text).quotes[0].kind == "direct"


def test_a_pronoun_is_who_was_named_before(finder: MentionFinder) -> None:
    text = "Ivo Karstan went home early. He said that the ferries would sail again."
    found, _ = only(finder, text)
    assert found.speaker_text == "Ivo Karstan"
    assert found.speaker_start == 0


def test_who_is_not_known_is_left_open(finder: MentionFinder) -> None:
    found, _ = only(finder, "A diplomat said that the ferries would sail again.")
    assert (found.speaker_start, found.speaker_text) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "Ivo Karstan visited the harbour on Monday.",
        '"The ferries will sail again," said Ivo Karstan.',
        "Ivo Karstan said nothing.",
    ],
)
def test_no_reported_speech(finder: MentionFinder, text: str) -> None:
    assert finder.find(text).reported == ()


def test_only_a_body_reports(finder: MentionFinder) -> None:
    text = "Ivo Karstan says that he will not resign"
    assert finder.find(text, zone="headline").reported == ()
