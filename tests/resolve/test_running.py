"""An archive for one run: one key for one actor over all its articles."""

from __future__ import annotations

from articles.mentions import Kind
from articles.mentions.authority import Authority, StateFact
from articles.mentions.spans import PlaceSpan
from articles.resolve import ArticleActors, RunningArchive
from tests.resolve.actors import local, state

MAROVIA = StateFact("Marovia", None, ("Tessarine",), ("Marovian",), ("Marovian Republic",), ())


def found(*actors: object) -> ArticleActors:
    return ArticleActors(tuple(actors), ())  # type: ignore[arg-type]  # each test gives local actors


def test_one_key_for_one_actor_and_a_fuller_name_later() -> None:
    archive = RunningArchive()
    first = archive.take(found(local("Tavrov"), local("Ann Brell")))
    later = archive.take(found(local("Ann Brel"), local("Sergei Tavrov")))
    assert [one.key for one in later] == [first[1].key, first[0].key]
    assert archive.take(found(local("Serguei Tavrov")))[0].key == first[0].key
    assert len({one.key for one in (*first, *archive.take(found(local("Tomas Brell"))))}) == 3


def test_what_an_article_keeps_apart_stays_apart() -> None:
    archive = RunningArchive()
    answers = archive.take(found(local("Khaled Marun"), local("Khaled Maroun")))
    assert len({one.key for one in answers}) == 2


def test_a_state_has_one_key_also_as_a_place() -> None:
    archive = RunningArchive(authority=Authority(states=(MAROVIA,)))
    [answer] = archive.take(found(state("Marovia")))
    assert archive.place_key(PlaceSpan(0, 0, "the Marovian Republic", "place", "Marovia")) == answer.key
    assert archive.place_key(PlaceSpan(0, 0, "Tessarine", "place", "Marovia")) == "place tessarine"


def test_kinds_are_never_mixed() -> None:
    archive = RunningArchive()
    answers = archive.take(found(local("Ann Brell"), local("Ann Brell", kind=Kind.ORGANISATION)))
    assert answers[0].key != answers[1].key
