"""Texts read by several processes at once, with the answers in the order of the texts."""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context

from articles.management.json_lines import text_of
from articles.mentions.authority import load_authority
from articles.mentions.find import MentionFinder, load_finder
from articles.mentions.spans import Mentions, PhraseSpan, QuoteSpan
from articles.resolve.actors import ArticleActors
from articles.resolve.within import join_within

# Texts that a process is given at once: enough for the tagger to batch, few enough that none waits at the end.
CHUNK = 16
# Chunks under way for each process: one in work, one waiting.
_AHEAD = 2
# One thread for each process: the processes are what uses the cores.
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class Found:
    """What a text names: its actors, joined; phrases that mention them without being names; reported speech."""

    actors: ArticleActors
    phrases: tuple[PhraseSpan, ...]
    reported: tuple[QuoteSpan, ...]


def found_in(text: str, finder: MentionFinder) -> Found:
    """Return what a text names: the costly part of an answer, and the same in any process."""
    return _found(finder.find(text), finder)


def _found(mentions: Mentions, finder: MentionFinder) -> Found:
    actors = join_within({"body": mentions}, authority=finder.authority)
    return Found(actors, mentions.phrases, mentions.reported)


class ReadingPool:
    """Processes that read texts, each with a model of its own; make one with `reading_pool`."""

    def __init__(self, processes: ProcessPoolExecutor, workers: int) -> None:
        self._processes = processes
        self._workers = workers

    def read(self, lines: Iterable[bytes]) -> Iterator[tuple[bytes, Found | None]]:
        """Yield each JSON line with what its text names, in order; None where a line has no text to read."""
        waiting: deque[tuple[list[bytes], Future[list[Found]]]] = deque()
        source = iter(lines)
        while True:
            while len(waiting) < _AHEAD * self._workers and (chunk := list(islice(source, CHUNK))):
                texts = [text for line in chunk if (text := _text_in(line)) is not None]
                waiting.append((chunk, self._processes.submit(_read, texts)))
            if not waiting:
                return
            chunk, work = waiting.popleft()
            answers = iter(work.result())
            for line in chunk:
                yield line, next(answers) if _text_in(line) is not None else None


@contextmanager
def reading_pool(workers: int, *, model: str | None, authority: Sequence[str]) -> Iterator[ReadingPool]:
    """Start processes that read texts with a model and authority folders, and end them afterwards.

    Each loads the model for itself: some 300 MB and 2 seconds a process.
    """
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(_ONE_THREAD)
    try:
        with ProcessPoolExecutor(
            workers, mp_context=get_context("spawn"), initializer=_start, initargs=(model, tuple(authority))
        ) as processes:
            yield ReadingPool(processes, workers)
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


def _text_in(line: bytes) -> str | None:
    """Return the text of a line that can be read; the others are answered with their error elsewhere."""
    try:
        record = json.loads(line)
        return text_of(record) if isinstance(record, dict) else None
    except (ValueError, RecursionError):
        return None


# The finder of a worker process, set when it starts.
_finders: list[MentionFinder] = []


def _start(model: str | None, authority: Sequence[str]) -> None:
    _finders.append(load_finder(model=model, authority=load_authority(*authority)))


def _read(texts: list[str]) -> list[Found]:
    finder = _finders[-1]
    return [_found(mentions, finder) for mentions in finder.find_many(texts)]
