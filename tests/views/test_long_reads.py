"""Long articles in parts."""

from __future__ import annotations

from django.utils.html import escape

from articles.views.long_reads import LONG, OPENING, PART, ShownParagraph, in_parts


def paragraphs(texts: list[str]) -> list[ShownParagraph]:
    return [ShownParagraph(number, escape(text)) for number, text in enumerate(texts, start=1)]


def test_what_is_not_long_is_one_part() -> None:
    texts = ["word " * (LONG - 1)]
    read = in_parts(texts, paragraphs(texts))

    assert (read.long, read.words, len(read.parts)) == (False, LONG - 1, 1)


def test_parts_end_with_paragraphs_and_leave_none_out() -> None:
    texts = [f"Paragraph {number} " + "word " * 98 for number in range(1, 201)]
    shown = paragraphs(texts)
    read = in_parts(texts, shown)

    assert [one for part in read.parts for one in part.paragraphs] == shown
    assert [len(part.paragraphs) for part in read.parts[:-1]] == [PART // 100] * (len(read.parts) - 1)
    assert read.parts[1].first == PART // 100 + 1
    assert read.parts[1].opening == f"Paragraph 16 {'word ' * (OPENING - 2)}".rstrip() + "…"


def test_an_article_without_text_has_no_part() -> None:
    assert in_parts([], []).parts == ()
