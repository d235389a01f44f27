"""What follows from verdicts on actors: the same from the same, and each can be left out again."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from articles.resolve.verdicts import Base, Conflict, Said, Standing, Word, decide, spellings_held, touched_by

BASES = [Base(number, "person", f"Actor {number}") for number in range(1, 7)]


def same(id_: int, left: int, right: int) -> Said:
    return Said(id_, Word.SAME, left, right)


def different(id_: int, left: int, right: int) -> Said:
    return Said(id_, Word.DIFFERENT, left, right)


def means(
    now: Standing, base: int, surface: str, *, local_name: str = "", page: str = "", kind: str = "person"
) -> int:
    return now.actor_of(base, kind=kind, surface=surface, local_name=local_name or surface, page=page)


def test_the_right_side_of_the_last_join_stands_for_all() -> None:
    now = decide(BASES, [same(1, 1, 2), same(2, 3, 4), same(3, 2, 3)])
    assert {base: now.root(base) for base in range(1, 6)} == {1: 4, 2: 4, 3: 4, 4: 4, 5: 5}


def test_a_join_that_a_verdict_forbids_does_nothing_and_is_told() -> None:
    now = decide(BASES, [same(1, 1, 2), same(2, 2, 3), different(3, 1, 3)])
    assert now.roots == {1: 2, 2: 2}
    assert now.conflicts == (Conflict(said=2, forbidden_by=3),)
    assert now.kept_apart(2, 3) == 3
    assert now.kept_apart(2, 4) is None


def test_it_holds_through_others_too() -> None:
    now = decide(BASES, [different(1, 1, 2), same(2, 1, 3), same(3, 2, 4), same(4, 3, 4)])
    assert [conflict.said for conflict in now.conflicts] == [4]
    assert now.root(3) != now.root(4)


def test_a_verdict_that_waits_for_a_side_does_nothing() -> None:
    said = [
        Said(1, Word.SAME, None, 2),
        Said(2, Word.ALIAS, None, text="Actor 1"),
        Said(3, Word.NAME, None, text="x"),
    ]
    assert decide(BASES, said).roots == {}


def test_the_last_name_and_kind_hold_and_root_decides() -> None:
    said = [
        Said(1, Word.NAME, 1, text="A"),
        Said(2, Word.NAME, 1, text="B"),
        Said(3, Word.KIND, 2, text="organisation"),
        Said(4, Word.NOT_AN_ACTOR, 3),
    ]
    now = decide(BASES, said)
    assert (now.names, now.kinds, now.hidden) == ({1: "B"}, {2: "organisation"}, frozenset({3}))


def test_a_spelling_is_taken_wherever_it_is_meant_and_only_there() -> None:
    now = decide(BASES, [same(1, 1, 2), Said(2, Word.IS_REALLY, 2, 5, spelling="Brekk")])
    assert means(now, 1, "Brekk") == 5
    assert means(now, 1, "Osanna Brekk") == 2
    assert means(now, 3, "Brekk") == 3


def test_a_spelling_given_back_later_comes_back() -> None:
    there = Said(1, Word.IS_REALLY, 1, 2, spelling="Brekk")
    back = Said(2, Word.IS_REALLY, 2, 1, spelling="Brekk")
    assert means(decide(BASES, [there, back]), 1, "Brekk") == 1
    assert means(decide(BASES, [there]), 1, "Brekk") == 2


def test_what_was_ruled_on_a_page_outranks_the_rest() -> None:
    said = [
        Said(1, Word.IS_REALLY, 1, 2, spelling="Brekk"),
        Said(2, Word.IS_REALLY, 1, 3, spelling="Brekk", page="p"),
    ]
    now = decide(BASES, [*said, same(3, 3, 4)])
    assert means(now, 1, "Brekk", page="p") == 4
    assert means(now, 1, "Brekk", page="q") == 2


def test_an_alias_takes_actors_called_so_and_articles_that_call_it_so() -> None:
    bases = [
        *BASES,
        Base(9, "person", "O. Brekk"),
        Base(10, "organisation", "O. Brekk"),
        Base(11, "person", "O. Brekk", made=True),
    ]
    now = decide(bases, [Said(1, Word.ALIAS, 1, text="O. Brekk")])
    assert [now.root(base) for base in (9, 10, 11)] == [1, 10, 11]
    assert means(now, 5, "Brekk", local_name="O. Brekk") == 1
    assert means(now, 5, "O. Brekk", local_name="Oda Brekk") == 5
    assert means(now, 5, "O. Brekk", kind="organisation") == 5


def test_an_alias_does_not_take_mentions_of_one_who_was_ruled_to_be_another() -> None:
    now = decide(BASES, [different(1, 1, 2), Said(2, Word.ALIAS, 1, text="Brekk")])
    assert means(now, 2, "Brekk") == 2
    assert means(now, 3, "Brekk") == 1


def test_two_actors_given_one_spelling_are_not_joined_by_it() -> None:
    bases = [*BASES, Base(9, "person", "Brekk")]
    now = decide(bases, [Said(1, Word.ALIAS, 1, text="Brekk"), Said(2, Word.ALIAS, 2, text="Brekk")])
    assert (now.root(9), now.root(1)) == (2, 1)


def test_a_spelling_is_dropped_until_it_is_given_again() -> None:
    taken = Said(1, Word.IS_REALLY, 1, 2, spelling="Brekk")
    assert decide(BASES, [taken, same(2, 3, 1)]).drops(3, "Brekk")
    assert not decide(BASES, [taken]).drops(2, "Brekk")
    assert not decide(BASES, [taken, Said(2, Word.ALIAS, 1, text="Brekk")]).drops(1, "Brekk")
    assert spellings_held([taken, Said(2, Word.NAME, 3, text="Vell")]) == {(2, "Brekk"), (3, "Vell")}


def test_who_hangs_together_is_found_to_the_end() -> None:
    next_to = {1: [2], 2: [3], 3: [1], 4: [5]}
    assert touched_by([1], [lambda base: next_to.get(base, [])]) == {1, 2, 3}
    assert touched_by([], [lambda base: [base + 1]]) == set()


verdicts = st.lists(
    st.tuples(st.sampled_from([Word.SAME, Word.DIFFERENT]), st.integers(1, 6), st.integers(1, 6)), max_size=12
)


@given(verdicts)
def test_nobody_is_joined_with_one_ruled_to_be_another(rows: list[tuple[Word, int, int]]) -> None:
    said = [Said(number, *row) for number, row in enumerate(rows)]
    now = decide(BASES, said)
    for each in said:
        if each.word is Word.DIFFERENT and each.left != each.right:
            assert now.root(each.left or 0) != now.root(each.right or 0)
    refused = {conflict.said for conflict in now.conflicts}
    for each in said:
        if each.word is Word.SAME and each.id not in refused:
            assert now.root(each.left or 0) == now.root(each.right or 0)
    for root in now.roots.values():
        assert now.root(root) == root


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=5))
def test_joins_alone_group_the_same_in_any_order(pairs: list[tuple[int, int]]) -> None:
    def groups(order: tuple[tuple[int, int], ...]) -> set[frozenset[int]]:
        now = decide(BASES, [same(number, *pair) for number, pair in enumerate(order)])
        found: dict[int, set[int]] = {}
        for base in range(1, 7):
            found.setdefault(now.root(base), set()).add(base)
        return {frozenset(group) for group in found.values()}

    assert len({frozenset(groups(order)) for order in permutations(pairs)}) == 1
