"""`manage.py search --count`: each story once, with how many articles that is."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.ingest import link_copies
from articles.models import Article, PendingIndex
from articles.search.pending import drain
from articles.search.run import backend
from tests.factories import make_actor, make_article
from tests.ingest.texts import invented

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def archive() -> None:
    backend().clear()
    for seed, headline in ((1, "Ferries stay"), (1, "Ferries remain"), (2, "Lamps are lit")):
        link_copies(make_article(body=f"Harbour {invented(seed)}", headline=headline))
    PendingIndex.objects.all().delete()
    PendingIndex.objects.queue(Article.objects.values_list("pk", flat=True))
    drain()


def search(*arguments: str) -> str:
    out = StringIO()
    call_command("search", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def test_articles_are_counted_unless_stories_are_asked_for() -> None:
    assert "3 of 3 articles, page 1 of 1" in search("harbour")
    assert search("harbour", "--count", "articles") == search("harbour")
    told = search("harbour", "--count", "stories")
    assert "2 of 2 stories (3 articles), page 1 of 1" in told
    assert told.count("and 1 more") == 1
    data = json.loads(search("harbour", "--count", "stories", "--json"))
    assert (data["total"], data["article_total"]) == (2, 3)


def test_a_misspelled_query_is_told_of() -> None:
    assert "Did you mean harbour ?" in search("harbuor")
    assert json.loads(search("harbuor", "--json"))["did_you_mean"] == {
        "query": "harbour",
        "url": "?q=harbour",
    }
    assert json.loads(search("harbour", "--json"))["did_you_mean"] is None


def test_nothing_else_is_counted() -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        search("harbour", "--count", "words")


def test_the_table_says_what_the_page_says() -> None:
    told = search("harbour", "--mode", "any", "--to", "2012")
    assert "3 more would match but for having no date" in told
    told = search('"harbour', "--mode", "any")
    assert "Search for harbour instead." in told or 'Search for "harbour" instead.' in told
    assert "They tell 2 stories" in told
    assert "They hold any of the words" in told
    assert "(unknown outlet)  harbour 1" in told


def test_a_list_is_counted_as_on_the_page(tmp_path: Path) -> None:
    make_actor("Oren Vashti", aliases=["Vashti"])
    lines = tmp_path / "lines.txt"
    lines.write_text("harbour\n\n=x\n")
    rows = list(csv.DictReader(StringIO(search("--batch", str(lines)))))
    assert [(row["line"], row["hits"], row["articles"], row["stories"]) for row in rows] == [
        ("harbour", "3", "3", "2"),
        ("'=x", "0", "0", "0"),
    ]
    lines.write_text("vashti\n")
    [row] = csv.DictReader(StringIO(search("--batch", str(lines), "--names")))
    assert row["means"] == "Oren Vashti"


def test_a_list_that_cannot_be_read_and_two_lists_at_once_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        search("--batch", str(tmp_path / "nothing"))
    with pytest.raises(CommandError, match="Give a query"):
        search("harbour", "--batch", "x")
