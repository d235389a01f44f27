"""Whatever a page brings along is shown as text, on every page that shows any of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from articles.models import Article, Cleaning, FieldEvidence, Role
from articles.templatetags.archive import only_marks
from tests.factories import make_actor, make_article, make_mentions, make_page

See = Callable[..., str]
pytestmark = pytest.mark.django_db

EVIL = "<script>alert(1)</script>"
CLOSING = "\"'></title></p><script>alert(2)</script><img src=x onerror=alert(3)>"


@pytest.fixture
def article() -> Article:
    made = make_article(
        page=make_page(f"{EVIL}\n{CLOSING}\nbody {EVIL}", name=CLOSING, url=f"https://x.example/{CLOSING}"),
        headline=f"Evil {EVIL}",
        subtitle=CLOSING,
        body=f"He said {EVIL} to {CLOSING}.",
        outlet=f"Outlet {CLOSING}",
        authors=[EVIL],
        dateline=CLOSING,
        section=EVIL,
        source_credits=[EVIL],
        captions=[{"text": EVIL, "credit": CLOSING}],
        language="en",
        published=date(2012, 7, 2),
    )
    actor = make_actor(EVIL, aliases=(CLOSING,))
    make_mentions(made, actor)
    make_mentions(made, make_actor("X <b>"), EVIL)
    Role.objects.create(actor=actor, article=made, phrase=CLOSING, title="x")
    Cleaning.objects.create(article=made, method="text 1", lines=[[1, EVIL, CLOSING], [2, "chrome", EVIL]])
    FieldEvidence.objects.create(
        article=made, field="published", value=None, method=EVIL, confidence=1, lines=[1, 2], note=CLOSING
    )
    return made


def harmless(html: str) -> bool:
    """Say whether every script in a page is a file of the archive's own or plain data, and no tag came through."""
    scripts = re.findall(r"<script[^>]*>", html)
    own = all(' src="/static/' in tag or tag == '<script type="application/ld+json">' for tag in scripts)
    return own and "<img" not in html and html.count("</title>") == html.count("<title>")


def test_no_page_lets_it_through(see: See, article: Article) -> None:
    actor = article.mentions.get(surface=EVIL, actor__name=EVIL).actor
    outlet = article.outlet
    assert outlet is not None
    for address in (
        "/",
        "/actors/",
        "/outlets/",
        article.get_absolute_url(),
        f"{article.get_absolute_url()}raw/",
        actor.get_absolute_url(),
        outlet.get_absolute_url(),
    ):
        html = see(address)

        assert "alert(" in html, address
        assert harmless(html), address


def test_nor_does_what_is_typed_into_an_address(see: See, article: Article) -> None:
    for address, name in (
        (article.get_absolute_url(), "q"),
        (article.get_absolute_url(), CLOSING),
        ("/search/", "q"),
        ("/search/", "outlet"),
        ("/search/", "sort"),
        ("/search/", "from"),
        ("/actors/", "name"),
        ("/actors/", CLOSING),
    ):
        assert harmless(see(address, **{name: CLOSING})), (address, name)


@pytest.mark.usefixtures("article")
def test_search_results_show_it_as_text(see: See) -> None:
    html = see("/search/", q="alert")

    assert "<mark>alert</mark>" in html
    assert harmless(html)


def test_an_address_that_could_run_code_is_no_link(see: See) -> None:
    bad = make_article(page=make_page(url="javascript:alert(1)"))
    good = make_article(page=make_page(url="https://meridian.example/a?b=1&c=2"))

    assert 'href="javascript' not in see(bad.get_absolute_url())
    assert 'href="https://meridian.example/a?b=1&amp;c=2" rel="noreferrer nofollow"' in see(
        good.get_absolute_url()
    )


def test_a_passage_keeps_its_marks_and_nothing_else() -> None:
    passage = 'a <mark class="x" onclick="y">hit</mark> <b>bold</b> &lt;i&gt; <script>alert(1)</script>'

    assert only_marks(passage) == (
        "a <mark>hit</mark> &lt;b&gt;bold&lt;/b&gt; &lt;i&gt; &lt;script&gt;alert(1)&lt;/script&gt;"
    )
