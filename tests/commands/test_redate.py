"""`manage.py redate`: the dates that no page states, looked at again with what the archive holds by now."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.ingest.neighbours import dated_articles
from articles.models import Article
from tests.ingest.test_neighbours import evidence, take, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_index() -> Iterator[None]:
    dated_articles.cache_clear()
    yield
    dated_articles.cache_clear()


def redate(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("redate", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_what_the_archive_learnt_since_is_told_and_stored() -> None:
    undated = take(told(1), headline="The quay of Vessa is shut")
    dated = take(told(1), day="12 May 2012", headline="The quay of Vessa is closed to all ferries")
    assert undated.published_from is None
    out, err = redate("--dry-run")
    assert f"{undated.permanent_id}  The quay of Vessa is shut" in out
    assert "2012-05-02 to 2012-05-22 (interval)" in out
    assert err == "1 articles read again, 1 would change, 0 could not be read.\n"
    assert Article.objects.get(pk=undated.pk).published_from is None
    redate()
    now = Article.objects.get(pk=undated.pk)
    assert now.published_from is not None
    assert evidence(now).method == "content and copies"
    assert Article.objects.get(pk=dated.pk).version == dated.version
    assert redate()[1] == "1 articles read again, 0 changed, 0 could not be read.\n"


def test_an_unknown_outlet_is_told() -> None:
    with pytest.raises(CommandError, match="There is no outlet nowhere"):
        redate("--outlet", "nowhere")
