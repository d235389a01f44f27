"""Many searches at once: what each line finds, in an address or posted, as a page or a file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client

from articles.models import Status, Story
from articles.search import batch as counting
from articles.search.batch import MOST_LINES, count_each, lines_of, requests_of
from articles.search.pending import drain
from articles.search.request import SearchRequest
from articles.search.run import run
from tests.factories import make_actor, make_article, make_mentions
from tests.search.archive import make_archive

See = Callable[..., str]
pytestmark = pytest.mark.django_db
HERE = "/search/batch/"


def make_talks() -> None:
    actor = make_actor("Oren Vashti", aliases=["Vashti"])
    story = Story.objects.create()
    for outlet in ("Vessa Herald", "Karrin Daily"):
        article = make_article(
            headline="Talks", body="Vashti spoke. Oren Vashti left.", outlet=outlet, story=story
        )
        make_mentions(article, actor)
        make_mentions(article, actor, "Vashti spoke")
    hidden = make_article(body="Oren Vashti", status=Status.HIDDEN)
    make_mentions(hidden, actor)


def rows_of(html: str) -> list[tuple[str, ...]]:
    """Return the table's rows: the line, then its numbers."""
    rows = re.findall(r'<th scope="row"><a href="[^"]*">(.*?)</a>.*?</th>(.*?)</tr>', html, re.DOTALL)
    return [
        (line, *re.findall(r'<td class="number">(?:<span[^>]*>)?([\d,–]+)', cells)) for line, cells in rows
    ]


def test_each_line_is_counted_in_hits_articles_and_stories(see: See) -> None:
    make_talks()
    html = see(HERE, lines='vashti\n\n"oren vashti"\nnobody\nvashti\n?q=talks&outlet=999')

    assert rows_of(html) == [
        ("vashti", "4", "2", "1", "2"),
        ("&quot;oren vashti&quot;", "2", "2", "1", "2"),
        ("nobody", "0", "0", "0", "0"),
        ("?q=talks&amp;outlet=999", "0", "0", "0", "0"),
    ]
    assert 'href="/search/?q=vashti"' in html


def test_a_name_counts_in_every_spelling_and_says_whom_it_means(see: See) -> None:
    make_talks()
    make_actor("Lev Vashti")
    html = see(HERE, lines='oren vashti\nVashti\n"Nobody" Known', **{"as": "names"})

    assert [row[:2] for row in rows_of(html)] == [
        ("oren vashti", "4"),
        ("Vashti", "4"),
        ("&quot;Nobody&quot; Known", "0"),
    ]
    assert "is Oren Vashti</span>" in html
    assert "means 2: Oren Vashti, Lev Vashti" in html
    assert "The archive knows no actor called" in html


def test_counts_are_those_of_the_searches() -> None:
    make_archive(80, seed=9, stories=6)
    drain()
    lines = ["annan", "peace OR plan", "syria -truce", "annan plan talks"]
    requests = requests_of(lines, names=False)
    found = list(count_each(lines, requests, names=False))

    for line, one in zip(lines, found, strict=True):
        page = run(SearchRequest(query=line, size=100))
        assert (one.articles, one.stories) == (page.article_total, page.story_total)
        assert one.hits == sum(hit.marks.total for hit in page.hits)


def test_hits_are_not_counted_where_too_much_would_have_to_be_read(
    see: See, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_talks()
    make_article(headline="Fishing")
    monkeypatch.setattr(counting, "MOST_READ", 2)
    html = see(HERE, lines="talks\nvashti\nnobody")

    assert [row[1] for row in rows_of(html)] == ["2", "–", "0"]
    assert "not counted (–)" in html


def test_a_short_list_gets_an_address_and_a_long_one_does_not_need_it() -> None:
    make_talks()
    drain()
    client = Client(enforce_csrf_checks=True)
    page = client.get(HERE)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())
    assert token
    short = client.post(HERE, {"lines": "talks", "as": "names", "csrfmiddlewaretoken": token[1]})
    assert short.status_code == 302
    assert short["Location"] == f"{HERE}?lines=talks&as=names"
    long = client.post(
        HERE,
        {
            "lines": "talks\n" + "\n".join(f"a long query number {number}" for number in range(200)),
            "csrfmiddlewaretoken": token[1],
        },
    )
    assert long.status_code == 200
    assert len(rows_of(long.content.decode())) == 201
    assert client.post(HERE, {"lines": "talks"}).status_code == 403


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("\n".join(map(str, range(MOST_LINES + 1))), f"These are {MOST_LINES + 1} lines"),
        ("x" * 1001, "A line has 1001 characters"),
    ],
)
def test_too_much_is_refused_with_what_to_do(client: Client, lines: str, said: str) -> None:
    response = client.post(HERE, {"lines": lines})

    assert response.status_code == 400
    assert said in response.content.decode()
    assert lines[:50] in response.content.decode(), "what was pasted is not lost"


def test_a_file_of_the_table(client: Client) -> None:
    make_talks()
    drain()
    response = client.get(f"{HERE}?lines={quote('talks')}%0A{quote('=x')}&mode=any&format=csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))  # type: ignore[attr-defined]

    assert [(row["line"], row["hits"], row["articles"], row["stories"]) for row in rows] == [
        ("talks", "2", "2", "1"),
        ("'=x", "0", "0", "0"),
    ]
    assert rows[0]["search"] == "http://testserver/search/?q=talks&mode=any"


def test_lines_are_taken_once_and_blank_ones_not() -> None:
    assert lines_of(" a  b \r\n\n c\na b\n") == ["a b", "c"]
