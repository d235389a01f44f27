from __future__ import annotations

from datetime import date

import pytest

from articles.clean import clean_page
from articles.clean.article import Label
from articles.clean.html_page import match_paragraphs
from articles.clean.wrapping import Block
from tests.clean.raw_pages import STORY as PARAGRAPHS
from tests.clean.raw_pages import html_page

STORY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[:3])
HEAD = """<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type": ["NewsArticle"],
"headline": "Harbour to open", "datePublished": "2012-07-02T23:30:00-04:00", "dateModified": "2012-07-04",
"author": [{"@type": "Person", "name": "Jane Roe"}, {"@type": "Organization", "name": "Desk"}]}]}</script>
<meta property="og:site_name" content="The Quay">"""


BY_THE_HOUSE = """<script type="application/ld+json">{"@type": "NewsArticle", "author": {"name": "The Quay"},
"publisher": {"name": "The Quay"}}</script><meta name="parsely-author" content="Jane Roe">"""
BY_TWO = """<script type="application/ld+json">{"@type": "NewsArticle", "author": [{"@type": ["Organization"],
"name": "Harbour Desk"}, {"@type": "Person", "name": "Jane Roe"}]}</script>"""


def test_metadata_gives_fields_and_the_body_is_the_story() -> None:
    article = clean_page(
        html_page(
            f"<html><head>{HEAD}</head><body><nav><a>Home</a></nav><article><h1>Harbour to open</h1>{STORY}"
            "<figure><figcaption>The quay. Ann Doe/Reuters</figcaption></figure></article>"
            "<footer>About us</footer></body></html>"
        )
    )

    assert len(article.paragraphs) == 3
    assert article.headline.value == "Harbour to open"
    assert article.headline.lines
    assert article.authors.value == ("Jane Roe",)
    assert article.outlet.value == "The Quay"
    assert article.published.value.start == date(2012, 7, 2)
    assert article.published.method == "JSON-LD datePublished"
    assert article.updated.value.start == date(2012, 7, 4)
    reasons = {line.text: (line.label, line.reason) for line in article.lines}
    assert reasons["Home"][0] is Label.CHROME
    assert reasons["About us"][0] is Label.CHROME
    assert [line.number for line in article.lines] == list(range(1, len(article.lines) + 1))


def test_without_metadata_the_visible_text_tells() -> None:
    head = "<h1>Harbour to open</h1><p>By Jane Roe</p><p>2 July 2012</p>"

    article = clean_page(html_page(f"<html><body>{head}{STORY}</body></html>"))

    assert article.headline.value == "Harbour to open"
    assert article.authors.value == ("Jane Roe",)
    assert article.published.value.start == date(2012, 7, 2)


def test_broken_metadata_is_passed_over() -> None:
    broken = '<script type="application/ld+json">{"@type": "NewsArticle", </script>'
    head = f'{broken}<meta property="article:published_time" content="2012-99-99">'

    assert len(clean_page(html_page(f"<html><head>{head}</head><body>{STORY}</body></html>")).paragraphs) == 3


def test_a_copyright_year_is_no_date() -> None:
    article = clean_page(html_page(f"<html><body>{STORY}<footer>© 2012 Acme</footer></body></html>"))

    assert not article.published.value.known


def test_nothing_and_nested_deeply() -> None:
    assert clean_page(html_page("")).paragraphs == ()
    assert clean_page(html_page("<p>x</p>")).paragraphs == ()
    deep = "<div>" * 3000 + "text" + "</div>" * 3000
    assert clean_page(html_page(f"<html><body>{deep}</body></html>")).lines is not None


def test_a_paragraph_that_runs_lines_together_is_taken_apart() -> None:
    blocks = tuple(
        Block(text, (number,), "", 1)
        for number, text in enumerate(
            ["Menu", "The first of the two lines.", "The second of the two lines."], start=1
        )
    )

    matches = match_paragraphs(
        ("| The first of the two lines. The second of the two lines.", "Not there"), blocks
    )

    assert [(match.text, match.blocks) for match in matches] == [
        ("The first of the two lines.", (1,)),
        ("The second of the two lines.", (2,)),
        ("Not there", ()),
    ]


@pytest.mark.parametrize(
    ("head", "mark", "names"),
    [
        # The publisher is no author, and a later place may name one.
        (
            BY_THE_HOUSE,
            "",
            ("Jane Roe",),
        ),
        (
            BY_TWO,
            "",
            ("Jane Roe",),
        ),
        ('<meta name="author" content="Associated Press">', "", ()),
        ('<meta name="author" content="Senior Reporter">', "", ()),
        ('<meta name="author" content="王小明">', "", ("王小明",)),
        ("", '<a rel="author" href="/jane">Jane Roe</a>', ("Jane Roe",)),
        ("", '<div class="meta"><span class="author-name">By Jane Roe</span></div>', ("Jane Roe",)),
        ("", '<span class="byline">Staff Writer</span>', ()),
    ],
)
def test_authors_by_metadata_and_markup(head: str, mark: str, names: tuple[str, ...]) -> None:
    html = f"<html><head>{head}</head><body><article><h1>Harbour to open</h1>{mark}{STORY}</article></body></html>"

    assert clean_page(html_page(html)).authors.value == names
