"""The invented world of fixtures/pages: actors per page, joins across the archive, speakers of quotes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from articles.capture.page import RawPage
from articles.capture.readers import read_paths
from articles.clean import clean_page
from articles.clean.article import CleanArticle
from articles.mentions import load_finder
from articles.resolve import ActorDirectory, ArticleActors, KnownActor, LocalActor, actors_of
from tests.resolve.measure import GoldActor, Tally, bare, in_body, matched

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
ARCHIVE: dict[str, Any] = json.loads((FIXTURES / "gold" / "archive.json").read_text(encoding="utf-8"))

# Floors a little below what is reached: F1 .986; of 143 quotes 131 right, none wrong, 12 left open.
ACTOR_FLOOR = 0.97
QUOTES_RIGHT = 0.88
QUOTES_WRONG = 0.03


@dataclass(frozen=True)
class Read:
    """One demo page with its gold and what came of it."""

    gold: dict[str, Any]
    article: CleanArticle
    found: ArticleActors


def raw_pages() -> dict[tuple[str, str | None], RawPage]:
    """Pages by file and, in a batch, by the record's id."""
    found: dict[tuple[str, str | None], RawPage] = {}
    for page in read_paths([FIXTURES / "pages"]):
        assert isinstance(page, RawPage), page
        file, _, line = Path(page.name).name.partition(":")
        record = None
        if line:
            record = json.loads(
                (FIXTURES / "pages" / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
            )["id"]
        found[file, record] = page
    return found


@cache
def pages() -> tuple[Read, ...]:
    raw = raw_pages()
    read = []
    for path in sorted((FIXTURES / "gold").glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        if "headline" not in record:
            continue  # archive.json speaks of all pages together
        article = clean_page(raw[record["file"], record["record"]])
        read.append(Read(record, article, actors_of(article, load_finder())))
    return tuple(read)


def gold_actors(record: dict[str, Any]) -> list[GoldActor]:
    return [
        GoldActor(
            one["name"],
            one["kind"],
            frozenset(map(bare, [*one["surfaces"], one["name"]])),
            core=one["tier"] == "core",
        )
        for one in record["actors"]
    ]


@cache
def archive() -> dict[str, set[str]]:
    """For each actor of the gold the keys that the archive gave its mentions."""
    directory = ActorDirectory()
    keys: dict[str, set[str]] = {}
    for read in pages():
        named = {
            id(actor): name
            for name, actor in matched(in_body(read.found.actors), gold_actors(read.gold), Tally()).items()
        }
        for actor in read.found.actors:
            key = directory.resolve(actor, context=read.found.actors).key or f"actor {len(directory)}"
            directory.add(KnownActor(key, actor.name, actor.kind, actor.surfaces, actor.authority))
            if id(actor) in named:
                keys.setdefault(named[id(actor)], set()).add(key)
    return keys


def test_distinct_actors_of_the_bodies() -> None:
    tally = Tally()
    for read in pages():
        matched(in_body(read.found.actors), gold_actors(read.gold), tally)
    assert tally.f1 >= ACTOR_FLOOR, tally


def test_nobody_of_the_chrome_is_a_person_or_a_body() -> None:
    for read in pages():
        names = {
            actor.name
            for actor in in_body(read.found.actors)
            if actor.kind.value in ("person", "organisation")
        }
        assert not names & set(read.gold["must_not_be_actors"]), read.gold["file"]


def test_one_actor_is_one_in_the_archive() -> None:
    assert {name: keys for name, keys in archive().items() if len(keys) > 1} == {}


@pytest.mark.parametrize("pair", ARCHIVE["must_not_merge"], ids=lambda pair: " / ".join(pair[:2]))
def test_two_actors_stay_two(pair: list[str]) -> None:
    assert not archive().get(pair[0], set()) & archive().get(pair[1], set())


def speaker_of(read: Read, text: str) -> LocalActor | str | None:
    """Return the actor who says `text`; the empty string when the quote was not found at all."""
    body = read.article.body
    quote = next(
        (q for q in read.found.quotes if body[q.start : q.end].strip(" ,.") == text.strip(" ,.")), None
    )
    if quote is None:
        return ""
    actors = in_body(read.found.actors)
    return next(
        (a for a in actors for s in a.spans if s.zone == "body" and s.start == quote.speaker_start), None
    )


def test_speakers_of_quotes() -> None:
    right = wrong = total = 0
    for read in pages():
        names = {one.key: one.names for one in gold_actors(read.gold)}
        for quote in read.gold["quotes"]:
            total += 1
            speaker = speaker_of(read, quote["text"])
            if isinstance(speaker, LocalActor):
                fits = {bare(name) for name in (speaker.name, *speaker.surfaces)} & names.get(
                    quote["speaker"], frozenset()
                )
                right, wrong = right + bool(fits), wrong + (not fits)
            else:
                right += quote["speaker"] is None
    assert right >= QUOTES_RIGHT * total, (right, wrong, total)
    assert wrong <= QUOTES_WRONG * total, (right, wrong, total)
