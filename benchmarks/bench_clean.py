#!/usr/bin/env python3
"""How fast pages of plain text are cleaned on one core, stage by stage, and that memory does not grow.

usage: python benchmarks/bench_clean.py [--rounds 40] [--pages 400]

Cleans the seeds (../shared/seeds; the demo pages where they are not there) again and again, one process, and
prints JSON lines:

1. the corpus and the commit;
2. pages a second of processor time (best round, median round): the whole of `clean_page`, which also dates pages
   by their content, and cleaning without that;
3. milliseconds a page in each stage, in the round in which the stage was fastest;
4. the peak memory in megabytes after N pages (`--pages`) and after 4N. Each of these pages has words that no
   other has, so that what is kept of every page or of every word would show.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

# One core is what is measured; numpy's own threads would use more.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from articles.capture.page import RawPage  # noqa: E402 - the project is found through the line above
from articles.clean import builtin_rules, clean_page  # noqa: E402
from articles.clean.article import CleanArticle  # noqa: E402
from articles.clean.assemble import build_article  # noqa: E402
from articles.clean.dated import builtin_facts, with_dates  # noqa: E402
from articles.clean.labels import label_blocks  # noqa: E402
from articles.clean.line_model import builtin_model  # noqa: E402
from articles.clean.lines import read_lines  # noqa: E402
from articles.clean.outlet_rules import find_outlet  # noqa: E402
from articles.clean.prose import score_prose  # noqa: E402
from articles.clean.reading import PageReading, block_keys  # noqa: E402
from articles.clean.stretch import choose_body  # noqa: E402
from articles.clean.text_page import METHOD, clean_text  # noqa: E402
from articles.clean.wrapping import join_wrapped  # noqa: E402

# Words of a page that are made new for the count of memory. What is remembered of words is bounded by their
# number (dating/sentences.py, cues.py): 400 pages with so many new ones fill it, 1,600 must not take more.
NEW_WORDS = 400

SEEDS = ROOT.parent / "shared" / "seeds"
DEMO = ROOT / "fixtures" / "pages"

T = TypeVar("T")


def pages() -> list[RawPage]:
    """The seeds, or the plain-text demo pages."""
    folder = SEEDS if SEEDS.exists() else DEMO
    return [
        RawPage(path.read_bytes(), "text/plain", "utf-8", path.name, None)
        for path in sorted(folder.glob("*.txt"))
    ]


def clean_in_stages(page: RawPage, spent: Counter[str]) -> CleanArticle:
    """What `clean_page` does, with the seconds of each stage added to `spent`."""

    def timed(stage: str, step: Callable[[], T]) -> T:
        start = time.process_time()
        value = step()
        spent[stage] += time.process_time() - start
        return value

    rules, model = builtin_rules(), builtin_model()
    lines = timed("lines", lambda: read_lines(page.text))
    blocks = timed("blocks", lambda: join_wrapped(lines))
    keys = timed("keys", lambda: block_keys(blocks))
    outlet = timed("outlet", lambda: find_outlet(blocks, keys, None, rules))
    rule = rules.named(outlet.value) if outlet.value else None
    reading = timed("reading", lambda: PageReading(blocks, rules=rules, rule=rule, keys=keys))
    scores = timed("line model", lambda: score_prose(reading, model=model))
    body = timed("body", lambda: choose_body(reading, scores))
    labelling = timed("labels and fields", lambda: label_blocks(reading, scores, body, fields=model.fields))
    article = timed("article", lambda: build_article(page, lines, labelling, outlet=outlet, method=METHOD))
    return timed("dates by content", lambda: with_dates(article, facts=builtin_facts()))


def peak_megabytes() -> float:
    """The most memory this process has held, in megabytes."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def speed(corpus: list[RawPage], rounds: int, clean: Callable[[RawPage], object]) -> list[float]:
    """Pages a second of processor time: the best round (a quiet machine), and the median one."""
    seconds = []
    for _ in range(rounds):
        start = time.process_time()
        for page in corpus:
            clean(page)
        seconds.append(time.process_time() - start)
    seconds.sort()
    return [round(len(corpus) / seconds[place], 1) for place in (0, rounds // 2)]


def stages(corpus: list[RawPage], rounds: int) -> dict[str, float]:
    """Milliseconds a page in each stage, in its fastest round."""
    best: dict[str, float] = {}
    for _ in range(rounds):
        spent: Counter[str] = Counter()
        for page in corpus:
            clean_in_stages(page, spent)
        for stage, seconds in spent.items():
            best[stage] = min(seconds, best.get(stage, seconds))
    return {stage: round(1000 * seconds / len(corpus), 3) for stage, seconds in best.items()}


def with_new_words(page: RawPage, number: int) -> RawPage:
    """The page with words that no page of another number has."""
    ending = "".join(chr(ord("a") + int(digit)) for digit in str(number))
    text = re.sub(r"\b[a-z]{4,}\b", lambda match: match.group() + ending, page.text, count=NEW_WORDS)
    return RawPage(text.encode(), page.media_type, "utf-8", page.name, page.url)


def memory(corpus: list[RawPage], pages_at: list[int]) -> dict[int, float]:
    """The peak memory in megabytes after so many different pages."""
    peaks: dict[int, float] = {}
    for number in range(max(pages_at)):
        clean_page(with_new_words(corpus[number % len(corpus)], number))
        if number + 1 in pages_at:
            peaks[number + 1] = peak_megabytes()
    return peaks


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--pages", type=int, default=400)
    options = parser.parse_args()
    corpus, rules, rounds = pages(), builtin_rules(), options.rounds
    digest = hashlib.sha256(b"".join(page.content for page in corpus)).hexdigest()[:12]
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    print(json.dumps({"pages": len(corpus), "corpus": digest, "commit": commit.stdout.strip()}))
    # Once unmeasured: lexicons, patterns and the model are read with the first page.
    speed(corpus, 1, clean_page)
    whole = speed(corpus, rounds, clean_page)
    without = speed(corpus, rounds, lambda page: clean_text(page, rules=rules))
    print(json.dumps({"pages_per_second": whole, "without_dates_by_content": without}))
    print(json.dumps({"milliseconds_a_page": stages(corpus, rounds)}))
    print(json.dumps({"peak_megabytes_after_pages": memory(corpus, [options.pages, 4 * options.pages])}))


if __name__ == "__main__":
    main()
