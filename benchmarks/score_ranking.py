"""Score how results are ranked, on queries made from measuring sets; this is what chose ranking.toml.

    DJANGO_SETTINGS_MODULE=archive.settings.test .venv/bin/python benchmarks/score_ranking.py [--data ../shared/data]

No set comes with queries and judgements, so they are made:

    events-headline   a report's headline as the query; wanted are the other reports of the event (basil)
    events-opening    the same with its longest sentence among the first two
    events-later      the same with a sentence of its third paragraph
    headlines         a headline as the query; wanted is the text it stood over, indexed without it
    wire-headlines    the same with newswire of 1987, whose headlines are all in capitals
    ...-3             three of the words of a headline, at random

All queries are any-word queries, typed as they stand. Prints a JSON line for each set and each setting: nDCG@10
of plain BM25 (k1 1.2, b .75, words without stems, no fields), of the shipped numbers, of the shipped ones without
one of their parts, and with `--try NAME=VALUE` of others; then of the Tantivy engine, which ranks by numbers of its
own (`tantivy/wording.py`). `--folds` prints each fifth of the queries by itself
as well: a change is worth having where it gains in most of them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import random
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings.test")

import django  # noqa: E402  # the path above makes the settings importable

django.setup()

import numpy as np  # noqa: E402

from articles.search.analysis import fold, sentences_of  # noqa: E402
from articles.search.engines.matching import Matcher as Evaluates  # noqa: E402
from articles.search.engines.schema import Fields  # noqa: E402
from articles.search.engines.tantivy.match import Matcher as TantivyMatcher  # noqa: E402
from articles.search.engines.tantivy.snapshot import Snapshot as TantivySnapshot  # noqa: E402
from articles.search.engines.tantivy.store import TantivyStore  # noqa: E402
from articles.search.engines.whoosh.match import Lookup, Matcher  # noqa: E402
from articles.search.engines.whoosh.snapshot import Snapshot  # noqa: E402
from articles.search.engines.whoosh.store import WhooshStore  # noqa: E402
from articles.search.ranking import function_words, shipped  # noqa: E402
from articles.search.syntax import parse, unshouted  # noqa: E402
from articles.search.tree import any_word  # noqa: E402
from tests.engines.documents import document  # noqa: E402

SHARED = ROOT.parent / "shared" / "data"
TOP = 10
FOLDS = 5
WIRE_EVERY, WIRE_QUERY_EVERY = 4, 16  # of the newswire: one article in four is indexed, one in sixteen sought
SHORTEST_WIRE = 300  # characters of a newswire text that is more than a notice
FEW = 3  # words of a short query
DATELINE = re.compile(r"^[A-Z ,.]+(\([A-Za-z]+\))?\s*[—–-]+\s*")
CHANGES: dict[str, dict[str, float]] = {
    "shipped": {},
    "no forms as written": {"as_written": 0.0},
    "no nearness": {"near": 0.0},
    "missing costs nothing": {"missing": 0.0},
    "function words in full": {"function_word": 1.0},
    "no headline apart": {"headline_apart": 0.0},
    "headline and subtitle as text": {"headline": 0.0, "headline_apart": 0.0, "subtitle": 0.0},
    "k1 1.2": {"saturation": 1.2},
}


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, the articles wanted by place in the collection, and the one it was made from, if to skip."""

    text: str
    wanted: frozenset[int]
    skipped: int | None = None


@dataclass(frozen=True, slots=True)
class Indexes:
    """The articles of a set on each engine."""

    whoosh: Snapshot
    tantivy: TantivySnapshot


@dataclass(frozen=True, slots=True)
class Report:
    """One article of a set; `event` is empty where the set does not say what it tells of."""

    headline: str
    text: str
    event: str = ""


