"""Measure actors in a large archive with its database: `manage.py resolve`, and one more article.

    .venv/bin/python benchmarks/bench_archive_actors.py [--articles 100000] [--names 200000] [--scratch DIR]

Builds an SQLite archive of invented articles (the names of bench_resolve.py; 3 to 8 actors an article, joined
rightly but for surnames alone, which have an actor of their own) and prints JSON lines:

    archive actors built      rows and size
    archive actors one more   resolving and storing an article's actors, at that size: milliseconds of wall and CPU,
                              with an `ArchiveDirectory` that is there already, and with a new one for each ("cold"),
                              and the resident memory before and after
    archive actors resolve    `manage.py resolve` over it, twice: seconds, CPU seconds, peak resident memory,
                              and what it came to; the second run must change nothing

The goal: under 100 ms an article.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

GOAL_MS = 100
ROWS_AT_ONCE = 2000
FILLER = "The delegates met again at the harbour and agreed on little before the evening. "
FIRST_DAY = date(2005, 1, 1)
WARM, COLD = 200, 100  # articles measured


def main() -> None:
    """Build the archive and measure; the measured parts run in processes of their own."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--names", type=int, default=200_000)
    parser.add_argument("--scratch", help="folder for the archive, some 10 kB an article")
    parser.add_argument("--part", choices=("build", "more"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part == "build":
        build(options.articles, options.names)
    elif options.part == "more":
        one_more(options.articles, options.names)
    else:
        with tempfile.TemporaryDirectory(dir=options.scratch) as folder:
            measure(options.articles, options.names, Path(folder))


def measure(articles: int, names: int, folder: Path) -> None:
    """Run each part in a process of its own, on an archive in `folder`."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("ARCHIVE_", "DATABASE_"))
    }
    environment = {**kept, "ARCHIVE_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "archive.settings.prod"}
    manage, here = (
        str(ROOT / "manage.py"),
        [str(Path(__file__)), f"--articles={articles}", f"--names={names}"],
    )
    _run([manage, "migrate", "--verbosity=0"], environment)
    print(_run([*here, "--part=build"], environment)["out"], flush=True)
    print(_run([*here, "--part=more"], environment)["out"], flush=True)
    for run in ("first", "second"):
        done = _run([manage, "resolve"], environment)
        result = {
            "benchmark": "archive actors resolve",
            "run": run,
            "articles": articles,
            "names": names,
            "seconds": done["seconds"],
            "cpu_seconds": done["cpu_seconds"],
            "peak_rss_mb": done["peak_rss_mb"],
            "came_to": done["out"].splitlines()[-1],
        }
        print(json.dumps(result), flush=True)


def _run(command: list[str], environment: dict[str, str]) -> dict[str, Any]:
    with tempfile.TemporaryFile("w+") as out:
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *command], stdout=out, env=environment, cwd=ROOT, text=True
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        told = out.read().strip()
    if process.returncode:
        raise SystemExit(f"{command} ended with status {process.returncode}: {told[-500:]}")
    return {
        "out": told,
        "seconds": round(seconds, 1),
        "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 1),
        "peak_rss_mb": round(usage.ru_maxrss / 1024, 1),
    }


# --- the archive ---


@dataclass
class Crowd:
    """Whom the articles name: the same for the same size."""

    names: int
    chance: random.Random = field(default_factory=lambda: random.Random(4))

    def __post_init__(self) -> None:
        """Invent them; some are always in the news and most are named once or twice."""
        from bench_resolve import World

        self.world = World(self.names, self.chance)
        self.order = list(range(self.names))
        self.chance.shuffle(self.order)
        self._famous = list(accumulate(1 / (rank + 10) for rank in range(self.names)))
        self._fresh = iter(self.order)

    def article(self) -> tuple[str, Any]:
        """Return the body of one more article, and its actors as they are joined within it."""
        from bench_resolve import FAMOUS

        from articles.resolve.actors import ArticleActors

        text, actors = "", []
        numbers: dict[int, None] = {}
        for _ in range(self.chance.randint(3, 8)):
            known = self.chance.random() < FAMOUS
            actor = (
                self.chance.choices(self.order, cum_weights=self._famous)[0]
                if known
                else next(self._fresh, None)
            )
            numbers[self.chance.choice(self.order) if actor is None else actor] = None
        self.numbers = tuple(numbers)
        for number in numbers:
            local, said = _placed(self.world.local(number), len(text))
            actors.append(local)
            text += f"{said} spoke first. {FILLER}"
        return text, ArticleActors(tuple(actors), ())


def _placed(local: Any, at: int) -> tuple[Any, str]:
    """Return an actor whose name stands there, with the title in front when it has a role."""
    from dataclasses import replace

    title = f"{local.roles[0].title} " if local.roles else ""
    start = at + len(title)
    span = replace(local.spans[0], start=start, end=start + len(local.name), method="model", confidence=0.75)
    roles = tuple(replace(role, start=at, end=start, name_start=start) for role in local.roles)
    return replace(local, spans=(span,), roles=roles), f"{title}{local.name}"


def build(articles: int, names: int) -> None:
    """Write the archive: pages without content, articles, actors, mentions, roles, spellings and contexts."""
    _set_up()
    from articles.ingest.name_keys import count_contexts, index_names
    from articles.models import Actor, ActorContext, Alias, Article, Mention, Role, StoredPage
    from articles.resolve.context import ContextBook, context_of

    started, crowd = time.perf_counter(), Crowd(names)
    actors: dict[tuple[str, str], int] = {}
    spelled: dict[tuple[int, str], None] = {}
    book, days = ContextBook(), {}
    rows: dict[type, list[Any]] = {StoredPage: [], Article: [], Actor: [], Mention: [], Role: []}

    def flush() -> None:
        for model, waiting in rows.items():
            model._base_manager.bulk_create(waiting, batch_size=500)  # noqa: SLF001  # documented by Django
            waiting.clear()

    mentions = 0
    for number in range(1, articles + 1):
        text, found = crowd.article()
        day = FIRST_DAY + timedelta(days=number % 4000)
        digest = sha256(str(number).encode()).hexdigest()
        rows[StoredPage].append(
            StoredPage(
                pk=number,
                sha256=digest,
                compressed=b"",
                size=0,
                media_type="text/plain",
                charset="utf-8",
                name="page",
            )
        )
        rows[Article].append(
            Article(
                pk=number, page_id=number, permanent_id=digest[:24], headline=f"Headline {number}", body=text,
                published_from=day, published_to=day, published_precision="day", text_hash=digest, status="published",
            )
        )  # fmt: skip
        for true, local in zip(crowd.numbers, found.actors, strict=True):
            whose = str(true) if " " in local.name else local.name
            actor = actors.get((local.kind.value, whose))
            if actor is None:
                actor = actors[local.kind.value, whose] = len(actors) + 1
                called = {"name": local.name, "machine_name": local.name}
                kind = local.kind.value
                rows[Actor].append(Actor(pk=actor, kind=kind, machine_kind=kind, **called))
            spelled[actor, local.name] = None
            book.note(actor, context_of(local, found.actors))
            first, last = days.get(actor, (day, day))
            days[actor] = min(first, day), max(last, day)
            mentions += 1
            [span] = local.spans
            rows[Mention].append(
                Mention(
                    pk=mentions, article_id=number, actor_id=actor, machine_actor_id=actor, local_name=local.name,
                    zone="body", start=span.start, end=span.end, surface=span.surface, method=span.method,
                    confidence=span.confidence, score=0.9, reason="invented",
                )
            )  # fmt: skip
            for role in local.roles:
                rows[Role].append(
                    Role(
                        actor_id=actor, machine_actor_id=actor, mention_id=mentions, article_id=number,
                        phrase=role.phrase, title=role.title,
                    )
                )  # fmt: skip
        if number % ROWS_AT_ONCE == 0:
            flush()
    flush()
    Alias.every.bulk_create(
        (Alias(actor_id=actor, surface=name) for actor, name in spelled), batch_size=ROWS_AT_ONCE
    )
    ActorContext.objects.bulk_create(
        (
            ActorContext(actor_id=actor, words=book.words_of(actor), first_day=first, last_day=last)
            for actor, (first, last) in days.items()
        ),
        batch_size=ROWS_AT_ONCE,
    )
    index_names(actors.values())
    count_contexts((), (book.words_of(actor) for actor in days))
    print(json.dumps({
        "benchmark": "archive actors built", "articles": articles, "names": names, "seed": 4, "actors": len(actors),
        "mentions": mentions, "spellings": len(spelled), "seconds": round(time.perf_counter() - started, 1),
        "database_mb": round(_database().stat().st_size / 1024**2),
    }))  # fmt: skip


# --- one more article ---


def one_more(articles: int, names: int) -> None:
    """Take in some more articles, and print what their actors cost."""
    _set_up()
    from articles.ingest.actors import ArchiveDirectory, write_actors
    from articles.ingest.reading import authority

    authority()
    crowd = Crowd(names)
    crowd.chance.seed(5)  # other articles than those that are there
    before = _resident()
    started, cpu = time.perf_counter(), time.process_time()
    directory = ArchiveDirectory()
    directory.refresh()
    built, built_cpu, resident = time.perf_counter() - started, time.process_time() - cpu, _resident()
    warm = [_take_in(crowd, directory, number, write_actors) for number in range(WARM)]
    cold = [_take_in(crowd, None, WARM + number, write_actors) for number in range(COLD)]
    result = {
        "benchmark": "archive actors one more", "articles": articles, "names": names,
        "directory_seconds": round(built, 2), "directory_cpu_seconds": round(built_cpu, 2),
        "rss_before_mb": before, "rss_with_directory_mb": resident, "rss_after_mb": _resident(),
        **_figures("warm", warm), **_figures("cold", cold), "goal_ms": GOAL_MS,
    }  # fmt: skip
    print(json.dumps(result))


def _take_in(crowd: Crowd, directory: Any, number: int, write_actors: Any) -> tuple[float, float]:
    """Store one more article, and return the milliseconds that its actors took: wall, CPU."""
    from django.db import transaction

    from articles.ingest.actors import ArchiveDirectory
    from articles.models import Article, StoredPage

    text, found = crowd.article()
    digest = sha256(f"more {number}".encode()).hexdigest()
    with transaction.atomic():
        page = StoredPage.objects.create(
            sha256=digest, compressed=b"", size=0, media_type="text/plain", charset="utf-8", name="page"
        )
        article = Article.objects.create(
            page=page, permanent_id=digest[:24], headline="More", body=text, text_hash=digest
        )
        with _timed() as spent:
            directory = directory or ArchiveDirectory()
            directory.refresh()
            write_actors(article, found, directory)
    return spent[0], spent[1]


@contextmanager
def _timed() -> Iterator[list[float]]:
    spent: list[float] = []
    started, cpu = time.perf_counter(), time.process_time()
    yield spent
    spent += [(time.perf_counter() - started) * 1000, (time.process_time() - cpu) * 1000]


def _figures(name: str, spent: list[tuple[float, float]]) -> dict[str, float]:
    wall, cpu = sorted(each[0] for each in spent), sorted(each[1] for each in spent)
    return {
        f"{name}_ms_median": round(statistics.median(wall), 1),
        f"{name}_ms_95th": round(wall[int(len(wall) * 0.95)], 1),
        f"{name}_cpu_ms_median": round(statistics.median(cpu), 1),
        f"{name}_cpu_ms_95th": round(cpu[int(len(cpu) * 0.95)], 1),
    }


def _set_up() -> None:
    import django

    django.setup()


def _database() -> Path:
    from django.conf import settings

    return Path(settings.DATABASES["default"]["NAME"])


def _resident() -> float:
    """Return the resident memory of this process in megabytes, as the kernel counts it now."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return round(int(found[1]) / 1024, 1) if found else 0.0


if __name__ == "__main__":
    main()
