"""Rebuild the index, killing the process with SIGKILL at chosen moments, and check what readers see and what is left.

    python -m tests.faults.killed_rebuild

It runs in a process of its own with ARCHIVE_DATA_DIR set to a throwaway folder and ARCHIVE_SEARCH_URL to an engine.
An undisturbed rebuild notes every time that it opens, renames or removes a file of the index. Then rebuilds are killed:
at every such moment of the swap and after it, at some of those before, and, for what an engine does on its own, after
parts of the time that it took. After each kill an article is saved and the queue drained, as happens meanwhile, and a
process that was not there before reads the index; then the command is started again. All the while another process
asks the index what it holds. Prints one JSON line a trial, the last one on what that reader saw.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from io import StringIO
from pathlib import Path
from typing import Any

from tests.faults.killed_ingest import die_after, empty_archive, in_child

from django.conf import settings  # isort: skip  # killed_ingest sets Django up
from django.core.management import call_command  # isort: skip

from articles.models import Article  # isort: skip
from articles.search import pending  # isort: skip
from articles.search.engines.tantivy import store as tantivy_store  # isort: skip
from articles.search.pending import drain  # isort: skip
from articles.search.run import backend  # isort: skip
from articles.search.sync import compare  # isort: skip
from tests.search.archive import make_archive  # isort: skip

ARTICLES = 60
SAMPLED = 4  # of the moments while it builds, and of those while it removes the former index
SWAP = 6  # moments of the swap: the pointer written and renamed, the notes of the rebuild removed
pending.BATCH = 5  # so that a rebuild of 60 articles is a dozen batches,
tantivy_store.COMMIT_EVERY = 15  # and on Tantivy four commits

KEPT = ("current", "lock", "rebuild.lock")  # beside the one index
WATCHED = ("open", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree", "os.mkdir")


def index_folder() -> Path:
    """Return the folder of the index."""
    return Path(settings.DATA_DIR) / "index"


class Watch:
    """Notes what the interpreter does to files of the index; at the moment `deadly` the process dies."""

    def __init__(self, deadly: int | None = None) -> None:
        self.seen: list[str] = []
        self.deadly = deadly
        sys.addaudithook(self._note)

    def _note(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in WATCHED or not isinstance(arguments[0], str | bytes | os.PathLike):
            return
        path = os.fsdecode(arguments[0])
        if not path.startswith(str(index_folder())):
            return
        if len(self.seen) == self.deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        self.seen.append(f"{event} {Path(path).name}")


def rebuild(*, at: int | None = None, after: float | None = None) -> dict[str, Any]:
    """Run the command, to be killed at a moment or after so many seconds; return what it did and said."""
    watch = Watch(at)
    if after is not None:
        die_after(after)
    said, started = StringIO(), time.monotonic()
    call_command("rebuild_index", stdout=said)
    return {"moments": watch.seen, "said": said.getvalue(), "seconds": time.monotonic() - started}


def held() -> list[int]:
    """Return the numbers of the articles that the index holds, as a process that opens it now finds them."""
    return sorted(backend().versions())


def save_an_article() -> None:
    """Change an article and bring the present index up to date, as a curator's save does."""
    article = Article.objects.order_by("version", "pk").first()
    article.headline += " again"
    article.save()
    pending.PendingIndex.objects.queue([article.pk])
    drain()


def left_over() -> dict[str, Any]:
    """Return what a rebuild that is through leaves: where index and database differ, and folders and notes."""
    names = sorted(one.name for one in index_folder().iterdir())
    return {
        "differs": sorted(compare().articles),
        "folders": sum(name.startswith("index-") for name in names),
        "notes": [name for name in names if name not in KEPT and not name.startswith("index-")],
    }


def keep_reading(until: Path) -> dict[str, Any]:
    """Ask what the index holds until a file appears; return how often, and every number of articles it held."""
    seen, faults, looks, started_by = set(), [], 0, os.getppid()
    while not until.exists() and os.getppid() == started_by:
        looks += 1
        try:
            seen.add(backend().size())
            seen.add(int(backend().ask(_everything()).total))
            time.sleep(0.01)  # a reader is not the only one on the machine
        except Exception as error:  # noqa: BLE001  # whatever a reader meets is a finding
            faults.append(repr(error))
    return {"looks": looks, "sizes": sorted(seen), "faults": faults[:3]}


def _everything() -> Any:
    from articles.search.engines.ask import Ask

    return Ask(size=0, curator=True)


def trials(moments: list[str], seconds: float) -> list[dict[str, Any]]:
    """Return when to kill: at some moments before the swap, at each of the swap, at some of the tidying up after it.

    And by the clock. What comes after the last removal is the command looking at its work.
    """
    swap = next(place for place, moment in enumerate(moments) if moment.startswith("open current."))
    ended = max(place for place, moment in enumerate(moments) if moment.startswith("os.r")) + 1
    tidying = swap + SWAP
    places = [*spread(0, swap), *range(swap, tidying), *spread(tidying, ended)]
    return [{"at": place} for place in places] + [
        {"after": after} for after in (0.3 * seconds, 0.6 * seconds)
    ]


def spread(first: int, end: int) -> list[int]:
    """Return some of these numbers, evenly."""
    return [first + (end - first) * part // SAMPLED for part in range(SAMPLED)]


def main() -> None:
    """Measure an undisturbed rebuild, then disturb as many as there are moments."""
    empty_archive()
    in_child(lambda: make_archive(ARTICLES, seed=3, stories=4))
    in_child(lambda: rebuild()["said"])
    whole = in_child(rebuild)
    stop = Path(settings.DATA_DIR) / "stop-reading"
    reading, writing = os.pipe()
    reader = os.fork()
    if reader == 0:
        os.write(writing, json.dumps(keep_reading(stop)).encode())
        os._exit(0)
    os.close(writing)
    for trial in trials(whole["moments"], whole["seconds"]):
        killed = in_child(lambda: rebuild(**trial)) is None  # noqa: B023  # runs at once
        before = in_child(held)
        in_child(save_an_article)
        again = in_child(lambda: rebuild()["said"])
        moment = whole["moments"][trial["at"]] if "at" in trial else f"{trial['after']:.2f} s"
        result = {"moment": moment, "killed": killed, "held": len(before), "said": again}
        print(json.dumps(result | in_child(left_over)), flush=True)
    stop.touch()
    with os.fdopen(reading, "rb") as pipe:
        print(json.dumps({"reader": json.loads(pipe.read())}))
    os.waitpid(reader, 0)


if __name__ == "__main__":
    main()
