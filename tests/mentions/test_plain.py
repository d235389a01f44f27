from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from articles.mentions.plain import is_title_case, paragraphs, plain_view, sentences


@given(st.text())
def test_the_view_has_the_length_of_the_text(text: str) -> None:
    assert len(plain_view(text)) == len(text)


def test_picture_marks_and_hard_spaces_are_blanked() -> None:
    assert plain_view("Ana\u00a0Tull (c.) and Bo Renn (left)") == "Ana Tull      and Bo Renn       "


def test_an_abbreviation_ends_no_sentence() -> None:
    text = "Mr. Tull met U.N. Gen. Renn. He left at 5 p.m. on Monday.\nThe talks go on."
    assert [text[s.start : s.end].strip() for s in sentences(text)] == [
        "Mr. Tull met U.N. Gen. Renn.",
        "He left at 5 p.m. on Monday.",
        "The talks go on.",
    ]


def test_paragraphs_are_what_stands_between_line_ends() -> None:
    text = "One.\n\nTwo.\n \nThree."
    assert [text[p.start : p.end] for p in paragraphs(text)] == ["One.", "Two.", "Three."]


def test_title_case_needs_nearly_every_word() -> None:
    assert is_title_case("Marovia Pushes For Peace Talks to End Lake Crisis")
    assert not is_title_case("Marovia pushes for talks to end the Lake crisis")
    assert not is_title_case("Talks fail")
