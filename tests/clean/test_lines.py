from __future__ import annotations

from articles.clean.lines import plain, read_lines


def test_numbers_count_from_one_with_blank_lines() -> None:
    lines = read_lines("one\n\n three \r\nfour")

    assert [(line.number, line.text, line.blank) for line in lines] == [
        (1, "one", False),
        (2, "", True),
        (3, "three", False),
        (4, "four", False),
    ]


def test_nbsp_and_invisible_characters_are_gone_but_raw_is_kept() -> None:
    (line,) = read_lines("\ufeffthe\u00a0 cri\u00adsis\u200b")

    assert line.text == "the crisis"
    assert line.raw == "\ufeffthe\u00a0 cri\u00adsis\u200b"


def test_list_marks_stand_apart() -> None:
    lines = read_lines("  • Weekly review\n* A star\n1. First\n- “No,” he said\n  - indented")

    assert [(line.mark, line.text) for line in lines] == [
        ("•", "Weekly review"),
        ("*", "A star"),
        ("1.", "First"),
        ("", "- “No,” he said"),
        ("-", "indented"),
    ]


def test_plain_joins_white_space() -> None:
    assert plain(" a\t\u3000b\n c ") == "a b c"
