from __future__ import annotations

from datetime import date

import pytest

from articles.clean import builtin_rules
from articles.clean.dateline import Dateline, read_dateline
from articles.clean.wrapping import Block

PRESS = builtin_rules().press


def read(text: str) -> Dateline | None:
    return read_dateline(Block(text, (1,), "", 0), PRESS)


@pytest.mark.parametrize(
    ("text", "place", "agency"),
    [
        ("GENEVA, July 2 (Reuters) - Talks began.", "GENEVA", "Reuters"),
        ("PORT LOUIS, Mauritius (AP) — Talks began.", "PORT LOUIS, Mauritius", "Associated Press"),
        ("DUBLIN — She has been talking.", "DUBLIN", None),
        ("Geneva (AFP) – Talks began.", "Geneva", "Agence France-Presse"),
    ],
)
def test_datelines(text: str, place: str, agency: str | None) -> None:
    dateline = read(text)

    assert dateline is not None
    assert (dateline.place, dateline.agency) == (place, agency)


def test_a_full_date_is_read() -> None:
    dateline = read("GENEVA, Dec. 3, 1987 (Reuters) - Talks began.")

    assert dateline is not None
    assert dateline.day is not None
    assert dateline.day.day == date(1987, 12, 3)


@pytest.mark.parametrize(
    "text", ["However – and this is new – talks began.", "UN - it says - is slow.", "Talks began.", ""]
)
def test_no_dateline(text: str) -> None:
    assert read(text) is None
