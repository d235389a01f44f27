"""Who is said to say what. Each text is made up; the names come from the tests' own authority file."""

from __future__ import annotations

import pytest

from articles.mentions import MentionFinder

SPOKEN = [
    # (text, quoted words, speaker, cue, via)
    ('"We wait," Ivo Karstan said.', "We wait,", "Ivo Karstan", "said", None),
    ('"We wait and see," said Ann Brell, the mayor of Vell.', "We wait and see,", "Ann Brell", "said", None),
    ('Ivo Karstan said: "We wait and see."', "We wait and see.", "Ivo Karstan", "said", None),
    ('Ann Brell, mayor of Vell, told reporters that she "never left the room."', "never left the room.", "Ann Brell", "told", None),
    ('Ivo Karstan went to Vell on Monday and said the truce "holds in name."', "holds in name.", "Ivo Karstan", "said", None),
    ('Ivo Karstan called the talks a "mockery" of peace.', "mockery", "Ivo Karstan", "called", None),
    ('That led the Lake League, the main sponsor, to label the talks a "mockery."', "mockery.", "Lake League", "label", None),
    ('"We wait and see," Ivo Karstan told Corvid Wire.', "We wait and see,", "Ivo Karstan", "told", "Corvid Wire"),
    ('Corvid Wire quoted Foreign Minister Ivo Karstan as saying "we wait and see."', "we wait and see.", "Ivo Karstan", "quoted", "Corvid Wire"),
    ('"We wait and see," Karstan was quoted by Corvid Wire as saying.', "We wait and see,", "Karstan", "quoted", "Corvid Wire"),
    ('The plan, according to Ann Brell, is "no plan at all."', "no plan at all.", "Ann Brell", "according to", None),
    ('Ann Brell resigned on Friday, saying the plan was "no plan at all."', "no plan at all.", "Ann Brell", "saying", None),
    ('Ann Brell released the following statement: "The plan is no plan at all."', "The plan is no plan at all.", "Ann Brell", None, None),
    ('"Was it you, or was it him?" asked Ann Brell.', "Was it you, or was it him?", "Ann Brell", "asked", None),
    ('Ivo Karstan was asked by Ann Brell: "Was it you, or was it him?"', "Was it you, or was it him?", "Ann Brell", "asked", None),
]  # fmt: skip


@pytest.mark.parametrize("case", SPOKEN, ids=lambda case: case[0])
def test_a_quote_with_a_verb_of_its_own(
    finder: MentionFinder, case: tuple[str, str, str, str | None, str | None]
) -> None:
    text, words, speaker, cue, via = case
    found = finder.find(text)
    [quote] = [q for q in found.quotes if text[q.start : q.end] == words]
    assert (quote.speaker_text, quote.cue, quote.via) == (speaker, cue, via)
    assert text[quote.speaker_start : quote.speaker_start + len(speaker)] == speaker  # type: ignore[operator]


def speakers(finder: MentionFinder, text: str) -> list[str | None]:
    return [quote.speaker_text for quote in finder.find(text).quotes]


class TestWhoGoesOn:
    def test_the_next_quote_of_the_paragraph(self, finder: MentionFinder) -> None:
        assert (
            speakers(finder, '"We wait," Ivo Karstan said. "We have waited before."') == ["Ivo Karstan"] * 2
        )

    def test_a_paragraph_that_is_a_quote_alone(self, finder: MentionFinder) -> None:
        assert speakers(
            finder, 'Ivo Karstan said they would wait.\n\n"We have waited before, you know."'
        ) == ["Ivo Karstan"]

    def test_a_quote_over_two_paragraphs(self, finder: MentionFinder) -> None:
        assert (
            speakers(finder, '"We wait," Ivo Karstan said. "We go on.\n\n"And on it goes for ever."')
            == ["Ivo Karstan"] * 3
        )

    def test_a_new_subject_between_is_not_passed_over(self, finder: MentionFinder) -> None:
        text = (
            '"We wait," Ivo Karstan said. It rained. The talks ended. Nobody came. "Peace is made of paper."'
        )
        assert speakers(finder, text) == ["Ivo Karstan", None]


class TestPronounsAndPhrases:
    def test_he_is_the_one_who_spoke_not_the_nearest_name(self, finder: MentionFinder) -> None:
        text = (
            '"It is sincere," says Sergei Tull, an adviser to President Ivo Karstan.\n\n'
            '"We believe that this plan can work," he says.'
        )
        assert speakers(finder, text) == ["Sergei Tull", "Sergei Tull"]

    def test_she_is_not_mr_karstan(self, finder: MentionFinder) -> None:
        text = 'Ann Brell kept her seat. Mr. Karstan left.\n\n"It is a good seat to have," she said.'
        assert speakers(finder, text) == ["Ann Brell"]

    def test_the_ministry_is_the_one_named_before(self, finder: MentionFinder) -> None:
        text = 'The Marovian Foreign Ministry refused. "It is out of the question," the ministry said.'
        assert speakers(finder, text) == ["Marovian Foreign Ministry"]

    def test_the_general_is_the_only_one_of_that_rank(self, finder: MentionFinder) -> None:
        text = 'General Bo Renn looked at Ivo Karstan. "It was in the harbour," the general said.'
        assert speakers(finder, text) == ["Bo Renn"]

    def test_a_diplomat_without_a_name_is_nobody(self, finder: MentionFinder) -> None:
        assert speakers(finder, 'Ivo Karstan left. "He will be back by noon," a diplomat said.') == [None]

    def test_a_spokesman_for_somebody_is_shown_but_is_not_him(self, finder: MentionFinder) -> None:
        [quote] = finder.find('"He will be back by noon," a spokesman for Ivo Karstan said.').quotes
        assert (quote.speaker_start, quote.speaker_text) == (None, "a spokesman for Ivo Karstan")

    def test_the_wording_of_a_document_has_no_speaker(self, finder: MentionFinder) -> None:
        assert speakers(
            finder, 'Marovia agreed to a plan that could include "members of the present government".'
        ) == [None]

    def test_the_name_of_a_broadcast_has_no_speaker(self, finder: MentionFinder) -> None:
        assert speakers(finder, 'Ivo Karstan said on "Good Morning Vell" that he would wait.') == [None]
