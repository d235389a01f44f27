from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.mentions import Kind
from articles.resolve.across import SAME_BODY, SAME_PERSON
from articles.resolve.compare import compare_names

PAIRS = Path(__file__).resolve().parents[3] / "shared" / "data" / "actors" / "name_pairs_dev.csv"

ONE_PERSON = [
    ("Abdulbaset Sieda", "Abdel Baset Seda"),
    ("Bashar al-Assad", "Bashar Assad"),
    ("Moaz al-Khatib", "Mouaz Khatib"),
    ("Sergei Lavrov", "Sergey Viktorovich Lavrov"),
    ("Nicholas Sarkozy", "Nicolas Sarkozy"),
    ("Recep Tayyip Erdoğan", "Tayyip Erdogan"),
    ("Grigor Tchulkan", "Grigori Chulkan"),
    ("V. Putin", "Vladimir Putin"),
    ("Saif Tamari", "Saif Tamari Hassan al-Rawi"),
    ("Friedrich Lindenvark", "Friedrich Lindenvork"),
]
TWO_PERSONS = [
    ("Sergei Lavrov", "Sergei Markov"),
    ("Bashar al-Assad", "Hafez al-Assad"),
    ("Bashar al-Assad", "Assad"),
    ("Salman bin Muhammad al-Rawi", "Muhammad bin Salman al-Rawi"),
    ("Olga Baranova", "Oleg Baranov"),
    ("Ann Brell", "Tomas Brell"),
    # Consonants alone in common.
    ("Hassan Brell", "Hussein Brell"),
    ("Mohammed Brell", "Mahmoud Brell"),
    ("Danny Brell", "Don Brell"),
    ("Lina Brell", "Leon Brell"),
    ("Ann Tamari", "Ann Tamiri"),
    # An initial is no surname.
    ("John A. Corder", "John Abercrumb"),
    ("Vladimir P.", "Vladimir Putin"),
    # One name of two words, and two people run into one.
    ("Abdul Rahman", "Abdulrahman Attari"),
    ("Petra Vell", "Ann Brell Petra Vell"),
]
ONE_BODY = [
    ("Deutsche Bank AG", "Deutsche Bank Aktiengesellschaft"),
    ("International Labour Organization", "International Labor Organisation"),
    ("The Lake League", "Lake League"),
    ("Council of Free Vessa", "Free Vessa Council"),
    ("Hizbarrah", "Hezbarrah"),
    ("TESSARINE MILLS", "Tessarine Mills Sp. z o.o."),
]
TWO_BODIES = [
    ("Syrian National Council", "Syrian National Coalition"),
    ("Council of Free Vessa", "Coalition of Free Valleys"),
    ("Government of Estonia", "Government of Ethiopia"),
    ("UN Security Council", "UN Human Rights Council"),
    ("Vessan Foreign Ministry", "Karrini Foreign Ministry"),
    ("Macy", "Mece"),
    ("Al-Quds", "al-Qaedas"),
    ("Vorn", "Vern"),
]


@pytest.mark.parametrize(("a", "b"), ONE_PERSON)
def test_spellings_of_one_person(a: str, b: str) -> None:
    assert compare_names(a, b, kind=Kind.PERSON) >= min(SAME_PERSON, 0.85)


@pytest.mark.parametrize(("a", "b"), TWO_PERSONS)
def test_two_persons(a: str, b: str) -> None:
    assert compare_names(a, b, kind=Kind.PERSON) < SAME_PERSON


@pytest.mark.parametrize(("a", "b"), ONE_BODY)
def test_spellings_of_one_body(a: str, b: str) -> None:
    assert compare_names(a, b, kind=Kind.ORGANISATION) >= SAME_BODY


@pytest.mark.parametrize(("a", "b"), TWO_BODIES)
def test_two_bodies(a: str, b: str) -> None:
    assert compare_names(a, b, kind=Kind.ORGANISATION) < SAME_BODY


NAMES = st.one_of(
    st.text(max_size=30),
    st.lists(
        st.sampled_from(["Abdul", "al-Assad", "Bashar", "bin", "Bank", "of", "Ltd", "Sergei", "Lavrov"]),
        max_size=5,
    ).map(" ".join),
)


@given(NAMES, NAMES, st.sampled_from([None, *Kind]))
def test_symmetric_and_between_nothing_and_one(a: str, b: str, kind: Kind | None) -> None:
    score = compare_names(a, b, kind=kind)
    assert 0 <= score <= 1
    assert compare_names(b, a, kind=kind) == pytest.approx(score)


@given(NAMES)
def test_a_name_is_itself(name: str) -> None:
    assert compare_names(name, name) in (0.0, 1.0)


@pytest.mark.skipif(
    not PAIRS.exists(), reason="../shared/data is not beside the clone: labelled pairs cannot be scored"
)
def test_labelled_pairs() -> None:
    """F1 and precision on 413 labelled pairs without a word on the kind; measured .857 and .969 at .85."""
    with PAIRS.open(encoding="utf-8", newline="") as stream:
        rows = [
            (compare_names(r["name1"], r["name2"]) >= 0.85, r["is_match"] == "true")
            for r in csv.DictReader(stream)
        ]
    right = sum(said and so for said, so in rows)
    precision = right / sum(said for said, _ in rows)
    f1 = 2 * right / (sum(said for said, _ in rows) + sum(so for _, so in rows))
    assert (f1, precision) >= (0.82, 0.92)
    assert precision >= 0.92
