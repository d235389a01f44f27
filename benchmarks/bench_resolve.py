"""Measure joining across a large archive: time and memory over 100,000 articles with 200,000 distinct names.

    .venv/bin/python benchmarks/bench_resolve.py [--articles 100000] [--names 200000]

Everything is invented and the same each time: people with given names and surnames by Zipf's law, a tenth of whose
mentions are in another transliteration and some by the surname alone; bodies; 3 to 8 actors an article, of whom
some are always in the news and most are named once or twice. Names follow each other through `resolve`, `add` and
`note` as in ingest, without text, language model or database. Prints a JSON line every tenth of the way
(milliseconds an article in that tenth, CPU milliseconds, comparisons an actor, resident memory), then one
for the whole run with the pairs of mentions that were joined rightly and wrongly. The goal: under 100 ms an
article at the end.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from itertools import accumulate
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from articles.mentions.spans import Kind, NameSpan, RoleSpan  # noqa: E402  # the path above makes it importable
from articles.resolve import ArticleActors, LocalActor, RunningArchive  # noqa: E402

GOAL_MS = 100
GIVEN, SURNAMES = 3_000, 60_000
# Sounds of the invented names, each with the ways it is spelt in Latin letters; the first is the usual one.
ONSETS = (
    *(("b",), ("k", "q"), ("d",), ("f",), ("g", "gh"), ("h",), ("j", "zh"), ("l",), ("m",), ("n",), ("r",)),
    *(("s",), ("sh", "ch"), ("t",), ("v", "w"), ("z",), ("kh",), ("br",), ("st",), ("kr",)),
)
VOWELS = (("a", "e"), ("i", "ee", "y"), ("o", "ou"), ("u", "ou"))
ENDS = ("", "", "n", "r", "l", "s", "m", "ov", "sky", "ian", "zadeh", "ham")
BODY_NOUNS = ("Council", "Committee", "Party", "Bank", "Institute", "Union", "Agency", "Front")
TITLES = (
    "minister",
    "general",
    "professor",
    "striker",
    "singer",
    "doctor",
    "baker",
    "ambassador",
    "journalist",
)
WITH_ROLE = 0.5  # share of mentions of a person with a role beside the name
LONE = 0.03  # share of mentions of a person by the surname alone
VARIANT = 0.1  # share of mentions of a person in another spelling
BODIES = 0.2  # share of actors that are organisations
FAMOUS = 0.35  # share of mentions that go to the most named actors


class World:
    """Invented actors, each with the ways its name is spelt."""

    def __init__(self, size: int, chance: random.Random) -> None:
        self.chance = chance
        self.given = [self._word(chance.choice((1, 2, 2))) for _ in range(GIVEN)]
        self.surnames = [
            (*self._word(chance.choice((2, 2, 3))), chance.choice(ENDS)) for _ in range(SURNAMES)
        ]
        given = list(accumulate(1 / (rank + 20) for rank in range(GIVEN)))
        family = list(accumulate(1 / (rank + 200) for rank in range(SURNAMES)))
        self.persons = [
            (
                *chance.choices(self.given, cum_weights=given),
                *chance.choices(self.surnames, cum_weights=family),
            )
            for _ in range(round(size * (1 - BODIES)))
        ]
        self.bodies = [
            f"{self.spelt(chance.choice(self.surnames))} {self.spelt(chance.choice(self.given))} "
            f"{chance.choice(BODY_NOUNS)}"
            for _ in range(size - len(self.persons))
        ]
        self.titles = [chance.choice(TITLES) for _ in self.persons]

    def _word(self, syllables: int) -> tuple[tuple[str, ...], ...]:
        return tuple(
            each
            for _ in range(syllables)
            for each in (self.chance.choice(ONSETS), self.chance.choice(VOWELS))
        )

    def spelt(self, word: tuple[tuple[str, ...] | str, ...], *, otherwise: bool = False) -> str:
        """Return a word in its usual spelling or, with one sound written otherwise, in another."""
        several = [at for at, sound in enumerate(word) if isinstance(sound, tuple) and len(sound) > 1]
        other = self.chance.choice(several) if otherwise and several else None
        return "".join(
            sound if isinstance(sound, str) else self.chance.choice(sound[1:]) if at == other else sound[0]
            for at, sound in enumerate(word)
        ).capitalize()

    def local(self, actor: int) -> LocalActor:
        """Return an actor as an article names it."""
        if actor >= len(self.persons):
            return _local(self.bodies[actor - len(self.persons)], Kind.ORGANISATION, None)
        given, surname = self.persons[actor]
        otherwise = self.chance.random() < VARIANT
        name = self.spelt(surname, otherwise=otherwise)
        if self.chance.random() >= LONE:
            name = f"{self.spelt(given)} {name}"
        return _local(name, Kind.PERSON, self.titles[actor] if self.chance.random() < WITH_ROLE else None)


def _local(name: str, kind: Kind, title: str | None) -> LocalActor:
    roles = (RoleSpan(0, 0, title, 0, title, None),) if title else ()
    return LocalActor(
        name, kind, (NameSpan(0, len(name), name, kind, "body", "invented", 1.0),), roles, None, ""
    )


class Tenth:
    """What is measured over a tenth of the run."""

    def __init__(self, compared: int = 0) -> None:
        self.compared, self.actors = compared, 0
        # Asked for once a tenth: the call takes milliseconds in some sandboxes.
        self.cpu = time.process_time()

    def line(self, articles: int, archive: RunningArchive, spent: list[float]) -> dict[str, object]:
        """Return the line to print."""
        cpu = (time.process_time() - self.cpu) * 1000 / len(spent)
        return {
            "benchmark": "resolve",
            "articles": articles,
            "actors_known": len(archive.directory),
            "ms_per_article": round(statistics.fmean(spent), 2),
            "ms_median": round(statistics.median(spent), 2),
            "ms_99th": round(sorted(spent)[int(len(spent) * 0.99)], 2),
            "cpu_ms_per_article_invention_included": round(cpu, 2),
            "comparisons_per_actor": round((archive.directory.comparisons - self.compared) / self.actors, 1),
            "rss_mb": _resident(),
        }


def run(articles: int, names: int) -> None:
    """Take the articles in, one after the other, and print a line each tenth and one in the end."""
    chance = random.Random(4)
    world = World(names, chance)
    order = list(range(names))
    chance.shuffle(order)
    famous = list(accumulate(1 / (rank + 10) for rank in range(names)))
    fresh = iter(order)
    archive = RunningArchive()
    groups: dict[tuple[str, int], int] = Counter()
    begin, tenth = time.perf_counter(), max(1, articles // 10)
    spent: list[float] = []
    since = Tenth()
    for number in range(1, articles + 1):
        here: dict[int, LocalActor] = {}
        for _ in range(chance.randint(3, 8)):
            known = chance.random() < FAMOUS
            actor = chance.choices(order, cum_weights=famous)[0] if known else next(fresh, None)
            actor = chance.choice(order) if actor is None else actor
            here[actor] = world.local(actor)
        started = time.perf_counter()
        answers = archive.take(ArticleActors(tuple(here.values()), (), ()))
        spent.append((time.perf_counter() - started) * 1000)
        since.actors += len(here)
        for actor, answer in zip(here, answers, strict=True):
            groups[answer.key or "", actor] += 1
        if number % tenth == 0:
            print(json.dumps(since.line(number, archive, spent)), flush=True)
            since, spent, at_the_end = Tenth(archive.directory.comparisons), [], statistics.fmean(spent)
    right, wrong, missed = _pairs(groups)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    print(json.dumps({
        "benchmark": "resolve in all", "articles": articles, "names": names, "seed": 4,
        "seconds": round(time.perf_counter() - begin, 1), "actors_known": len(archive.directory), "rss_mb": _resident(),
        "ms_per_article_at_the_end": round(at_the_end, 2), "goal_ms": GOAL_MS, "within": at_the_end <= GOAL_MS,
        "pair_precision": round(right / (right + wrong), 4), "pair_recall": round(right / (right + missed), 4),
        "commit": commit.stdout.strip(),
    }))  # fmt: skip


def _pairs(groups: dict[tuple[str, int], int]) -> tuple[int, int, int]:
    """Return the pairs of mentions that were joined rightly, wrongly and not at all."""

    def pairs(counts: Counter[object]) -> int:
        return sum(n * (n - 1) // 2 for n in counts.values())

    by_key: Counter[object] = Counter()
    by_actor: Counter[object] = Counter()
    for (key, actor), count in groups.items():
        by_key[key] += count
        by_actor[actor] += count
    right = pairs(Counter(groups))
    return right, pairs(by_key) - right, pairs(by_actor) - right


def _resident() -> float:
    """Return the resident memory of this process in megabytes, as the kernel counts it now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return round(pages * 4096 / 1024**2, 1)


def main() -> None:
    """Read the sizes and run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--names", type=int, default=200_000)
    options = parser.parse_args()
    run(options.articles, options.names)


if __name__ == "__main__":
    main()
