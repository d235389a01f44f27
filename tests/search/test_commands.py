"""sync_index, rebuild_index and search on the command line."""

from __future__ import annotations

import json
import sys
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class

from articles.models import Article, PendingIndex, Story
from articles.search.pending import drain
from articles.search.run import backend
from tests.factories import make_actor, make_article, make_mention, make_place_mention

pytestmark = pytest.mark.usefixtures("index")


def call(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, stderr=out)
    return out.getvalue()


class TestSyncIndex:
    def test_pending_work_is_done(self) -> None:
        make_article()

        assert "Pending work done: 1 articles." in call("sync_index")
        assert "nothing to repair" in call("sync_index")

    def test_differences_are_told_and_repaired(self) -> None:
        article = make_article()
        drain()
        Article.objects.filter(pk=article.pk).update(version=2)

        with pytest.raises(CommandError, match="1 out of date"):
            call("sync_index", "--check")
        assert "Differed: 0 not in the index, 0 no longer in the database, 1 out of date." in call(
            "sync_index"
        )
        assert "hold the same" in call("sync_index", "--check")

    def test_what_cannot_be_repaired_is_an_error(self) -> None:
        article = make_article(captions=[{"no": "text"}])

        with pytest.raises(CommandError, match="Still different: 1 not in the index"):
            call("sync_index")
        assert PendingIndex.objects.filter(article_id=article.pk).exists()

    def test_a_broken_index_is_an_error_with_its_cure(self) -> None:
        make_article()
        drain()
        (Path(backend().path) / "current").write_text("index-0.0-other")

        with pytest.raises(CommandError, match="rebuild_index"):
            call("sync_index")
        with pytest.raises(CommandError, match="rebuild_index"):
            call("search", "annan")
        assert "holds 1 articles" in call("rebuild_index")
        assert "nothing to repair" in call("sync_index")

    def test_a_story_that_changed_unnoticed_is_out_of_date(self) -> None:
        article, other = make_article(), make_article()
        drain()
        story = Story.objects.create()
        Article.objects.filter(pk=article.pk).update(story=story)

        assert "1 out of date" in call("sync_index")
        assert backend().stories() == {article.pk: story.facet_key, other.pk: f"article:{other.pk}"}
        story.delete()
        with pytest.raises(CommandError, match="1 out of date"):
            call("sync_index", "--check")


class TestPrepare:
    @pytest.fixture(autouse=True)
    def quick(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Leave out what `prepare` does besides."""
        module = sys.modules[load_command_class("articles", "prepare").__module__]
        spared = ("migrate", "collectstatic")

        def some(name: str, *arguments: Any, **options: Any) -> None:
            if name not in spared:
                call_command(name, *arguments, **options)

        monkeypatch.setattr(module, "call_command", some)

    def test_an_index_of_another_version_is_built_anew(self) -> None:
        make_article()
        drain()
        current = Path(backend().path) / "current"
        current.write_text("index-2.0-other")
        out = call("prepare", "--no-demo")

        assert "made by another version of Dateline. Building it anew:" in out
        assert "holds 1 articles" in out
        assert "nothing to repair" in out
        assert "anew" not in call("prepare", "--no-demo")

    def test_an_archive_of_a_former_version_is_told_how_it_gets_places(self) -> None:
        assert "places" not in call("prepare", "--no-demo")
        article = make_article()
        assert "None of the 1 articles has places yet" in call("prepare", "--no-demo")
        make_place_mention(article, "Karrin")
        assert "places" not in call("prepare", "--no-demo")

    def test_a_damaged_index_is_told_and_not_touched(self) -> None:
        make_article()
        drain()
        folder = Path(backend().path) / (Path(backend().path) / "current").read_text()
        for contents in folder.glob("_MAIN_*.toc"):
            contents.write_bytes(b"damaged")

        with pytest.raises(CommandError, match="rebuild_index"):
            call("prepare", "--no-demo")


class TestRebuildIndex:
    def test_it_stands_before_haystacks(self) -> None:
        assert get_commands()["rebuild_index"] == "articles"

    def test_the_new_index_holds_the_database(self) -> None:
        articles = [make_article() for _ in range(3)]
        backend().write((), gone=[])
        out = call("rebuild_index", "--noinput")

        assert "holds 3 articles" in out
        assert set(backend().versions()) == {article.pk for article in articles}
        assert not PendingIndex.objects.exists()


class TestSearch:
    @pytest.fixture
    def annan(self) -> Article:
        article = make_article(
            headline="Annan's plan",
            body="Kofi Annan spoke.",
            outlet="Vessa Herald",
            published=date(2012, 7, 2),
            authors=["Ada Lund"],
            language="en",
        )
        make_mention(article, make_actor("Kofi Annan"))
        make_article(headline="Other", body="Annan again.")
        drain()
        return article

    def test_the_form_of_the_json_is_a_contract(self, annan: Article) -> None:
        data: dict[str, Any] = json.loads(call("search", "plan", "--json"))

        assert data.keys() == {
            *(
                "query",
                "url",
                "mode",
                "count",
                "total",
                "article_total",
                "story_total",
                "archive_total",
                "page",
                "pages",
                "hits",
                "facets",
                "months",
                "undated",
            ),
            *(
                "show",
                "bars",
                "doubtful",
                "undated_left_out",
                "undated_url",
                "diagnostics",
                "did_you_mean",
                "previous_url",
                "next_url",
            ),
        }
        [hit] = data["hits"]
        assert hit.pop("score") > 0
        assert hit == {
            "number": 1,
            "article": annan.permanent_id,
            "url": f"{annan.get_absolute_url()}?q=plan&at=1",
            "headline": "Annan's plan",
            "subtitle": None,
            "outlet": "Vessa Herald",
            "authors": ["Ada Lund"],
            "published": {
                "from": "2012-07-02",
                "to": "2012-07-02",
                "precision": "day",
                "edtf": "2012-07-02",
            },
            "language": "en",
            "partial": False,
            "snippet": "Kofi Annan spoke.",
            "terms": [{"term": "plan", "hits": 1}],
            "more_versions": 0,
            "story_url": None,
        }
        [people] = [facet for facet in data["facets"] if facet["name"] == "person"]
        assert people["values"][0].keys() == {
            *("value", "label", "count", "share", "selected", "excluded", "toggle_url", "exclude_url")
        }
        assert data["months"] == [
            {"month": "2012-07", "count": 1, "archive_count": 1, "share": 1.0, "url": "?q=plan&month=2012-07"}
        ]

    def test_the_table(self, annan: Article) -> None:
        out = call("search", "annan", "--sort", "newest")

        assert "1  2012-07-02  Annan's plan  (Vessa Herald)" in out
        assert "2  undated     Other  (unknown outlet)" in out
        assert "2 of 2 articles, page 1 of 1" in out

    @pytest.mark.parametrize(
        ("arguments", "total"),
        [
            (["annan"], 2),
            (["annan", "--from", "2012"], 1),
            (["annan", "--month", "undated"], 1),
            (["", "--year", "2012", "--year", "undated"], 2),
            (["?q=annan&year=2012"], 1),
            (["(annan"], 2),
        ],
    )
    def test_arguments_are_those_of_addresses(self, annan: Article, arguments: list[str], total: int) -> None:
        assert json.loads(call("search", *arguments, "--json"))["total"] == total

    def test_diagnostics_are_told(self, annan: Article) -> None:
        assert "not closed" in call("search", "(annan")
