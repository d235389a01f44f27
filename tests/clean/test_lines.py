from __future__ import annotations

import pytest

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


@pytest.mark.parametrize(
    "line",
    [
        "3. Mai 2031",
        "05. November 2031,10:38",
        "24. jul.",
        "7. März, 16.03 Uhr",
        "28. Juni - 16.03 Uhr",
        "15. November wurde gewählt",
        "23. 12. 2031 13:31",
        "9. MAI",
    ],
)
def test_the_day_of_a_date_is_no_list_mark(line: str) -> None:
    (read,) = read_lines(line)

    assert (read.mark, read.text) == ("", line)


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("1. Set the oven to 200", "1."),
        ("2. May I ask why?", "2."),
        ("45. November 2031", "45."),
        ("0. Mai 2031", "0."),
        ("3) Mai 2031", "3)"),
        ("4. 18.47", "4."),
        ("12. 2000 runners", "12."),
    ],
)
def test_a_number_before_anything_else_is_a_list_mark(line: str, mark: str) -> None:
    (read,) = read_lines(line)

    assert read.mark == mark


def test_plain_joins_white_space() -> None:
    assert plain(" a\t\u3000b\n c ") == "a b c"
