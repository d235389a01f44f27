"""`manage.py resolve`: what it prints, going on, and refusing to run twice."""

from __future__ import annotations

import os
import re
import socket
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.ingest.jobs import claim, finishing
from articles.ingest.resolve_again import Tally, new_job, resolve_again
from articles.models import Actor, Job, Mention
from tests.ingest.crowded_archive import archive_of, scatter

pytestmark = pytest.mark.django_db


def resolve(*options: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("resolve", *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def crowded() -> None:
    archive_of(30, seed=5)
    scatter()


@pytest.mark.usefixtures("crowded")
def test_a_dry_run_tells_who_would_go_to_whom() -> None:
    before = dict(Mention.objects.values_list("pk", "machine_actor"))
    out, _ = resolve("--dry-run")
    *table, last = out.splitlines()
    assert all(re.match(r" *\d+  .+ → .+  \S", line) for line in table), table
    assert 0 < len(table) <= 51
    assert re.fullmatch(
        r"30 articles: \d+ mentions would move in \d+ joins; \d+ actors new, \d+ removed, \d+ new doubts. "
        r"Nothing was changed \(--dry-run\).",
        last,
    )
    assert dict(Mention.objects.values_list("pk", "machine_actor")) == before
    assert not Job.objects.exists()


@pytest.mark.usefixtures("crowded")
def test_a_run_does_what_the_dry_run_told_and_the_next_one_nothing() -> None:
    told = resolve("--dry-run")[0].splitlines()[-1]
    done = resolve()[0].splitlines()[-1]
    moved = re.search(r"(\d+) mentions would move in (\d+) joins", told)
    assert moved is not None
    assert f"{moved[1]} mentions moved in {moved[2]} joins" in done
    assert resolve()[0] == (
        "30 articles: 0 mentions moved in 0 joins; 0 actors new, 0 removed, 0 new doubts.\n"
    )


@pytest.mark.usefixtures("crowded")
def test_it_goes_on_where_it_was_unless_it_is_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.ingest.resolve_again.ARTICLES_AT_ONCE", 10)
    for options, going_on in (((), True), (("--restart",), False)):
        job = claim(new_job(since=None))
        assert job is not None
        steps = finishing(job, resolve_again(job, Tally()))
        next(steps)
        steps.close()
        out, err = resolve(*options)
        assert ("Going on in round 1 after 10 of 30 articles" in err) is going_on
        assert out.splitlines()[-1].startswith("30 articles:")
        Job.objects.all().delete()


def test_two_at_a_time_are_refused() -> None:
    live = f"{socket.gethostname()}:{os.getpid()}"
    job = new_job(since=None)
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, runner=live)
    with pytest.raises(CommandError, match="Another process does this already"):
        resolve()


def test_since_takes_a_day_only_and_begins_a_job_of_its_own() -> None:
    with pytest.raises(CommandError, match="is no day; write it as 2026-01-31"):
        resolve("--since", "yesterday")
    Actor.objects.create(name="Nobody Named", kind="person")
    assert (
        "0 articles: 0 mentions moved in 0 joins; 0 actors new, 1 removed"
        in resolve("--since", "2012-01-31")[0]
    )
    assert Job.objects.get().arguments["since"] == "2012-01-31"
    assert Job.objects.get().kind == Job.Kind.RESOLVE
