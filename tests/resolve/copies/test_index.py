"""The index finds copies, and what it reports is exact."""

from __future__ import annotations

import random
from itertools import combinations, permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.resolve.copies import (
    Copy,
    CopyIndex,
    Sameness,
    TemporaryShelf,
    Thresholds,
    compare_texts,
    overlap,
    shingle_set,
)
from articles.resolve.copies.index import MOST_COMPARED
from articles.resolve.copies.overlap import sameness_of

WORDS = [
    f"{first}{second}"
    for first in ("sel", "kar", "ves", "orm", "tes", "dal")
    for second in ("ma", "rin", "sa", "und", "din", "gren", "ko")
]


def invented(seed: int, *, length: int = 200) -> str:
    chance = random.Random(seed)  # nothing here is secret
    return " ".join(f"{chance.choice(WORDS)}{chance.randint(0, 99)}" for _ in range(length))


def edited(text: str, *, share: float, seed: int = 1) -> str:
    chance = random.Random(seed)  # nothing here is secret
    return " ".join(
        f"new{chance.randint(0, 10**9)}" if chance.random() < share else word for word in text.split()
    )


def links(texts: dict[str, str], **thresholds: float) -> dict[frozenset[str], Copy[str]]:
    index: CopyIndex[str] = CopyIndex(thresholds=Thresholds(**thresholds))
    return {
        frozenset((copy.a, copy.b)): copy
        for identity, text in texts.items()
        for copy in index.add(identity, text)
    }


def jaccard(left: str, right: str) -> float:
    """Return it by the plain definition, over tuples of words."""
    sets = [
        set(zip(*(text.lower().split()[start:] for start in range(5)), strict=False))
        for text in (left, right)
    ]
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1])


class TestKinds:
    def test_an_exact_copy_whatever_its_case_and_punctuation(self) -> None:
        [copy] = links({"a": invented(1), "b": invented(1).upper() + "."}).values()
        assert (copy.a, copy.b, copy.sameness, copy.jaccard, copy.inner) == (
            "a",
            "b",
            Sameness.EXACT,
            1.0,
            None,
        )

    def test_a_near_copy(self) -> None:
        text = invented(1)
        [copy] = links({"a": text, "b": edited(text, share=0.02)}).values()
        assert copy.sameness is Sameness.NEAR
        assert copy.jaccard == pytest.approx(jaccard(text, edited(text, share=0.02)))

    @pytest.mark.parametrize("turned", [False, True])
    def test_a_short_text_inside_a_long_one_and_which_is_which(self, *, turned: bool) -> None:
        short = invented(1, length=60)
        long = f"{invented(2, length=700)} {edited(short, share=0.02)} {invented(3, length=700)}"
        texts = {"long": long, "short": short} if turned else {"short": short, "long": long}
        [copy] = links(texts).values()
        assert (copy.sameness, copy.inner) == (Sameness.CONTAINS, "short")
        assert copy.jaccard < 0.05
        assert copy.containment > 0.6

    def test_a_rewritten_copy_shares_a_part(self) -> None:
        shared = invented(1, length=100)
        [copy] = links(
            {"a": f"{shared} {invented(2, length=100)}", "b": f"{invented(3, length=100)} {shared}"}
        ).values()
        assert copy.sameness is Sameness.PARTLY
        assert copy.containment == pytest.approx(96 / 196)

    def test_a_quotation_in_common_is_no_link(self) -> None:
        quoted = invented(1, length=40)
        assert not links({"a": f"{quoted} {invented(2)}", "b": f"{invented(3)} {quoted}"})
        assert not links(
            {"a": f"{quoted} {invented(2, length=20)}", "b": f"{invented(3)} {quoted}"}, contains=0.9
        )

    def test_other_texts_and_texts_too_short_to_tell_are_linked_to_nothing(self) -> None:
        assert not links(
            {
                "a": invented(1),
                "b": invented(2),
                "c": "",
                "d": "",
                "e": "Photo: Lena Orsk",
                "f": "Photo: Lena Orsk",
            }
        )

    def test_no_link_below_the_thresholds_asked_for(self) -> None:
        text = invented(1)
        assert not links({"a": text, "b": edited(text, share=0.02)}, near=0.95, contains=0.95, partly=0.95)

    def test_the_same_judgement_without_an_index(self) -> None:
        text = invented(1)
        inside = compare_texts(text, " ".join(text.split()[:60]))
        assert inside is not None
        assert (inside.sameness, inside.inner) == (Sameness.CONTAINS, "right")
        assert compare_texts(text, invented(2)) is None
        assert compare_texts("one two", "one two") is None
        assert overlap(shingle_set("one two"), shingle_set(text)).containment == 0.0
        near = compare_texts(text, edited(text, share=0.02))
        assert near is not None
        assert near.sameness is Sameness.NEAR