def main() -> None:
    """Index the collections, run every setting over every set of queries, print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--every", type=int, default=1, help="take one query in so many, for a quick look")
    parser.add_argument("--try", dest="tried", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--folds", action="store_true")
    options = parser.parse_args()
    changes = {**CHANGES, **{one: _change(one) for one in options.tried}}
    with tempfile.TemporaryDirectory() as scratch:
        for name, indexes, queries in sets(options.data, Path(scratch)):
            matchers: dict[str, Evaluates] = {"plain BM25": PlainMatcher(indexes.whoosh)}
            for label, change in changes.items():
                matchers[label] = Matcher(indexes.whoosh, replace(shipped(), **change))
            matchers["on Tantivy"] = TantivyMatcher(indexes.tantivy)
            asked = queries[:: options.every]
            figures = {label: ndcg_of_each(matcher, asked) for label, matcher in matchers.items()}
            for label, values in figures.items():
                line: dict[str, Any] = {"set": name, "ranking": label, "queries": len(values)}
                line["nDCG@10"] = round(mean(values), 3)
                if options.folds:
                    line["folds"] = [round(mean(values[fold::FOLDS]), 3) for fold in range(FOLDS)]
                print(json.dumps(line), flush=True)


def _change(typed: str) -> dict[str, float]:
    return {name: float(value) for name, value in (one.split("=") for one in typed.split(","))}


class PlainMatcher(Matcher):
    """BM25 as a textbook has it, over words as they stand: what ours is compared with."""

    def __init__(self, snapshot: Snapshot) -> None:
        plain = replace(
            shipped(), saturation=1.2, length=0.75, as_written=1.0, near=0.0, missing=0.0, function_word=1.0
        )
        super().__init__(snapshot, plain)

    def _exact(self, term: str, field: str | None) -> list[Lookup]:  # noqa: ARG002  # the text alone
        return [Lookup("text", term.lower(), 1.0, "text")]


def ndcg_of_each(matcher: Evaluates, queries: list[Query]) -> list[float]:
    """Return nDCG@10 of each query, in order."""
    return [_ndcg(matcher, query) for query in queries]


def _ndcg(matcher: Evaluates, query: Query) -> float:
    found = matcher.matches(any_word(parse(unshouted(query.text)).tree))
    of_documents = found.scores_among(found.mask, best=TOP + 1)
    scores = np.zeros(len(of_documents))
    scores[matcher.documents.articles - 1] = of_documents  # an engine may keep them in another order
    ranked = [int(place) for place in np.argsort(-scores, kind="stable")[: TOP + 1] if scores[place] > 0]
    shown = [place for place in ranked if place != query.skipped][:TOP]
    gained = sum(1 / math.log2(rank + 2) for rank, place in enumerate(shown) if place in query.wanted)
    return gained / sum(1 / math.log2(rank + 2) for rank in range(min(TOP, len(query.wanted))))


def sets(data: Path, scratch: Path) -> Iterator[tuple[str, Indexes, list[Query]]]:
    """Yield each set: its name, its articles as indexes, its queries."""
    reports = [
        *(
            Report(one["title"], one["text"], one["event"])
            for one in records(data / "duplicates/basil.jsonl.gz")
        ),
        *(headless(one) for one in records(data / "quotes/polnear_dev.jsonl.gz")),
        *(headless(one) for one in records(data / "duplicates/fakes.jsonl.gz")),
    ]
    whole = indexed(scratch / "whole", reports)
    yield "events-headline", whole, about_events(reports, lambda report: report.headline)
    yield "events-headline-3", whole, shortened(about_events(reports, lambda report: report.headline))
    yield "events-opening", whole, about_events(reports, opening)
    yield "events-later", whole, about_events(reports, later)
    known = [
        Query(report.headline, frozenset({place})) for place, report in enumerate(reports) if not report.event
    ]
    bodies = indexed(scratch / "bodies", [replace(report, headline="") for report in reports])
    yield "headlines", bodies, known
    yield "headlines-3", bodies, shortened(known)
    wire = [
        Report(one["title"].replace("&lt;", "<"), one["body"])
        for one in records(data / "load/reuters21578.jsonl.gz")
        if one["title"] and len(one["body"]) > SHORTEST_WIRE
    ][::WIRE_EVERY]
    bodies = indexed(scratch / "wire", [replace(report, headline="") for report in wire])
    asked = [Query(report.headline, frozenset({place})) for place, report in enumerate(wire)]
    asked = asked[:: WIRE_QUERY_EVERY // WIRE_EVERY]
    yield "wire-headlines", bodies, asked
    yield "wire-headlines-3", bodies, shortened(asked)


def records(file: Path) -> Iterator[Mapping[str, Any]]:
    """Yield the records of a set."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def headless(record: Mapping[str, Any]) -> Report:
    """Return a report without the headline that its text begins with."""
    words = re.findall(r"\w+", record["title"])
    opening = re.search(r"\W+".join(words), record["text"][: len(record["title"]) + 400], re.IGNORECASE)
    return Report(record["title"], record["text"][opening.end() if opening else 0 :].lstrip(" ."))


def about_events(reports: list[Report], query_of: Any) -> list[Query]:
    """Return a query for each report of an event, made from the report."""
    told = defaultdict(set)
    for place, report in enumerate(reports):
        told[report.event].add(place)
    return [
        Query(" ".join(query_of(report).split()), frozenset(told[report.event] - {place}), place)
        for place, report in enumerate(reports)
        if report.event
    ]


def opening(report: Report) -> str:
    """Return the longer of the first two sentences, without the place it was written at."""
    first = report.text.split("\n\n")[0]
    return DATELINE.sub("", max(list(sentences_of(first))[:2], key=len))


def later(report: Report) -> str:
    """Return the first sentence of the third paragraph, or of the last where there are fewer."""
    paragraphs = report.text.split("\n\n")
    return next(sentences_of(paragraphs[min(2, len(paragraphs) - 1)]))


def shortened(queries: list[Query]) -> list[Query]:
    """Return the queries of more than FEW telling words, cut down to FEW of them at random."""
    chance = random.Random(5)  # the same each time is the point
    short = []
    for query in queries:
        words = [word for word in re.findall(r"[\w'.-]+", query.text) if len(word) > 2]  # noqa: PLR2004
        telling = [word for word in words if fold(word) not in function_words()]
        if len(telling) > FEW:
            kept = sorted(chance.sample(range(len(telling)), FEW))
            short.append(replace(query, text=" ".join(telling[place] for place in kept)))
    return short


def indexed(folder: Path, reports: list[Report]) -> Indexes:
    """Return an index of the reports on each engine."""
    from haystack import connections

    fields = Fields.of(connections["default"].get_unified_index().all_searchfields())
    whoosh, tantivy = WhooshStore(folder / "whoosh", fields), TantivyStore(folder / "tantivy", fields)
    for store in (whoosh, tantivy):
        store.write(
            document(number, report.text, headline=report.headline)
            for number, report in enumerate(reports, 1)
        )
    return Indexes(whoosh.snapshot(), tantivy.snapshot())


if __name__ == "__main__":
    main()
