"""Which of the lines around a story name its authors."""

from __future__ import annotations

import pytest

from articles.clean import clean_page
from articles.clean.article import Label
from tests.clean.raw_pages import STORY, text_page

HEAD = "Harbour to be opened to ships of every flag"


def authors(*head: str, tail: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The authors of a page with these lines above and below its story."""
    return clean_page(text_page("\n\n".join((*head, *STORY, *tail)))).authors.value


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ((HEAD, "By Jane Roe", "July 2, 2012"), ("Jane Roe",)),
        (
            (HEAD, "By", "Jane Roe,", "John Doe &", "Ann Poe", "July 2, 2012"),
            ("Jane Roe", "John Doe", "Ann Poe"),
        ),
        (
            (HEAD, "By Jane Roe", "Political Correspondent", "By John Doe", "July 2, 2012"),
            ("Jane Roe", "John Doe"),
        ),
        ((HEAD, "By Staff Writer", "July 2, 2012"), ()),
        ((HEAD, "By The Associated Press", "July 2, 2012"), ()),
    ],
)
def test_authors_of_the_head(head: tuple[str, ...], names: tuple[str, ...]) -> None:
    assert authors(*head) == names


def test_the_byline_of_another_story_is_not_this_ones() -> None:
    tail = ("More from the quay", "Lamps for the harbour at last", "By Ann Poe", "June 30, 2012")

    assert authors(HEAD, "By Jane Roe", "July 2, 2012", tail=tail) == ("Jane Roe",)


def test_a_line_that_the_headline_has_is_no_byline() -> None:
    head = "Maria Soto: harbour to be opened to ships of every flag"

    assert authors("Maria Soto", head, "Maria Soto", "By Jane Roe", "July 2, 2012") == ("Jane Roe",)


def test_a_date_in_figures_is_a_date_and_no_page_number() -> None:
    article = clean_page(text_page("\n\n".join((HEAD, "22.08.2024", "Jane Roe", *STORY))))

    assert article.published.value.start is not None
    assert article.published.value.start.isoformat() == "2024-08-22"
    assert [line.label for line in article.lines if line.text == "22.08.2024"] == [Label.DATE]