class TestRecall:
    @pytest.mark.parametrize("share", [0.01, 0.04, 0.07])
    def test_scattered_edits_are_found(self, share: float) -> None:
        """.07 of the words edited leaves a Jaccard index of about .53, in runs of 14 words."""
        texts = {
            f"{seed}{kind}": text
            for seed in range(60)
            for kind, text in (("a", invented(seed)), ("b", edited(invented(seed), share=share, seed=seed)))
        }
        wanted = {
            frozenset((f"{seed}a", f"{seed}b"))
            for seed in range(60)
            if jaccard(texts[f"{seed}a"], texts[f"{seed}b"]) >= 0.5
        }
        found = links(texts)
        assert len(wanted & set(found)) >= 0.97 * len(wanted)

    def test_copies_are_found_in_packed_runs_as_in_fresh_ones(self) -> None:
        index: CopyIndex[int] = CopyIndex()
        for number in range(2500):
            assert not index.add(number, invented(number, length=40))
        for number in (0, 700, 1400, 2400):
            assert [copy.a for copy in index.add(9000 + number, invented(number, length=40))] == [number]


class TestCost:
    def test_a_text_seen_very_often_links_to_its_first_copies_only(self) -> None:
        index: CopyIndex[int] = CopyIndex()
        found = [index.add(number, invented(1)) for number in range(2 * MOST_COMPARED)]
        assert max(map(len, found)) <= MOST_COMPARED
        assert all(copies[-1].a == 0 or any(copy.a == 0 for copy in copies) for copies in found[1:])

    def test_a_footer_in_every_page_makes_few_comparisons(self, monkeypatch: pytest.MonkeyPatch) -> None:
        footer = invented(0, length=40)
        compared: list[int] = []
        real = TemporaryShelf.letters_and_shingles
        monkeypatch.setattr(
            TemporaryShelf,
            "letters_and_shingles",
            lambda shelf, number: compared.append(number) or real(shelf, number),
        )
        index: CopyIndex[int] = CopyIndex()
        for number in range(1, 301):
            if number == 201:
                compared.clear()
            assert not index.add(number, f"{invented(number, length=300)} {footer}")
        # Of the 200 to 300 earlier texts that share it, those that share a key at its edge, some five.
        assert len(compared) < 10 * 100

    def test_a_cut_file_is_an_error_with_a_cure(self, tmp_path: Path) -> None:
        shelf: TemporaryShelf[str] = TemporaryShelf(tmp_path)
        index = CopyIndex(shelf)
        index.add("a", invented(1))
        shelf._file.truncate(8)
        with pytest.raises(OSError, match="start again with room"):
            index.add("b", invented(1))
        shelf.close()


TEXTS = st.lists(st.lists(st.sampled_from("abcdefg"), max_size=30).map(" ".join), min_size=2, max_size=5)


class TestExactness:
    @given(TEXTS)
    def test_what_is_reported_is_true(self, texts: list[str]) -> None:
        found = links({str(place): text for place, text in enumerate(texts)})
        for copy in found.values():
            left, right = texts[int(copy.a)], texts[int(copy.b)]
            assert copy.jaccard == pytest.approx(jaccard(left, right))
            exact = overlap(shingle_set(left), shingle_set(right))
            assert (copy.jaccard, copy.containment) == (exact.jaccard, exact.containment)
            assert copy.sameness is Sameness.EXACT or sameness_of(
                exact, same_letters=False, thresholds=Thresholds()
            )

    @settings(max_examples=30)
    @given(TEXTS)
    def test_the_order_of_the_texts_changes_nothing(self, texts: list[str]) -> None:
        named = {str(place): text for place, text in enumerate(texts)}
        orders = list(permutations(named))[:6]
        found = [
            {
                pair: (copy.sameness, copy.jaccard, copy.containment)
                for pair, copy in links({name: named[name] for name in order}).items()
            }
            for order in orders
        ]
        assert all(each == found[0] for each in found)

    @settings(max_examples=30)
    @given(st.integers(0, 10**6), st.floats(0, 0.3))
    def test_every_reported_pair_is_one_that_comparing_all_would_report(
        self, seed: int, share: float
    ) -> None:
        texts = {
            "a": invented(seed),
            "b": edited(invented(seed), share=share, seed=seed),
            "c": invented(seed + 1),
        }
        by_pairs = {
            frozenset((left, right))
            for left, right in combinations(texts, 2)
            if compare_texts(texts[left], texts[right])
        }
        assert set(links(texts)) <= by_pairs
