"""Measure searching and indexing on the generated archive, beside the systems that one would otherwise take.

    make bench-search                     # 20,000 and 100,000 articles; about an hour and a half
    make bench-search SIZES="2000"        # a quick look
    .venv/bin/python benchmarks/bench_search.py --sizes 20000 --systems dateline-whoosh sqlite-fts5 --keep DIR

For each size and system, each in processes of its own:

1. Index the archive, in batches as `rebuild_index` makes them: CPU seconds, the rate of the first thousand and of
   the last, the longest batch, peak memory, bytes on disk.
2. In a new process, open it, and ask for twenty hits with snippets and three facets: of everything, of sixty mixed
   queries (`generated_queries.MIX`), and where the system has them, of the kinds of `generated_queries.BEYOND`. CPU
   milliseconds, peak memory. Figures are of the first time that a process is asked a query, as a reader meets it, in
   three processes (stock Haystack in one); what the mixed ones take when asked again stands beside them. Our engines
   are asked 10,000 random and mutilated queries (--random) as well, where an exception ends the run, and 200
   misspelled words: what each was perhaps to be, and whether that is the word it was made of.

Prints a JSON line for each, with the archive's digest and the commit, then the targets in a table. Systems are
compared over the queries that both have: FTS5 has no misspellings and no `w?rd`, stock Haystack no misspellings.
Figures are CPU time, so that other work on the machine counts little; still, only ratios within a run mean much.
With `--keep` indexes stay, and a run on the same archive measures the queries alone.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.fuzzed_queries import fuzzed  # noqa: E402  # the path above makes it importable
from benchmarks.generated_archive import GeneratedArchive  # noqa: E402
from benchmarks.generated_queries import BEYOND, OURS, Asked, misspellings, queries  # noqa: E402
from benchmarks.search_systems import BATCH, OUR_ENGINES, RIVALS, Dateline, System, system  # noqa: E402
from benchmarks.search_targets import table  # noqa: E402

SIZES = (20_000, 100_000)
PROCESSES = 3  # that are each asked every query
# Stock Haystack takes half a second a search at 20,000 articles, nine for all of them, and five gigabytes at 100,000.
SLOW = "stock-haystack"
LARGEST_FOR_SLOW = 20_000
QUERIES = "queries.json"  # in a system's folder
REPEATED = ("everything", "mixed", "beyond")  # what every process asks, in this order


def write(name: str, archive: GeneratedArchive, folder: Path) -> dict[str, Any]:
    """Index the archive and return what it took."""
    documents = archive.documents()
    batches = iter(lambda: list(islice(documents, BATCH)), [])
    written = system(name, folder).write(batches)
    thousand = 1000 // BATCH
    measured = len(written.batches) * BATCH
    return {
        "articles_indexed": measured,
        "cpu_seconds": round(written.seconds, 1),
        "articles_per_cpu_second": round(measured / written.seconds),
        "first_thousand_per_cpu_second": round(1000 / sum(written.batches[:thousand])),
        "last_thousand_per_cpu_second": round(1000 / sum(written.batches[-thousand:])),
        "longest_batch_cpu_seconds": round(max(written.batches), 2),
        "peak_mb": _peak_mb(),
        "disk_mb": round(sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6),
    }


def ask(name: str, folder: Path) -> dict[str, Any]:
    """Open the index and ask what stands in QUERIES; return CPU milliseconds for each query, and the memory."""
    asked = {
        mix: [Asked.from_json(one) for one in listed]
        for mix, listed in json.loads((folder / QUERIES).read_text()).items()
    }
    opened = system(name, folder)
    started = time.process_time()
    opened.open()
    opening = time.process_time() - started
    found = {mix: [_timed(opened, one) for one in asked[mix]] for mix in (*REPEATED, "fuzzed")}
    return {
        "opening_ms": round(1000 * opening, 1),
        **found,
        "again": [_timed(opened, one) for one in asked["mixed"]],
        "misspelled": _put_right(opened, asked["misspelled"]) if isinstance(opened, Dateline) else [],
        "peak_mb": _peak_mb(),
    }


def _put_right(opened: Dateline, misspelled: list[Asked]) -> list[dict[str, Any]]:
    """Return of each misspelled word the milliseconds, and whether the word it was made of was found."""
    answers = []
    for one in misspelled:
        started = time.process_time()
        better = opened.better_spelled(one)
        taken = round(1000 * (time.process_time() - started), 2)
        answers.append({"kind": one.kind, "found": better == one.words[1], "ms": [taken]})
    return answers


def _timed(opened: System, asked: Asked) -> dict[str, Any]:
    """Return the milliseconds that a query took, none when the system has nothing for it."""
    started = time.process_time()
    answer = opened.search(asked)
    taken = round(1000 * (time.process_time() - started), 2)
    held = {"total": None, "ms": []} if answer is None else {"total": answer.total, "ms": [taken]}
    return {"kind": asked.kind, "words": " ".join(asked.words), **held}


def _peak_mb() -> int:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def in_a_process(step: str, name: str, size: int, folder: Path) -> dict[str, Any]:
    """Run a step of a system in a process of its own and return what it printed."""
    command = [sys.executable, __file__, "--step", step, name, str(size), str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, check=False)
    if done.returncode:
        raise SystemExit(f"{name} could not {step} {size} articles (status {done.returncode}).")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def measured(name: str, archive: GeneratedArchive, folder: Path, *, random: int) -> dict[str, Any]:
    """Index unless that was done for the same archive, then ask; return both."""
    kept = folder / f"{archive.digest}.json"
    if not kept.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        written = in_a_process("write", name, archive.size, folder)
        kept.write_text(json.dumps(written | {"commit": _commit()}))
    mixes = {
        "everything": [Asked("everything", ())],
        "mixed": queries(archive),
        "beyond": queries(archive, mix=BEYOND),
        "fuzzed": [],
        "misspelled": [],
    }
    first = mixes
    if name not in RIVALS:
        typed = [one.written(OURS) or "" for mix in ("mixed", "beyond") for one in mixes[mix]]
        mutilated = [Asked("typed", (text,)) for text in fuzzed(typed, random, seed=archive.seed)]
        first = mixes | {"fuzzed": mutilated, "misspelled": misspellings(archive)}
    asked = _asked(name, archive.size, folder, first)
    for _ in range(0 if name == SLOW else PROCESSES - 1):
        again = _asked(name, archive.size, folder, mixes)
        for mix in (*REPEATED, "again"):
            for one, other in zip(asked[mix], again[mix], strict=True):
                one["ms"] += other["ms"]
    return {"written": json.loads(kept.read_text()), "asked": asked}


def _asked(name: str, size: int, folder: Path, mixes: dict[str, list[Asked]]) -> dict[str, Any]:
    """Have a process ask; it does without the archive, whose words would take half of its memory."""
    listed = {mix: [one.as_json() for one in each] for mix, each in mixes.items()}
    (folder / QUERIES).write_text(json.dumps(listed))
    return in_a_process("ask", name, size, folder)


def summed_up(asked: dict[str, Any]) -> dict[str, Any]:
    """Return the figures of the queries: median and 95th percentile over all processes, in CPU milliseconds."""
    mixed, again = ([ms for query in asked[mix] for ms in query["ms"]] for mix in ("mixed", "again"))
    beyond = {query["kind"]: [] for query in asked["beyond"] if query["ms"]}
    for query in asked["beyond"]:
        if query["ms"]:
            beyond[query["kind"]] += query["ms"]
    worst = max(asked["mixed"] + asked["beyond"], key=lambda query: max(query["ms"], default=0))
    return {
        "queries": sum(bool(query["ms"]) for query in asked["mixed"]),
        "median_ms": round(statistics.median(mixed), 1),
        "p95_ms": round(statistics.quantiles(mixed, n=20)[-1], 1),
        "again_median_ms": round(statistics.median(again), 1),
        "again_p95_ms": round(statistics.quantiles(again, n=20)[-1], 1),
        "longest_ms": max(worst["ms"]),
        "longest_kind": worst["kind"],
        "everything_ms": round(statistics.median(asked["everything"][0]["ms"]), 1),
        "opening_ms": asked["opening_ms"],
        "peak_mb": asked["peak_mb"],
        "random_queries": len(asked["fuzzed"]),
        "longest_random": max(asked["fuzzed"], key=lambda query: query["ms"], default=None),
        **_spelling(asked["misspelled"]),
        "beyond_median_ms": {kind: round(statistics.median(ms), 1) for kind, ms in beyond.items()},
    }


def _spelling(misspelled: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the shares of misspelled words that were put right, by the letters that were wrong, and the time."""
    if not misspelled:
        return {}
    kinds = sorted({one["kind"] for one in misspelled})
    found = {kind: [one["found"] for one in misspelled if one["kind"] == kind] for kind in kinds}
    ms = [one["ms"][0] for one in misspelled]
    return {
        "put_right": {kind: round(sum(each) / len(each), 2) for kind, each in found.items()},
        "put_right_median_ms": round(statistics.median(ms), 2),
        "put_right_p95_ms": round(statistics.quantiles(ms, n=20)[-1], 2),
    }


