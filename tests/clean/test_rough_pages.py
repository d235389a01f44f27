"""Pages as they should not come: cut anywhere, doubled, reversed, in any script. Each still gives an article."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.capture import page_from_bytes
from articles.capture.page import RawPage
from articles.clean import clean_page
from articles.clean.article import CleanArticle, Label
from tests.clean.raw_pages import ROOT, text_page

PAGES = tuple(path.read_bytes() for path in sorted((ROOT / "fixtures" / "pages").glob("*.txt")))

# A sentence of a report in each of ten scripts, written for these tests.
SENTENCES = {
    "Latin": "The harbour was opened on Friday, the minister said on July 2, 2012.",
    "Cyrillic": "Гавань открыли в пятницу, сообщил министр 2 июля 2012 года.",
    "Greek": "Το λιμάνι άνοιξε την Παρασκευή, είπε ο υπουργός στις 2 Ιουλίου 2012.",  # noqa: RUF001 - Greek letters
    "Arabic": "افتتح الميناء يوم الجمعة، قال الوزير في ٢ يوليو ٢٠١٢.",
    "Hebrew": "הנמל נפתח ביום שישי, אמר השר ב-2 ביולי 2012.",
    "Devanagari": "बंदरगाह शुक्रवार को खोला गया, मंत्री ने 2 जुलाई 2012 को कहा।",
    "Thai": "ท่าเรือเปิดเมื่อวันศุกร์ รัฐมนตรีกล่าวเมื่อ 2 กรกฎาคม 2012",
    "Chinese": "部长于2012年7月2日表示,港口已于星期五开放。",
    "Japanese": "大臣は2012年7月2日、港は金曜日に開かれたと述べた。",
    "Korean": "장관은 2012년 7월 2일 항구가 금요일에 열렸다고 말했다.",
}


def check(page: RawPage) -> CleanArticle:
    """Clean the page: every line has its label and a reason, every paragraph stands in the body where it says."""
    article = clean_page(page)
    assert [line.text for line in article.lines] == page.text.splitlines()
    assert all(line.reason.endswith(".") for line in article.lines)
    for paragraph in article.paragraphs:
        assert article.body[paragraph.start : paragraph.start + len(paragraph.text)] == paragraph.text
    for mention in article.date_mentions:
        assert article.body[mention.start : mention.end] == mention.text
    for witness in article.witnesses:
        assert article.body[witness.start : witness.end] == witness.quote
    return article


@settings(max_examples=60)
@given(st.sampled_from(PAGES), st.integers(0, 3000), st.integers(1, 3000))
def test_a_page_cut_at_any_bytes(content: bytes, start: int, length: int) -> None:
    cut = content[start : start + length] or content

    # Cut inside a letter, it may be of another encoding, or of none that can be told.
    page = page_from_bytes(cut, name="cut.txt", media_type="text/plain")
    if isinstance(page, RawPage):
        check(page)
    check(RawPage(cut, "text/plain", "latin-1", "cut.txt"))


@pytest.mark.parametrize("content", PAGES[::4])
def test_a_page_that_came_twice(content: bytes) -> None:
    text = content.decode()

    once, twice = check(text_page(text)), check(text_page(f"{text}\n\n{text}"))

    # The story is found in one of the copies, or in both.
    assert {part.text for part in once.paragraphs} & {part.text for part in twice.paragraphs}


@pytest.mark.parametrize("content", PAGES[::4])
def test_a_page_read_backwards(content: bytes) -> None:
    text = content.decode()

    check(text_page(text[::-1]))
    check(text_page("\n".join(reversed(text.splitlines()))))


@pytest.mark.parametrize("script", SENTENCES)
def test_a_page_in_a_script(script: str) -> None:
    sentence = SENTENCES[script]
    story = [" ".join([sentence] * times) for times in (3, 4, 5, 3, 4)]

    article = check(text_page("\n".join([sentence[:25], "2012-07-02", "", *story, "", "Share", "Comments"])))

    labels = {line.text: line.label for line in article.lines}
    assert labels["Share"] is labels["Comments"] is Label.CHROME


@pytest.mark.parametrize(("first", "second"), list(pairwise(SENTENCES)))
def test_a_page_in_two_scripts(first: str, second: str) -> None:
    check(text_page("\n".join([SENTENCES[first], f"{SENTENCES[first]} {SENTENCES[second]}"] * 20)))
