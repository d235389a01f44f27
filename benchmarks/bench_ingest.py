"""Measure what the archive's memory of outlets and its dated articles cost a page that comes in.

    .venv/bin/python benchmarks/bench_ingest.py [--sizes 1000 5000 20000]

Fills a database of its own (SQLite, in a temporary folder) with invented pages of 40 outlets, each with 25
lines of its outlet and a story of 12 paragraphs, and prints a JSON line for each size. In milliseconds of the
processor a page (medians of 100): reading its lines and recalling its outlet's, counting them, keeping a dated
article's words, finding what is told like an undated one, and dating that anew. Then how long a new process
takes to hold the dated articles, the rows, and memory. Nothing is cleaned and no actors are found:
`bench_clean.py` measures these. Takes some four minutes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

OUTLETS, OWN_LINES, PARAGRAPHS, WORDS = 40, 25, 12, 35
UNDATED_EVERY = 10  # one page in so many states no date
MEASURED = 100  # pages a figure is the median of
VOCABULARY = 60_000
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "qui", "ro", "su", "zen")


class Texts:
    """Invented pages, the same for the same seed."""

    def __init__(self) -> None:
        self._chance = random.Random(4)  # the same pages each time are the point
        self._words = [
            "".join(self._chance.choices(SYLLABLES, k=self._chance.randint(1, 4))) for _ in range(VOCABULARY)
        ]
        # News follows Zipf's law; the offset keeps the commonest word at some 2 % of all.
        self._weights = list(accumulate(1 / (rank + 10) for rank in range(VOCABULARY)))
        self._own = [[self.line(8) for _ in range(OWN_LINES)] for _ in range(OUTLETS)]
        self.digest = hashlib.sha256()

    def line(self, words: int) -> str:
        """One line of so many words."""
        return " ".join(self._chance.choices(self._words, cum_weights=self._weights, k=words)).capitalize()

    def page(self, outlet: int) -> tuple[str, str]:
        """The text of a page of that outlet, and the body of its story."""
        story = [f"{self.line(WORDS)}." for _ in range(PARAGRAPHS)]
        own = self._own[outlet]
        text = "\n\n".join((*own[:10], self.line(8), *story, *own[10:]))
        self.digest.update(text.encode())
        return text, "\n\n".join(story)


def set_up(folder: str) -> None:
    """Make an empty database in a folder, its tables straight from the models."""
    os.environ["ARCHIVE_DATA_DIR"] = folder
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings.test")
    import django
    from django.conf import settings

    settings.DATABASES["default"] |= {"NAME": str(Path(folder) / "bench.sqlite3")}
    settings.MIGRATION_MODULES = dict.fromkeys(("articles", "auth", "contenttypes", "admin", "sessions"))
    django.setup()
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0)


def take(texts: Texts, number: int) -> tuple[Any, Any, list[float]]:
    """Store a page as far as the memory needs it; its article, its lines, and what each step took in ms."""
    from articles.capture import RawPage
    from articles.ingest.neighbours import keep_dated_text
    from articles.ingest.outlet_lines import count_page, lines_of, recall
    from articles.ingest.rules import PageRulings, archive_rules
    from articles.models import Article, FieldEvidence, Outlet, StoredPage
    from articles.models.article import permanent_id_for

    text, body = texts.page(number % OUTLETS)
    name = f"Outlet {number % OUTLETS}"
    page = RawPage(text.encode(), "text/plain", "utf-8", f"{number}.txt", None, None)
    took, lines = timed(lambda: lines_of(page, PageRulings(archive_rules(), {}, name)))
    recalled, _ = timed(lambda: recall(lines, sha256=page.sha256))
    undated = number % UNDATED_EVERY == 0
    day = None if undated else date(2012, 1, 1) + timedelta(days=number % 1000)
    article = Article.objects.create(
        page=StoredPage.objects.keep(page),
        permanent_id=permanent_id_for(page.sha256),
        outlet=Outlet.objects.named(name),
        body=body,
        published_from=day,
        published_to=day,
    )
    FieldEvidence.objects.create(
        article=article, field="published", method="none" if undated else "byline", confidence=0.9
    )
    counted, _ = timed(lambda: count_page(article, lines))
    kept, _ = timed(lambda: keep_dated_text(article))
    return article, page, [took, recalled, counted, kept]


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """What the work took of the processor, in milliseconds, and what it gave."""
    began = time.process_time()
    found = work()
    return 1000 * (time.process_time() - began), found


def fill(texts: Texts, numbers: range) -> Iterator[list[float]]:
    """Take pages in, a hundred a transaction; what each took."""
    from django.db import transaction

    for start in range(numbers.start, numbers.stop, 100):
        with transaction.atomic():
            for number in range(start, min(start + 100, numbers.stop)):
                yield take(texts, number)[2]


def dating(texts: Texts) -> dict[str, float]:
    """What it takes to hold the dated articles, to find what is alike, and to date anew with that."""
    from articles.capture import RawPage
    from articles.clean import clean_page
    from articles.clean.article import Paragraph
    from articles.clean.dated import builtin_facts, with_archive
    from articles.ingest.neighbours import DatedArticles

    before = resident()
    held = DatedArticles()
    texts_asked = [texts.page(0)[1] for _ in range(MEASURED)]
    began, _ = timed(lambda: held.alike(texts_asked[0], leave_out=""))
    empty = clean_page(RawPage(b"Undated", "text/plain", "utf-8", "x.txt", None, None))
    finding, again = [], []
    for body in texts_asked:
        took, alike = timed(lambda body=body: held.alike(body, leave_out=""))
        article = replace(empty, paragraphs=(Paragraph(body, (), 0),))
        dated, _ = timed(lambda a=article, k=alike: with_archive(a, facts=builtin_facts(), alike=k))
        finding.append(took)
        again.append(dated)
    return {
        "hold_seconds": round(began / 1000, 2),
        "hold_mb": round(resident() - before, 1),
        "find_ms": round(median(finding), 2),
        "find_slowest_ms": round(max(finding), 2),
        "date_again_ms": round(median(again), 2),
    }


def resident() -> float:
    """Megabytes of memory that this process has now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1024**2


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 5000, 20_000], metavar="N")
    options = parser.parse_args()
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder)
        from articles.models import CountedPage, DatedText, OutletLine

        texts, done = Texts(), 0
        for size in sorted(options.sizes):
            took = list(fill(texts, range(done, size)))[-MEASURED:]
            done = size
            lines, recalled, counted, kept = (round(median(each), 2) for each in zip(*took, strict=True))
            print(
                json.dumps(
                    {
                        "benchmark": "ingest",
                        "articles": size,
                        "outlets": OUTLETS,
                        "corpus": texts.digest.hexdigest()[:16],
                        "commit": commit.stdout.strip(),
                        "lines_ms": lines,
                        "recall_ms": recalled,
                        "count_ms": counted,
                        "outlet_lines": OutletLine.objects.count(),
                        "counted_pages": CountedPage.objects.count(),
                        "keep_words_ms": kept,
                        "dated_texts": DatedText.objects.count(),
                        **dating(texts),
                    }
                ),
                flush=True,
            )


if __name__ == "__main__":
    main()
