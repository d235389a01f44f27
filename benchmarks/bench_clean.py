#!/usr/bin/env python3
"""How fast pages of plain text are cleaned on one core, stage by stage, and that memory does not grow.

usage: python benchmarks/bench_clean.py [--rounds 40]

Cleans the seeds (../shared/seeds; the demo pages where they are not there) again and again, one process, and
prints JSON lines: pages a second (best round, median round), milliseconds a page in each stage, and the peak
memory after the first tenth of the rounds and after all. `clean_page` also dates pages that carry no date; that
has a line of its own.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
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
from articles.clean.assemble import build_article  # noqa: E402
from articles.clean.labels import label_blocks  # noqa: E402
from articles.clean.line_model import builtin_model  # noqa: E402
from articles.clean.lines import read_lines  # noqa: E402
from articles.clean.outlet_rules import find_outlet  # noqa: E402
from articles.clean.prose import score_prose  # noqa: E402
from articles.clean.reading import PageReading, block_keys  # noqa: E402
from articles.clean.stretch import choose_body  # noqa: E402
from articles.clean.text_page import METHOD, clean_text  # noqa: E402
from articles.clean.wrapping import join_wrapped  # noqa: E402

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


def clean_in_stages(page: RawPage, spent: Counter[str]) -> None:
    """What `clean_text` does, with the seconds of each stage added to `spent`."""

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
    timed("article", lambda: build_article(page, lines, labelling, outlet=outlet, method=METHOD))


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


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=40)
    rounds = parser.parse_args().rounds
    corpus, rules = pages(), builtin_rules()
    digest = hashlib.sha256(b"".join(page.content for page in corpus)).hexdigest()[:12]
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    print(json.dumps({"pages": len(corpus), "corpus": digest, "commit": commit.stdout.strip()}))
    speed(corpus, max(1, rounds // 10), lambda page: clean_text(page, rules=rules))
    before = peak_megabytes()
    cleaning = speed(corpus, rounds, lambda page: clean_text(page, rules=rules))
    print(json.dumps({"cleaning_pages_per_second": cleaning, "peak_mb": [before, peak_megabytes()]}))
    spent: Counter[str] = Counter()
    for _ in range(rounds):
        for page in corpus:
            clean_in_stages(page, spent)
    print(
        json.dumps({stage: round(1000 * value / rounds / len(corpus), 3) for stage, value in spent.items()})
    )
    print(json.dumps({"with_dating_pages_per_second": speed(corpus, max(1, rounds // 10), clean_page)}))


if __name__ == "__main__":
    main()
