"""`manage.py link_copies`: the whole archive linked anew, stopped and gone on."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from articles.ingest import stories
from articles.management.commands import link_copies as command
from articles.models import Article, CopyKey, PendingIndex, Story
from articles.search.pending import drain
from articles.search.sync import compare
from tests.factories import make_article

BODY = (
    "The envoy went back to the harbour on Monday and said that the truce held in name, while observers who "
    "were promised in the spring have yet to arrive and nobody could say when they would."
)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_index", "no_place")]


@pytest.fixture
def fresh_index() -> None:
    from articles.search.run import backend

    backend().clear()


@pytest.fixture
def no_place() -> None:
    (settings.DATA_DIR / "link_copies.place").unlink(missing_ok=True)


def link(*options: str) -> str:
    out = StringIO()
    call_command("link_copies", *options, stdout=out)
    return out.getvalue()


def test_articles_that_came_before_there_were_stories_are_linked() -> None:
    for outlet in ("Northline Wire", "Karrin Daily"):
        make_article(body=BODY, outlet=outlet)
    assert link() == (
        "Articles: 2. Links between copies: 1. Stories: 1, in several outlets: 1. "
        "Links between pages of one article: 0.\n"
    )
    story = Story.objects.get()
    link()
    assert Story.objects.get() == story


def test_stopped_it_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stories, "ARTICLES_AT_ONCE", 1)
    articles = [make_article(body=BODY) for _ in range(3)]
    real = command.relink

    def stopped(*, after: int = 0):
        for done, last in enumerate(real(after=after)):
            if done == 1:
                raise KeyboardInterrupt
            yield last

    with monkeypatch.context() as patched:
        patched.setattr(command, "relink", stopped)
        with pytest.raises(CommandError, match="run it again to go on"):
            link()
    CopyKey.objects.filter(article=articles[0]).delete()
    assert f"Going on after article {articles[0].pk}" in link()
    assert not CopyKey.objects.filter(article=articles[0]).exists(), "it was not linked again"
    assert "Going on" not in link()
    assert set(Article.objects.values_list("story", flat=True)) == {Story.objects.get().pk}


def test_from_the_start_and_after_a_torn_note() -> None:
    place = settings.DATA_DIR / "link_copies.place"
    for note, options in (("5", ["--from-start"]), ("", [])):
        place.write_text(note)
        assert "Going on" not in link(*options)
        assert not place.exists()


def test_what_was_linked_before_a_stop_is_indexed(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        make_article(body=BODY)
    PendingIndex.objects.queue(Article.objects.values_list("pk", flat=True))
    drain()
    monkeypatch.setattr(stories, "ARTICLES_AT_ONCE", 2)
    real = command.relink

    def stopped(*, after: int = 0) -> Iterator[int]:
        yield next(real(after=after))
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "relink", stopped)
    with pytest.raises(CommandError, match="run it again to go on"):
        link()
    assert Story.objects.exists()
    assert not compare()


def test_the_index_follows_while_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        make_article(body=BODY)
    monkeypatch.setattr(stories, "ARTICLES_AT_ONCE", 1)
    monkeypatch.setattr(command, "INDEX_EVERY", 2)
    visits = []
    monkeypatch.setattr(command, "drain", lambda: visits.append(Article.objects.filter(story=None).count()))
    link()
    assert visits == [1, 0]
