"""What holds for any text whatever."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.clean import clean_page
from articles.clean.article import CleanArticle, Label
from articles.clean.lines import plain
from tests.clean.raw_pages import STORY, html_page, text_page

# Pieces that make random pages look enough like pages for the rules to run.
PIECES = [
    *STORY,
    "By Jane Roe / July 2, 2012",
    "(Page 2 of 2)",
    "Denis Doe/Reuters",
    "(Reuters, MT)",
    "Read Comments",
    "Support The Moscow Times!",
    "GENEVA, July 2 (Reuters) - Talks began on Monday.",
    "Published 04/09/2012",
    "Harbour talks resume",
    "© 2012 The Post Ltd",
    "Share",
    "• One",
    "",
    "Correction: an earlier version had it wrong.",
    "He meets her (l.) in Geneva. (Photo: Jane Roe)",
    "a\u00a0b\u200bc",
    "\u202e\u0661\u0662/\u0660\u0663/\u0662\u0660\u0661\u0662",
    "\u0661\u0662 يوليو \u0662\u0660\u0661\u0662",
]
PAGES = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=60)), max_size=25).map("\n".join)


def check(article: CleanArticle) -> None:
    """Every line has one label and a reason; paragraphs stand in the body where they say."""
    assert [line.number for line in article.lines] == list(range(1, len(article.lines) + 1))
    for line in article.lines:
        assert isinstance(line.label, Label)
        assert line.reason.endswith(".")
    for paragraph in article.paragraphs:
        assert article.body[paragraph.start : paragraph.start + len(paragraph.text)] == paragraph.text
    fields = (article.headline, article.subtitle, article.outlet, article.dateline, article.section)
    for field in fields:
        assert (field.value is None) == (field.method == "none") == (field.confidence == 0)
    for field in (article.published, article.updated):
        assert field.value.known == (field.method != "none")
    assert bool(article.authors.value) == (article.authors.method != "none")


@given(PAGES)
def test_any_text_gives_an_article(text: str) -> None:
    article = clean_page(text_page(text))

    check(article)
    assert [line.text for line in article.lines] == text.splitlines()
    body = {line.number for line in article.lines if line.label is Label.BODY}
    assert body == {number for paragraph in article.paragraphs for number in paragraph.lines}
    for line in article.lines:
        assert (line.label is Label.BLANK) == (not plain(line.text))


@given(PAGES)
def test_cleaning_twice_gives_the_same(text: str) -> None:
    assert clean_page(text_page(text)) == clean_page(text_page(text))


TAGS = [
    "p",
    "div",
    "h1",
    "table",
    "td",
    "figcaption",
    "time",
    "script",
    "li",
    "nav",
    "article",
    "span",
    "br",
    "title",
]


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.sampled_from(TAGS), st.one_of(st.sampled_from(PIECES), st.text(max_size=40))),
        max_size=12,
    )
)
def test_any_html_gives_an_article(parts: list[tuple[str, str]]) -> None:
    html = "<html><body>" + "".join(f"<{tag}>{text}</{tag}>" for tag, text in parts) + "</body></html>"

    check(clean_page(html_page(html)))


# Text of so many times the size may take this many times as long; its square would take sixteen times.
SIZES, MOST_TIME = 4, 8
# Seconds below which a run says nothing of how time grows.
SHORTEST_RUN = 0.02


def seconds(text: str, *, runs: int = 3) -> float:
    """Seconds of processor time to clean and date the text, the best of some runs."""
    page = text_page(text)
    times = []
    for _ in range(runs):
        start = time.process_time()
        clean_page(page)
        times.append(time.process_time() - start)
    return max(SHORTEST_RUN, min(times))


@pytest.mark.parametrize(
    "piece",
    [
        "word ",
        "a",
        ". ",
        "(",
        '"',
        "By ",
        "Jane Roe/",
        "1 ",
        " - ",
        "short line\n",
        "July 2, 2012\n",
        "Jane Roe\n",
        "中文。",
        "On July 2, 2012, two days after the vote, President Roe met her in Geneva. ",
        "More than 230,000 people were killed in the four-year-old war.\n",
    ],
)
def test_time_grows_with_the_size_not_its_square(piece: str) -> None:
    small = piece * (40_000 // len(piece))

    assert seconds(small * SIZES) <= MOST_TIME * seconds(small)


def test_time_of_ten_megabytes_in_one_line() -> None:
    line = f"{' '.join(STORY)} "
    large = line * (10_000_000 // len(line))

    assert seconds(large, runs=1) <= MOST_TIME * seconds(large[: len(large) // SIZES], runs=2)