def main() -> None:
    """Measure each size and system, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), metavar="N")
    parser.add_argument("--systems", nargs="+", metavar="NAME", help="default: all; dateline-whoosh, ...")
    parser.add_argument(
        "--random", type=int, default=10_000, metavar="N", help="random queries to our engines"
    )
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the indexes here, and use those kept")
    parser.add_argument("--step", nargs=4, metavar=("STEP", "SYSTEM", "SIZE", "DIR"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        step, name, size, folder = options.step
        if step == "ask":
            print(json.dumps(ask(name, Path(folder))))
        else:
            print(json.dumps(write(name, GeneratedArchive(int(size)), Path(folder))))
        return
    names = options.systems or [*(f"dateline-{engine}" for engine in _engines()), *RIVALS]
    results: dict[tuple[str, int], dict[str, Any]] = {}
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as scratch:
        for size in sorted(options.sizes):
            archive = GeneratedArchive(size)
            for name in _fitting(names, size):
                folder = (options.keep or Path(scratch)).resolve() / f"{name}-{size}"
                found = measured(name, archive, folder, random=options.random)
                results[name, size] = found
                figures = {"written": found["written"], "asked": summed_up(found["asked"])}
                line = {"benchmark": "search", "system": name, "articles": size, **figures}
                print(json.dumps(line | {"archive": archive.digest, "commit": _commit()}), flush=True)
    print(table(results))


def _engines() -> list[str]:
    """Return those of our engines that this checkout has."""
    from archive.settings.search import ENGINES

    return [engine for engine in OUR_ENGINES if engine in ENGINES]


def _fitting(names: list[str], size: int) -> Iterator[str]:
    return (name for name in names if name != SLOW or size <= LARGEST_FOR_SLOW)


def _commit() -> str:
    command = ["git", "describe", "--always", "--dirty"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


if __name__ == "__main__":
    main()
