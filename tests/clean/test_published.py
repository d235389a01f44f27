from __future__ import annotations

from datetime import UTC, date, datetime

from articles.clean import clean_page
from articles.clean.article import CleanArticle
from tests.clean.raw_pages import stated_date, text_page

BODY = """\
The minister said on Friday that the harbour would be opened to ships of every flag before the summer.

“We have waited for it long enough,” he told reporters who had come to the quay on 3 May 2009 to see the boat.

The council has not yet said who is to pay for the lamps, the buoys and the men who look after them.
"""


def clean(
    head: str, tail: str = "", *, url: str | None = None, captured_at: datetime | None = None
) -> CleanArticle:
    text = f"Harbour to open to ships of every flag\n\n{head}\n\n{BODY}\n{tail}"
    return clean_page(text_page(text, url=url, captured_at=captured_at))


def test_a_byline_dates_the_story() -> None:
    field = clean("By Jane Roe / July 2, 2012").published

    assert field.value.start == date(2012, 7, 2)
    assert (field.method, field.lines) == ("byline", (3,))


def test_published_and_updated_on_one_line() -> None:
    article = clean("Published 5 March 2015 | Updated 6 March 2015")

    assert article.published.value.start == date(2015, 3, 5)
    assert article.updated.value.start == date(2015, 3, 6)


def test_body_caption_promo_and_capture_never_date_it() -> None:
    article = clean(
        "A gun in a photograph taken on June 30, 2012.\n\nJane Roe/Reuters",
        "Read Comments\n\nSale! Subscribe before September 12, 2014 and save",
        captured_at=datetime(2019, 2, 11, tzinfo=UTC),
    )

    assert not stated_date(article).known
    assert article.captions[0].credit == "Jane Roe/Reuters"


def test_address_and_line_agree() -> None:
    field = clean("2 July 2012", url="http://x.example/2012/07/02/a").published

    assert field.value.start == date(2012, 7, 2)
    assert field.confidence > 0.9
    assert "Also said by: address" in field.note


def test_a_date_after_the_capture_is_not_believed() -> None:
    article = clean("2 July 2032", captured_at=datetime(2019, 2, 11, tzinfo=UTC))

    assert not stated_date(article).known


def test_a_doubtful_order_is_said() -> None:
    field = clean("04/09/2012").published

    assert field.value.start == date(2012, 9, 4)
    assert "2012-04-09" in field.note
    assert field.confidence < 0.7


def test_a_correction_updates() -> None:
    article = clean("July 2, 2012", "Correction, July 4, 2012: An earlier version had the wrong flag.")

    assert article.updated.value.start == date(2012, 7, 4)
    assert "Correction" not in article.body


def test_hours_ago_is_no_date() -> None:
    assert not stated_date(clean("Posted 3 hours ago")).known
