"""Measure the memory and the speed of `manage.py duplicates --jsonl`: a million articles in 8 GB.

    DJANGO_SETTINGS_MODULE=archive.settings.test .venv/bin/python benchmarks/bench_duplicates.py

Runs the command on 20,000 and on 100,000 invented articles (--sizes), a twentieth of them edited copies of an
earlier one and a hundredth holding the opening of one. Prints a JSON line for each run: seconds, articles a
second, peak memory of the process (resident, as the kernel counts it), and how many of the planted pairs at
Jaccard .5 and up were found; then one with the slope of memory between the smallest and the largest run and
what it comes to for a million. Takes some four minutes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from articles.resolve.copies import overlap, shingle_set  # noqa: E402  # the path above makes it importable

WORDS = 450
MILLION = 1_000_000
LIMIT_GB = 8
VOCABULARY = 60_000
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "qui", "ro", "su", "zen")
EDITED = 0.05  # share of the articles that are edited copies of an earlier one
HOLDING = 0.01  # share of the articles that hold the opening of one
PLANTED_FROM = 0.5  # Jaccard index from which a planted pair must be found


@dataclass
class Corpus:
    """Invented articles, the same for the same size, and the pairs planted in them."""

    size: int
    planted: list[tuple[str, str]] = field(default_factory=list)
    digest: str = ""

    def articles(self) -> Iterator[tuple[str, str]]:
        """Give id and text of each article; note planted pairs at Jaccard .5 and up as they come."""
        chance = random.Random(4)  # the same corpus each time is the point
        vocabulary = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(VOCABULARY)]
        # News follows Zipf's law; the offset keeps the commonest word at some 2 % of all.
        weights = list(accumulate(1 / (rank + 10) for rank in range(VOCABULARY)))
        earlier: deque[tuple[str, list[str]]] = deque(maxlen=5000)
        digest = hashlib.sha256()
        for number in range(self.size):
            identity = f"article-{number:07}"
            words = chance.choices(vocabulary, cum_weights=weights, k=WORDS)
            kind = chance.random()
            if earlier and kind < EDITED + HOLDING:
                other, source = chance.choice(earlier)
                if kind < EDITED:
                    edits = chance.choice((0.0, 0.02, 0.05, 0.08))  # share of words put in anew, anywhere
                    words = [
                        new if chance.random() < edits else old
                        for old, new in zip(source, words, strict=True)
                    ]
                    self._note(other, source, identity, words)
                else:
                    words[200:300] = source[:100]
            earlier.append((identity, words))
            text = " ".join(words)
            digest.update(text.encode())
            yield identity, text
        self.digest = digest.hexdigest()[:16]

    def _note(self, other: str, source: list[str], identity: str, words: list[str]) -> None:
        if overlap(shingle_set(" ".join(source)), shingle_set(" ".join(words))).jaccard >= PLANTED_FROM:
            self.planted.append((other, identity))


def run(size: int, scratch: str | None) -> dict[str, object]:
    """Feed the command with `size` articles and return what it took and found."""
    corpus = Corpus(size)
    command = [sys.executable, str(ROOT / "manage.py"), "duplicates", "--jsonl"]
    if scratch:
        command += ["--scratch", scratch]
    with tempfile.TemporaryFile("w+") as out:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out, text=True)
        assert process.stdin is not None  # noqa: S101  # it was asked for
        for identity, text in corpus.articles():
            process.stdin.write(json.dumps({"id": identity, "text": text}) + "\n")
        process.stdin.close()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"duplicates ended with status {process.returncode}")
        out.seek(0)
        pairs = {tuple(line.split("\t")[:2]) for line in out}
    return {
        "benchmark": "duplicates",
        "articles": size,
        "words": WORDS,
        "corpus": corpus.digest,
        "seconds": round(seconds, 1),
        "articles_per_second": round(size / seconds),
        "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 1),
        "articles_per_cpu_second": round(size / (usage.ru_utime + usage.ru_stime)),
        "peak_rss_mb": round(usage.ru_maxrss / 1024, 1),
        "pairs": len(pairs),
        "planted": len(corpus.planted),
        "planted_found": len(pairs.intersection(corpus.planted)),
    }


def main() -> None:
    """Run each size and print the slope."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[20_000, 100_000], metavar="N")
    parser.add_argument("--scratch", help="folder for the command's temporary file")
    options = parser.parse_args()
    runs = []
    for size in sorted(options.sizes):
        runs.append(run(size, options.scratch))
        print(json.dumps(runs[-1]), flush=True)
    least, most = runs[0], runs[-1]
    growth = (float(str(most["peak_rss_mb"])) - float(str(least["peak_rss_mb"]))) * 1024 * 1024
    slope = growth / max(1, int(str(most["articles"])) - int(str(least["articles"])))
    base = float(str(most["peak_rss_mb"])) * 1024 * 1024 - slope * int(str(most["articles"]))
    projected = (base + slope * MILLION) / 1024**3
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    print(
        json.dumps(
            {
                "benchmark": "duplicates memory",
                "bytes_per_article": round(slope),
                "projected_gb_for_a_million": round(projected, 2),
                "limit_gb": LIMIT_GB,
                "within": projected <= LIMIT_GB,
                "commit": commit.stdout.strip(),
            }
        )
    )


if __name__ == "__main__":
    main()
