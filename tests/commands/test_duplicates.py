"""The command `duplicates`: its form is a contract, and it needs no database."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).resolve().parents[2]
Ask = Callable[..., list[str]]


def invented(seed: int, *, length: int = 120) -> str:
    chance = random.Random(seed)  # nothing here is secret
    return " ".join(f"word{chance.randint(0, 10**6)}" for _ in range(length))


TEXT = invented(1)
LONGER = f"{TEXT} {invented(2, length=60)}"  # Jaccard 116 / 176
HOLDER = f"{invented(3, length=600)} {TEXT}"


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    def answer(*records: object, options: tuple[str, ...] = ()) -> list[str]:
        lines = "".join((each if isinstance(each, str) else json.dumps(each)) + "\n" for each in records)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode()), encoding="utf-8"))
        call_command("duplicates", "--jsonl", *options)
        return capsys.readouterr().out.splitlines()

    return answer


def test_a_pair_is_two_ids_and_their_jaccard_index(ask: Ask) -> None:
    assert ask({"id": 7, "text": TEXT}, {"id": "x", "text": invented(9)}, {"id": "y", "text": LONGER}) == [
        "7\ty\t0.6591"
    ]


def test_at_moves_the_bound(ask: Ask) -> None:
    records = ({"id": 1, "text": TEXT}, {"id": 2, "text": LONGER})
    assert not ask(*records, options=("--at", "0.7"))
    assert ask(*records, options=("--at", "0.6")) == ["1\t2\t0.6591"]


def test_contained_adds_pairs_and_a_column(ask: Ask) -> None:
    records = ({"id": "short", "text": TEXT}, {"id": "long", "text": HOLDER})
    assert not ask(*records)
    assert ask(*records, options=("--contained", "0.8")) == ["short\tlong\t0.1620\t1.0000"]


def test_a_bad_record_stops_nothing_and_is_named_on_standard_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = [
        "{not json",
        "[]",
        '{"text": "no id"}',
        '{"id": 3}',
        '{"id": "a\\tb", "text": ""}',
        '{"id": "\\ud800", "text": ""}',
        '{"id": true, "text": ""}',
    ]
    good = [json.dumps({"id": each, "text": TEXT}) for each in (1, 2)]
    lines = "\n".join([good[0], "", *bad, good[1]])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode()), encoding="utf-8"))
    call_command("duplicates", "--jsonl")
    out, errors = capsys.readouterr()
    assert out == "1\t2\t1.0000\n"
    told = [json.loads(line) for line in errors.splitlines()]
    assert [each["id"] for each in told] == [None, None, None, 3, "a\tb", "\ud800", True]
    assert all(each["error"] for each in told)


def test_one_id_twice_is_no_pair_nor_are_texts_too_short_to_tell(ask: Ask) -> None:
    assert not ask(
        {"id": 1, "text": TEXT},
        {"id": 1, "text": TEXT},
        {"id": 2, "text": "Photo"},
        {"id": 3, "text": "Photo"},
    )


@pytest.mark.parametrize(
    "options", [("--at", "0"), ("--at", "much"), ("--contained", "1.5"), ("--scratch", "no/such/folder")]
)
def test_what_cannot_be_is_refused_with_a_reason(ask: Ask, options: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match=r"such as 0\.5|--scratch"):
        ask({"id": 1, "text": TEXT}, options=options)


def test_a_pair_is_told_before_the_input_ends() -> None:
    process = subprocess.Popen(
        [sys.executable, "manage.py", "duplicates", "--jsonl"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": "postgres://127.0.0.1:1/none"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        for identity in (1, 2):
            process.stdin.write(json.dumps({"id": identity, "text": TEXT}) + "\n")
        process.stdin.flush()
        assert process.stdout.readline() == "1\t2\t1.0000\n"
        process.stdin.close()
    assert process.returncode == 0
