#!/usr/bin/env python3
"""How many articles a second are cleaned, read for actors and quotes, and joined; with one process and with two.

usage: python benchmarks/bench_mentions.py [--articles 96] [--rounds 3] [--workers 1 2]

Pages of some 400 words are put together from paragraphs of the demo pages (fixtures/pages), always the same. No
database is written. Prints JSON lines: one for the corpus; one with the milliseconds of processor time that an
article takes in each stage (best round); one for each number of processes with articles a second by the clock and by
processor time, all rounds. On a busy machine the clock says little: look at processor time.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

# One thread for each process: cores are what is counted.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from articles.capture.page import RawPage  # noqa: E402 - the project is found through the line above
from articles.clean import builtin_rules, clean_page  # noqa: E402
from articles.clean.article import CleanArticle  # noqa: E402
from articles.mentions import ArticleTexts, MentionFinder, Mentions, Zone, load_finder  # noqa: E402
from articles.mentions.attribution import Page  # noqa: E402
from articles.mentions.model import ModelSpan, NerModel  # noqa: E402
from articles.mentions.plain import plain_view  # noqa: E402
from articles.mentions.quotes import find_quotes  # noqa: E402
from articles.mentions.reported import find_reported  # noqa: E402
from articles.resolve.article import zone_texts  # noqa: E402
from articles.resolve.within import join_within  # noqa: E402

DEMO = ROOT / "fixtures" / "pages"
WORDS = 400
# Words of a paragraph at least; shorter lines of a page are menus and credits.
FEWEST = 25
# Articles that are read together, as in articles/management/reading_pool.py.
TOGETHER = 16


def pages(count: int) -> list[RawPage]:
    """Pages of WORDS words and a headline, from paragraphs of the demo pages in an order that chance chose once."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(DEMO.glob("*.txt"))]
    paragraphs = [line for text in texts for line in text.splitlines() if len(line.split()) > FEWEST]
    chance = random.Random(400)
    made = []
    for number in range(count):
        lines, words = [f"Talks on the strait enter day {number}"], 0
        while words < WORDS:
            lines.append(chance.choice(paragraphs))
            words += len(lines[-1].split())
        made.append(RawPage("\n\n".join(lines).encode(), "text/plain", "utf-8", f"{number}.txt", None))
    return made


class TimedModel(NerModel):
    """The tagger, with the processor time it takes."""

    spent = 0.0

    def spans(self, texts: Iterable[str]) -> Iterator[tuple[ModelSpan, ...]]:
        """Yield the same as ever; all texts are tagged before the first is given out."""
        start = time.process_time()
        found = list(super().spans(texts))
        self.spent += time.process_time() - start
        yield from found


def asked(article: CleanArticle, finder: MentionFinder) -> ArticleTexts:
    """What the finder is asked about a cleaned page."""
    return ArticleTexts(zone_texts(article), finder.home_of(article.outlet.value))


def read(corpus: list[RawPage], finder: MentionFinder) -> int:
    """Clean, find and join, batch by batch; return how many actors there were."""
    actors, rules = 0, builtin_rules()
    for at in range(0, len(corpus), TOGETHER):
        cleaned = [clean_page(page, rules=rules) for page in corpus[at : at + TOGETHER]]
        for zones in finder.find_batch([asked(article, finder) for article in cleaned]):
            actors += len(join_within(first_of(zones), authority=finder.authority).actors)
    return actors


def first_of(zones: dict[Zone, tuple[Mentions, ...]]) -> dict[Zone, Mentions]:
    """The zones as `join_within` takes them; pages made here have one text a zone."""
    return {zone: found[0] for zone, found in zones.items()}


def stages(corpus: list[RawPage]) -> dict[str, float]:
    """Milliseconds of processor time an article, stage by stage."""
    model = TimedModel()
    finder = MentionFinder(load_finder().authority, model)
    finder.find("Warm up in Paris.")
    model.spent, spent, rules = 0.0, Counter[str](), builtin_rules()
    for at in range(0, len(corpus), TOGETHER):
        start = time.process_time()
        cleaned = [clean_page(page, rules=rules) for page in corpus[at : at + TOGETHER]]
        spent["clean"] += time.process_time() - start
        start, tagged = time.process_time(), model.spent
        found = [first_of(zones) for zones in finder.find_batch([asked(one, finder) for one in cleaned])]
        spent["tagger"] += model.spent - tagged
        spent["rules and quotes"] += time.process_time() - start - (model.spent - tagged)
        start = time.process_time()
        for article, zones in zip(cleaned, found, strict=True):
            page = Page(article.body, plain_view(article.body), zones["body"].names, zones["body"].roles)
            find_quotes(page)
            find_reported(page)
        spent["quotes, of these"] += time.process_time() - start
        start = time.process_time()
        for zones in found:
            join_within(zones, authority=finder.authority)
        spent["join"] += time.process_time() - start
    return {stage: round(1000 * value / len(corpus), 2) for stage, value in spent.items()}


def work(corpus: list[RawPage]) -> float:
    """Read pages in a worker process; return the processor time it took."""
    start = time.process_time()
    read(corpus, load_finder())
    return time.process_time() - start


def with_workers(corpus: list[RawPage], workers: int, rounds: int) -> dict[str, object]:
    """Articles a second with so many processes, which are warm before the first round."""
    clock, processor = [], []
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as processes:
        parts = [corpus[at : at + TOGETHER] for at in range(0, len(corpus), TOGETHER)]
        for _ in range(2):
            list(processes.map(work, parts[: 2 * workers]))
        for _ in range(rounds):
            start = time.perf_counter()
            seconds = sum(processes.map(work, parts))
            clock.append(round(len(corpus) / (time.perf_counter() - start), 1))
            processor.append(round(len(corpus) / seconds, 1))
    return {
        "workers": workers,
        "articles_per_second": sorted(clock, reverse=True),
        "articles_per_second_of_one_core": sorted(processor, reverse=True),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=96)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    options = parser.parse_args()
    corpus = pages(options.articles)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    content = b"".join(page.content for page in corpus)
    corpus_line = {
        "articles": len(corpus),
        "words": len(content.split()) // len(corpus),
        "corpus": hashlib.sha256(content).hexdigest()[:12],
        "commit": commit.stdout.strip(),
    }
    print(json.dumps(corpus_line), flush=True)
    best = min((stages(corpus) for _ in range(options.rounds)), key=lambda found: sum(found.values()))
    print(json.dumps({"milliseconds_an_article": best}), flush=True)
    for workers in options.workers:
        print(json.dumps(with_workers(corpus, workers, options.rounds)), flush=True)


if __name__ == "__main__":
    main()
