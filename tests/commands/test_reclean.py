"""`manage.py reclean` and `run_jobs`, as a person meets them."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles.ingest import reclean as engine
from articles.ingest.jobs import new_job
from articles.ingest.reclean import Selection
from articles.models import Article, Job
from articles.search.pending import drain
from articles.search.run import backend

PAGES = Path(__file__).resolve().parents[2] / "fixtures" / "pages"
pytestmark = pytest.mark.django_db


@pytest.fixture
def articles() -> list[Article]:
    call_command("ingest", *(str(path) for path in sorted(PAGES.glob("0[1-3]_*"))), stdout=StringIO())
    return list(Article.objects.order_by("pk"))


def reclean(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("reclean", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def spoil(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(
        headline="Spoilt", body="Another body.", published_from=None, published_to=None
    )


def dump() -> list[tuple[str, list[Any]]]:
    """Return everything that the database holds."""
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        rows = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
            rows.append((table, cursor.fetchall()))
    return rows


def test_nothing_changes_when_nothing_is_new(articles: list[Article]) -> None:
    out, err = reclean()
    assert out == ""
    assert err == "3 articles read again, 0 changed, 0 could not be read.\n"


def test_a_dry_run_tells_what_would_change_and_changes_neither_database_nor_index(
    articles: list[Article],
) -> None:
    spoil(articles[1])
    drain()
    before, indexed = dump(), backend().versions()
    out, err = reclean("--dry-run")
    assert "Spoilt" in out
    assert articles[1].headline[:40] in out
    assert err == "3 articles read again, 1 would change, 0 could not be read.\n"
    assert dump() == before
    assert backend().versions() == indexed


def test_the_table_shows_each_field_before_and_after(articles: list[Article]) -> None:
    spoil(articles[1])
    out, _ = reclean()
    rows = {line.split()[0]: line for line in out.splitlines()[1:]}
    assert out.startswith(f"{articles[1].permanent_id}  Spoilt\n")
    assert articles[1].headline[:30] in rows["headline"]
    assert "2 words: … Another body." in rows["body"]
    assert "nothing" not in rows["body"]
    assert all(len(line) <= 140 for line in out.splitlines())
    assert Article.objects.get(pk=articles[1].pk).headline == articles[1].headline
    assert reclean()[0] == ""


def test_json_lines_hold_the_whole_values(articles: list[Article]) -> None:
    spoil(articles[1])
    [line] = reclean("--json")[0].splitlines()
    record = json.loads(line)
    changes = {change["field"]: (change["before"], change["after"]) for change in record["changes"]}
    assert (record["id"], record["error"]) == (articles[1].permanent_id, None)
    assert changes["body"] == ("Another body.", articles[1].body)
    assert changes["published"][0] == {"from": None, "to": None, "precision": "day"}


def test_one_outlet_or_one_day_at_a_time(articles: list[Article]) -> None:
    outlet = next(article.outlet for article in articles if article.outlet)
    count = Article.objects.filter(outlet=outlet).count()
    assert reclean("--outlet", outlet.slug)[1].startswith(f"{count} articles")
    assert reclean("--since", "2020-01-01")[1].startswith("3 articles")
    assert reclean("--since", "9999-01-01")[1].startswith("0 articles")
    with pytest.raises(CommandError, match="There is no outlet nowhere"):
        reclean("--outlet", "nowhere")
    with pytest.raises(CommandError, match="2026-01-31"):
        reclean("--since", "yesterday")


def test_a_page_that_cannot_be_read_makes_the_exit_status_1(
    articles: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(_page: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr(engine, "read", stumble)
    with pytest.raises(CommandError, match="3 could not be read") as stopped:
        reclean()
    assert stopped.value.returncode == 1


def test_a_run_that_was_stopped_goes_on(articles: list[Article], monkeypatch: pytest.MonkeyPatch) -> None:
    for article in articles:
        spoil(article)
    first = articles[0].page.name
    read = engine.read

    def stop_at_the_second(page: Any) -> Any:
        if page.name != first:
            raise KeyboardInterrupt
        return read(page)

    with monkeypatch.context() as patched:
        patched.setattr(engine, "read", stop_at_the_second)
        with pytest.raises(CommandError, match="run the same command again") as stopped:
            reclean()
    assert stopped.value.returncode == 130
    assert Article.objects.filter(headline="Spoilt").count() == 2
    out, err = reclean()
    assert "Going on after 1 of 3 articles." in err
    assert out.count("Spoilt") == 4
    assert "2 articles read again, 2 changed" in err
    assert not Article.objects.filter(headline="Spoilt").exists()
    assert Job.objects.get().state == Job.State.DONE


def test_a_new_start_leaves_the_old_job(articles: list[Article]) -> None:
    Job.objects.filter(pk=new_job(Job.Kind.RECLEAN, Selection()).pk).update(last_article=articles[1].pk)
    assert reclean("--restart")[1].startswith("3 articles")


def test_waiting_jobs_are_run_by_hand(articles: list[Article]) -> None:
    out = StringIO()
    call_command("run_jobs", stdout=out)
    assert out.getvalue() == "Nothing to do.\n"
    spoil(articles[0])
    job = new_job(Job.Kind.LINE, Selection())
    call_command("run_jobs", stdout=out)
    assert f"Job {job.pk}: a marked line, done: 3 of 3 articles, 1 changed." in out.getvalue()


def test_a_job_that_fails_makes_the_exit_status_1(
    articles: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_: object) -> None:
        raise OSError("no space left")

    spoil(articles[0])
    new_job(Job.Kind.LINE, Selection())
    monkeypatch.setattr(engine, "write_reading", full_disk)
    with pytest.raises(CommandError, match="no space left"):
        call_command("run_jobs", stdout=StringIO())
