from __future__ import annotations

from articles.clean.lines import read_lines
from articles.clean.wrapping import ends_sentence, join_wrapped

WRAPPED = """\
The colonel, who speaks for the army of the valleys, told reporters
this week that his men had fired one missile at one aircraft, and that
those who doubted it were welcome to see the grass for themselves.

So a bus was found, and twenty of us went to see the grass. It had been
mown.
"""


def test_wrapped_lines_become_paragraphs_with_all_their_lines() -> None:
    first, second = join_wrapped(read_lines(WRAPPED))

    assert first.lines == (1, 2, 3)
    assert first.text.startswith("The colonel, who speaks")
    assert "reporters this week" in first.text
    assert second.lines == (5, 6)
    assert second.text.endswith("It had been mown.")
    assert second.gap == 1


def test_an_indented_line_begins_a_paragraph() -> None:
    indented = "\n".join(
        line if number % 2 else f"   {line}"
        for number, line in enumerate(
            [
                "Turnout was 71 per cent, the highest for many years in the",
                "country, and nobody at all complained.",
            ]
            * 4
        )
    )

    assert [block.lines for block in join_wrapped(read_lines(indented))] == [(1, 2), (3, 4), (5, 6), (7, 8)]


def test_long_lines_are_left_alone() -> None:
    text = "\n".join(["A paragraph that a converter left in one piece, " * 4 + "and that goes on"] * 5)

    assert [block.lines for block in join_wrapped(read_lines(text))] == [(1,), (2,), (3,), (4,), (5,)]


def test_menus_are_not_joined() -> None:
    text = "Home\nWorld news\nabout us\ncontact us\nmore from us\nthe archive"

    assert all(len(block.lines) == 1 for block in join_wrapped(read_lines(text)))


def test_a_word_broken_with_a_hyphen_is_not_torn_apart() -> None:
    text = WRAPPED.replace("reporters\nthis week", "re-\nporters this week")

    assert "re-porters" in join_wrapped(read_lines(text))[0].text


def test_sentence_ends() -> None:
    assert ends_sentence("He said.")
    assert ends_sentence("“No,” he said.”")
    assert ends_sentence("他说。")
    assert not ends_sentence("Read more")


def test_a_page_in_capitals_is_joined_as_any_other() -> None:
    first, second = join_wrapped(read_lines(WRAPPED.upper()))

    assert first.lines == (1, 2, 3)
    assert "REPORTERS THIS WEEK" in first.text
    assert second.lines == (5, 6)


def test_a_word_in_capitals_broken_with_a_hyphen_is_not_torn_apart() -> None:
    text = WRAPPED.replace("reporters\nthis week", "re-\nporters this week").upper()

    assert "RE-PORTERS" in join_wrapped(read_lines(text))[0].text


def test_a_menu_in_capitals_is_not_joined() -> None:
    text = "HOME\nWORLD NEWS\nABOUT US\nCONTACT US\nMORE FROM US\nTHE ARCHIVE"

    assert all(len(block.lines) == 1 for block in join_wrapped(read_lines(text)))


def test_a_script_without_capitals_is_not_taken_for_them() -> None:
    line = "बंदरगाह आज सुबह खुला और जहाज़ लंगर से चले गए, दूतों ने यह BBC से कहा।"
    text = "\n".join([line] * 6)

    assert all(len(block.lines) == 1 for block in join_wrapped(read_lines(text)))
