"""`manage.py search --jsonl`: many queries in, an answer a line out, with the ids of the records they came from."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.capture import read_paths
from articles.ingest import ingest
from articles.models import StoredPage
from articles.search.pending import drain
from articles.search.run import backend
from tests.factories import make_article, make_page
from tests.ingest.uploaded_pages import page_text

pytestmark = pytest.mark.django_db

TEXTS = {"north-7": "The ferry left the harbour.", "north-8": "The lamps of the town were lit."}


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Give the JSON Lines that two of three articles came from."""
    file = tmp_path / "pages.jsonl"
    records = [{"id": name, "text": text} for name, text in TEXTS.items()]
    file.write_text("".join(json.dumps(record) + "\n" for record in records) + "no record\n[]\n")
    backend().clear()
    for number, text in enumerate(TEXTS.values(), 1):
        make_article(page=make_page(text, name=f"{file}:{number}"), body=text)
    make_article(body="A ferry sank by the lamps.")
    drain()
    return file


def answers(tmp_path: Path, *lines: object, options: tuple[str, ...] = ()) -> list[dict]:
    asked = tmp_path / "queries.jsonl"
    asked.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    out, err = StringIO(), StringIO()
    call_command("search", "--jsonl", str(asked), *options, stdout=out, stderr=err)
    answers.told = err.getvalue()  # type: ignore[attr-defined]
    return [json.loads(line) for line in out.getvalue().splitlines()]


def sources(answer: dict) -> list[str | None]:
    return [hit["source_id"] for hit in answer["hits"]]


def test_every_query_is_answered_in_order(pages: Path, tmp_path: Path) -> None:
    found = answers(
        tmp_path,
        {"id": "q1", "query": "harbour lamps"},
        "",
        {"id": 2, "query": "harbour lamps", "mode": "any"},
        {"id": "q3", "query": "lamps"},
    )

    assert [(one["id"], one["total"]) for one in found] == [("q1", 0), (2, 3), ("q3", 2)]
    assert set(sources(found[1])) == {"north-7", "north-8", None}
    assert set(found[1]) == {"id", "total", "hits"}
    assert set(found[1]["hits"][0]) == {"article", "source_id", "score"}
    scores = [hit["score"] for hit in found[1]["hits"]]
    assert scores == sorted(scores, reverse=True)


def test_the_mode_of_the_command_is_that_of_lines_without_one(pages: Path, tmp_path: Path) -> None:
    lines = [{"id": 1, "query": "harbour lamps"}, {"id": 2, "query": "harbour lamps", "mode": "all"}]
    found = answers(tmp_path, *lines, options=("--mode", "any"))

    assert [one["total"] for one in found] == [3, 0]


def test_ids_are_found_in_a_file_that_was_moved(pages: Path, tmp_path: Path) -> None:
    moved = pages.rename(tmp_path / "elsewhere.jsonl")
    query = {"id": 1, "query": "harbour"}

    assert sources(answers(tmp_path, query)[0]) == [None]
    assert sources(answers(tmp_path, query, options=("--pages", str(moved)))[0]) == ["north-7"]


def test_what_was_wrong_with_a_query_is_told_beside_the_answers(pages: Path, tmp_path: Path) -> None:
    [found] = answers(tmp_path, {"id": "q1", "query": "harbour ("})

    assert found["total"] == 1
    assert "q1: A parenthesis is not closed" in answers.told  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "Line 1 is not JSON"),
        ("[]", "Line 1 has no query"),
        ({"id": 1, "query": 5}, "Line 1 has no query"),
        ({"id": 1, "query": "a", "mode": "some"}, "Line 1 has a mode that is none"),
    ],
)
def test_a_line_that_is_no_query_is_named(pages: Path, tmp_path: Path, line: object, says: str) -> None:
    with pytest.raises(CommandError, match=says):
        answers(tmp_path, line)


@pytest.mark.parametrize("arguments", [[], ["a", "--jsonl", "-"]])
def test_it_takes_a_query_or_a_file(arguments: list[str]) -> None:
    with pytest.raises(CommandError, match="Give a query"):
        call_command("search", *arguments)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"cannot be read.*nowhere"):
        call_command("search", "--jsonl", str(tmp_path / "nowhere.jsonl"))


def test_a_sentence_in_capitals_is_words_in_any_word_mode(pages: Path, tmp_path: Path) -> None:
    query = {"id": 1, "query": "WHO LEFT THE HARBOUR NOT THE TOWN OR - ?", "mode": "any"}

    assert set(sources(answers(tmp_path, query)[0])) == {"north-7", "north-8", None}


@pytest.mark.parametrize(
    "query", ['"', "((", "~5 *", "- -", "a:b:c", "???", "", "AND OR NOT", "\x00\ud800", "💥"]
)
def test_no_punctuation_stops_the_answers(pages: Path, tmp_path: Path, query: str) -> None:
    found = answers(tmp_path, {"id": 1, "query": query, "mode": "any"}, {"id": 2, "query": "harbour"})

    assert [one["id"] for one in found] == [1, 2]
    assert sources(found[1]) == ["north-7"]


def test_ids_are_kept_when_pages_come_in_and_need_no_file_afterwards(tmp_path: Path) -> None:
    backend().clear()
    file = tmp_path / "own.jsonl"
    records = [{"id": 7, "text": page_text(1)}, {"id": "a", "text": page_text(2)}]
    file.write_text("".join(json.dumps(record) + "\n" for record in records))
    list(ingest(read_paths([file])))
    file.unlink()

    [found] = answers(tmp_path, {"id": "q", "query": "report", "mode": "any"})

    assert sorted(map(repr, sources(found))) == ["'a'", "7"]


def test_an_id_that_was_not_kept_comes_with_the_file_again_and_a_kept_one_stays(tmp_path: Path) -> None:
    file = tmp_path / "own.jsonl"
    for ids in ((None, "x"), ("late", "y")):
        lines = (json.dumps({"id": one, "text": text}) for one, text in zip(ids, TEXTS.values(), strict=True))
        file.write_text("\n".join(lines))
        list(ingest(read_paths([file])))

    assert list(StoredPage.objects.order_by("pk").values_list("source_id", flat=True)) == ["late", "x"]
    assert [page.as_raw_page().source_id for page in StoredPage.objects.order_by("pk")] == ["late", "x"]
