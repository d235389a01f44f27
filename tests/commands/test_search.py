"""`manage.py search --count`: each story once, with how many articles that is."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.ingest import link_copies
from articles.models import Article, PendingIndex
from articles.search.pending import drain
from articles.search.run import backend
from tests.factories import make_article
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


def test_nothing_else_is_counted() -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        search("harbour", "--count", "words")
