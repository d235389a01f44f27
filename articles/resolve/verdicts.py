"""What people ruled on actors, and what follows from it: who stands for whom, and whose each spelling is.

Pure: the same verdicts in the same order give the same answer, whatever was ruled and undone before.
Undoing a verdict is leaving it out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Word(StrEnum):
    """What a person can rule on actors."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    NAME = "name"
    KIND = "kind"
    ALIAS = "alias"
    IS_REALLY = "is_really"
    NOT_A_NAME = "not_a_name"
    NOT_AN_ACTOR = "not_an_actor"


@dataclass(frozen=True, slots=True)
class Base:
    """An actor as the machine knows it; `made` says that a verdict made it, so that no name leads to it."""

    key: int
    kind: str
    name: str
    made: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict that stands. `id` is the caller's; sides are keys of bases.

    `text` is the name, kind or spelling that a verdict gives `left`. `spelling` is the one that is really
    `right`, on the page `page` alone when it is given, else wherever `left` is meant.
    """

    id: int
    word: Word
    left: int | None = None
    right: int | None = None
    text: str = ""
    spelling: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A verdict that could not be followed, and the standing one that forbids it; both by `id`."""

    said: int
    forbidden_by: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What follows from all verdicts that stand.

    `roots` maps the bases that were joined to the one that stands for them (bases alone are left out).
    `names`, `kinds` and `hidden` are those of single bases: a joined actor goes by its root's.
    """

    roots: Mapping[int, int] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    names: Mapping[int, str] = field(default_factory=dict)
    kinds: Mapping[int, str] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    spellings: Mapping[str, tuple[tuple[int, Said], ...]] = field(default_factory=dict)
    pages: Mapping[tuple[str, str], int] = field(default_factory=dict)
    apart: Mapping[frozenset[int], int] = field(default_factory=dict)
    unsure: Mapping[frozenset[int], int] = field(default_factory=dict)
    meant_kinds: Mapping[int, frozenset[str]] = field(default_factory=dict)

    def root(self, base: int) -> int:
        """Return the base that stands for this one."""
        return self.roots.get(base, base)

    def kept_apart(self, one: int, other: int) -> int | None:
        """Return the id of a verdict that these two, or actors joined with them, are different."""
        return self.apart.get(frozenset((self.root(one), self.root(other))))

    def actor_of(self, base: int, *, kind: str, surface: str, local_name: str, page: str) -> int:
        """Return the root that a mention means. `kind` is the base's, `page` the SHA-256 of its page.

        1. What was ruled on this spelling on this page. 2. The root of the base, from which verdicts on the
        spelling lead on, the oldest first: an alias takes mentions whose article gives that name as the
        best one, "is really" takes the spelling away from the actor that it names.
        """
        # 1.
        ruled = self.pages.get((page, surface))
        if ruled is not None:
            return self.root(ruled)
        # 2.
        current = self.root(base)
        steps = dict(self.spellings.get(local_name, ()))
        if surface != local_name:
            steps |= dict(self.spellings.get(surface, ()))
        for _, said in sorted(steps.items()):
            current = self._follow(said, current, kind=kind, surface=surface, local_name=local_name)
        return current

    def _follow(self, said: Said, current: int, *, kind: str, surface: str, local_name: str) -> int:
        if said.left is None:
            return current
        if said.word in _GIVES_SPELLING:
            fits = said.text == local_name and kind in self.meant_kinds[said.left]
            forbidden = self.kept_apart(current, said.left) is not None
            return self.root(said.left) if fits and not forbidden else current
        taken = said.spelling == surface and said.right is not None and self.root(said.left) == current
        return self.root(said.right) if taken and said.right is not None else current

    def drops(self, base: int, surface: str) -> bool:
        """Say whether verdicts took this spelling away from the actor that the base belongs to."""
        dropped = False
        for _, said in self.spellings.get(surface, ()):
            if said.left is not None and self.root(said.left) == self.root(base):
                dropped = said.word not in _GIVES_SPELLING
        return dropped


# A new name is a spelling as well: pages that come in later may use it.
_GIVES_SPELLING = frozenset({Word.ALIAS, Word.NAME})
_TAKES_SPELLING = frozenset({Word.IS_REALLY, Word.NOT_A_NAME})


def spellings_given(said: Iterable[Said]) -> set[str]:
    """Return the spellings that verdicts give actors: bases named so belong to them."""
    return {each.text for each in said if each.word in _GIVES_SPELLING}


def spellings_held(said: Iterable[Said]) -> set[tuple[int, str]]:
    """Return the spellings that verdicts give actors, each with the base that it is given to."""
    given = {(each.left, each.text) for each in said if each.word in _GIVES_SPELLING}
    moved = {(each.right, each.spelling) for each in said if each.word is Word.IS_REALLY and not each.page}
    return {(base, spelling) for base, spelling in given | moved if base is not None}


def decide(bases: Iterable[Base], said: Sequence[Said]) -> Standing:
    """Return what follows from the verdicts, which are in the order of time.

    `bases` holds all sides and all bases that bear a spelling of `spellings_given`; others stand for
    themselves. Verdicts with a side that is None wait, and do nothing.
    1. Who is kept apart. 2. Joins in the order of time; one that would join two who are kept apart is a
    conflict and does nothing. The root is that of the right side of the last join. 3. Names, kinds, what
    is no actor: the last verdict holds. 4. Spellings and pages.
    """
    known = {base.key: base for base in bases}
    # 1.
    joined = _Joined(_pairs(said, Word.DIFFERENT))
    kinds = {each.left: each.text for each in said if each.word is Word.KIND and each.left is not None}
    meant = {key: frozenset({base.kind, kinds.get(key, base.kind)}) for key, base in known.items()}
    # 2.
    called = _called(known, said, meant)
    for each in said:
        if each.word is Word.SAME and each.left is not None and each.right is not None:
            joined.join(each.left, each.right, because=each.id)
        for bearer in called.get(each.id, ()):
            if each.left is not None:
                joined.join(bearer, each.left, because=each.id)
    roots = joined.roots()
    # 3. and 4.
    return Standing(
        roots=roots,
        conflicts=tuple(joined.conflicts),
        names={each.left: each.text for each in said if each.word is Word.NAME and each.left is not None},
        kinds=kinds,
        hidden=frozenset(_hidden(said)),
        spellings=_spelling_steps(said),
        pages={
            (each.page, each.spelling): each.right
            for each in said
            if each.word in _TAKES_SPELLING and each.page and each.right is not None
        },
        apart=_between_roots(_pairs(said, Word.DIFFERENT), roots),
        unsure=_between_roots(_pairs(said, Word.UNSURE), roots),
        meant_kinds=meant,
    )


def touched_by(seeds: Iterable[int], groups: Sequence[Callable[[int], Iterable[int]]]) -> set[int]:
    """Return all bases that hang together with these: each of `groups` gives the company of a base."""
    found: set[int] = set()
    waiting = set(seeds)
    while waiting:
        found |= waiting
        waiting = {each for base in waiting for group in groups for each in group(base)} - found
    return found


class _Joined:
    """Groups of bases with their roots, and whom each group is kept apart from."""

    def __init__(self, apart: Mapping[frozenset[int], int]) -> None:
        self._members: dict[int, set[int]] = {}
        self._group: dict[int, int] = {}
        self._root: dict[int, int] = {}
        self._apart = apart
        self._enemies: dict[int, set[int]] = defaultdict(set)
        for pair in apart:
            one, other = sorted(pair)
            self._enemies[one].add(other)
            self._enemies[other].add(one)
        self.conflicts: list[Conflict] = []

    def join(self, left: int, right: int, *, because: int) -> None:
        mine, theirs = self._group.get(left, left), self._group.get(right, right)
        if mine == theirs:
            return
        ours = self._members.get(mine, {left})
        others = self._members.get(theirs, {right})
        forbidding = [
            self._apart[frozenset((one, enemy))] for one in ours for enemy in self._enemies[one] & others
        ]
        if forbidding:
            self.conflicts.append(Conflict(because, min(forbidding)))
            return
        root = self._root.get(theirs, right)
        kept, gone = (theirs, mine) if len(others) >= len(ours) else (mine, theirs)
        self._members[kept] = ours | others
        self._members.pop(gone, None)
        self._group.update(dict.fromkeys(self._members[kept], kept))
        self._root[kept] = root

    def roots(self) -> dict[int, int]:
        return {
            base: self._root[group]
            for group, members in self._members.items()
            for base in members
            if group in self._root
        }


def _pairs(said: Iterable[Said], word: Word) -> dict[frozenset[int], int]:
    """Return the pairs of a word with the id of the last verdict on each."""
    return {
        frozenset((each.left, each.right)): each.id
        for each in said
        if each.word is word and each.left is not None and each.right is not None and each.left != each.right
    }


def _called(
    known: Mapping[int, Base], said: Sequence[Said], meant: Mapping[int, frozenset[str]]
) -> dict[int, list[int]]:
    """Return, by the id of a verdict that gives an actor a spelling, the bases that are called so.

    Of several verdicts on one spelling the last counts: two actors are not joined by a name they were both given.
    """
    last: dict[tuple[str, str], Said] = {}
    for each in said:
        if each.word in _GIVES_SPELLING and each.left is not None and each.left in known:
            last.update({(each.text, kind): each for kind in meant[each.left]})
    called: dict[int, list[int]] = defaultdict(list)
    for base in sorted(known.values(), key=lambda base: base.key):
        each_last = last.get((base.name, base.kind))
        if each_last is not None and not base.made and each_last.left != base.key:
            called[each_last.id].append(base.key)
    return called


def _between_roots(
    pairs: Mapping[frozenset[int], int], roots: Mapping[int, int]
) -> dict[frozenset[int], int]:
    found = {frozenset(roots.get(base, base) for base in pair): id_ for pair, id_ in pairs.items()}
    return {pair: id_ for pair, id_ in found.items() if len(pair) > 1}


def _hidden(said: Iterable[Said]) -> Iterable[int]:
    for each in said:
        if each.word is Word.NOT_AN_ACTOR and each.left is not None:
            yield each.left
        if each.word is Word.NOT_A_NAME and each.right is not None:
            yield each.right


def _spelling_steps(said: Sequence[Said]) -> dict[str, tuple[tuple[int, Said], ...]]:
    """Return the verdicts on each spelling with their place in time; those on one page are left out."""
    steps: dict[str, list[tuple[int, Said]]] = defaultdict(list)
    for place, each in enumerate(said):
        if each.word in _GIVES_SPELLING:
            steps[each.text].append((place, each))
        elif each.word in _TAKES_SPELLING and not each.page:
            steps[each.spelling].append((place, each))
    return {spelling: tuple(found) for spelling, found in steps.items()}
