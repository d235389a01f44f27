"""One question to the directory: which known actor a local one is, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from articles.mentions.spans import Kind
from articles.resolve.actors import Candidate, Resolution
from articles.resolve.compare import compare_names
from articles.resolve.lone import answer_for_acronym, answer_for_surname, began_by_surname, known_by_surname
from articles.resolve.register import is_telling, keys_of
from articles.resolve.weighing import MOST_CANDIDATES, Bearer, Question

# From this likeness on two names are one actor; below it they stay apart until a person says otherwise.
# Persons: chosen on name_pairs_dev.csv for a precision of at least .92 (see tests/resolve and the report
# of score_names.py); bodies need more, because one word ("Trust", "Bank") makes another body.
SAME_PERSON = 0.85
SAME_BODY = 0.9

# Two candidates closer than this are a tie, and a tie joins neither unless the context decides.
CLEAR_LEAD = 0.03
SAME_NAME = 0.98
NAME_BY_CONTEXT = 0.85

# A block with more names than this is one like Mohammed, and is not looked through: the other word of the
# name, or the pair of both, finds the variants.
MOST_IN_BLOCK = 500
# Of all names in the blocks so many are compared in full, the likeliest by letters; each costs some 50 microseconds,
# so a lookup stays within 5 ms (benchmarks/bench_resolve.py).
MOST_COMPARED = 60
# Names with one block in common are compared only when their letters are this much alike, of 100: the other words
# must differ by a letter or be an initial, or the likeness stays below what is worth saying.
LEAST_ALIKE = 60

# A likeness worth telling a curator of, though too small to join by.
WORTH_SAYING = 0.6


@dataclass
class Lookup:
    """The steps to an answer; made for one question and thrown away."""

    ask: Question
    comparisons: int = field(default=0, init=False)

    def answer(self) -> Resolution:
        """Give the first answer of: rulings, authority files, lone name, same name, variant, lone actor."""
        ask = self.ask
        ruled = self._ruled() or self._authority()
        if ruled:
            return ruled
        if not ask.names:
            return answer_for_surname(ask) if ask.local.kind is Kind.PERSON else answer_for_acronym(ask)
        return self._same_name() or self._variant()

    # --- 1. and 2. rulings and authority files ---

    def _ruled(self) -> Resolution | None:
        local = self.ask.local
        written = [s for s in local.surfaces if is_telling(s, local.kind)] or local.surfaces
        for name in dict.fromkeys((*written, local.name)):
            numbers = [self.ask.register.number(key) for key in self.ask.verdicts.spelt(name)]
            meant = self.ask.by_root(
                Bearer(n, self.ask.register.root(n), 1.0, name)
                for n in numbers
                if n is not None and self.ask.register.kind(n) is local.kind and self.ask.may_be(n)
            )
            if len(meant) == 1:
                known = self.ask.register.name(meant[0].number)
                return self.ask.join(meant[0], 1.0, f'a person ruled that "{name}" is a spelling of {known}')
            if meant:
                return self.ask.doubt(
                    meant, f'people ruled that "{name}" is a spelling of several actors; one ruling has to go'
                )
        return None

    def _authority(self) -> Resolution | None:
        if not self.ask.local.authority:
            return None
        known = self.ask.register.by_authority(self.ask.local.authority, self.ask.local.kind)
        fits = self.ask.by_root(self.ask.bearers(known, 1.0))
        if not fits:
            return None
        return self.ask.join(fits[0], 1.0, f"the authority files know both as {self.ask.local.authority}")

    # --- 3. the same name ---

    def _same_name(self) -> Resolution | None:
        """The same name, but for case, titles, accents and word order."""
        for name in self.ask.names:
            fits = self.ask.by_root(
                self.ask.bearers(self.ask.register.bearers_of(name, self.ask.local.kind), SAME_NAME, name)
            )
            if len(fits) == 1:
                known = self.ask.register.name(fits[0].number)
                return self.ask.joined_unless_strangers(fits[0], f'"{name}" is the same name as {known}')
            if fits:
                return self.ask.chosen(fits, NAME_BY_CONTEXT, f'several known actors bear the name "{name}"')
        return None

    # --- 4. a variant of the name ---

    def _variant(self) -> Resolution:
        bar = SAME_PERSON if self.ask.local.kind is Kind.PERSON else SAME_BODY
        ranked = self.ask.by_root(self._scored())
        if not ranked or ranked[0].score < bar:
            return known_by_surname(self.ask) or self._new(ranked)
        tied = [one for one in ranked if ranked[0].score - one.score < CLEAR_LEAD]
        best, name = tied[0], self.ask.local.name
        if len(tied) > 1:
            names = [self.ask.register.name(one.number) for one in tied[:2]]
            return self.ask.chosen(
                tied, min(best.score, NAME_BY_CONTEXT), f"{name} is as near to {names[0]} as to {names[1]}"
            )
        known = self.ask.register.name(best.number)
        return self.ask.joined_unless_strangers(
            best, f'"{best.name}" is a spelling of {known} (likeness {best.score:.2f} of 1)'
        )

    def _scored(self) -> Iterable[Bearer]:
        """Give the likeliest known names with their likeness; what is not looked at, is never joined."""
        for name in self.ask.names:
            near = [self.ask.register.entry(entry) for entry in self._near(name)]
            self.ask.register.meet(number for number, _ in near)
            for number, theirs in near:
                if self.ask.may_be(number):
                    self.comparisons += 1
                    score = compare_names(name, theirs, kind=self.ask.local.kind)
                    yield Bearer(number, self.ask.register.root(number), score, name)

    def _near(self, name: str) -> Sequence[int]:
        """Return the entries to compare a name with: those of most common blocks, then the likest letters."""
        shared: dict[int, int] = {}
        for key in keys_of(name, self.ask.local.kind).blocks:
            block = self.ask.register.block(key, self.ask.local.kind)
            if len(block) <= MOST_IN_BLOCK:
                for entry in block:
                    shared[entry] = shared.get(entry, 0) + 1
        found = [entry for entry, times in shared.items() if times > 1]
        if len(found) > MOST_COMPARED:
            found = self._likest(name, found, MOST_COMPARED)
        once = [entry for entry, times in shared.items() if times == 1]
        return [*found, *self._likest(name, once, MOST_COMPARED - len(found), least=LEAST_ALIKE)]

    def _likest(self, name: str, entries: Sequence[int], most: int, *, least: int = 0) -> list[int]:
        if not entries or not most:
            return []
        choices = {entry: self.ask.register.entry(entry)[1] for entry in entries}
        likest = process.extract(
            name, choices, scorer=fuzz.token_sort_ratio, processor=str.lower, limit=most, score_cutoff=least
        )
        return [entry for _, _, entry in likest]

    def _new(self, ranked: Sequence[Bearer]) -> Resolution:
        near = [one for one in ranked if one.score > WORTH_SAYING]
        saying = f"no known actor has a name like {self.ask.local.name}"
        if near:
            saying += f"; the nearest is {self.ask.register.name(near[0].number)} with {near[0].score:.2f}"
        candidates = [*map(self._candidate_alike, near)]
        roots = {one.root for one in near}
        candidates += [
            self._candidate_renamed(one) for one in began_by_surname(self.ask) if one.root not in roots
        ]
        return Resolution(
            None, ranked[0].score if ranked else 0.0, saying, candidates=tuple(candidates[:MOST_CANDIDATES])
        )

    def _candidate_alike(self, one: Bearer) -> Candidate:
        known = self.ask.register.name(one.number)
        saying = f'"{one.name}" is like {known} ({one.score:.2f} of 1), too little to join by'
        return Candidate(self.ask.register.key(one.number), round(one.score, 3), saying)

    def _candidate_renamed(self, one: Bearer) -> Candidate:
        known = self.ask.register.name(one.number)
        saying = (
            f"{known} was known by the surname alone at first; some of what names it so may mean "
            f"{self.ask.local.name}"
        )
        return Candidate(self.ask.register.key(one.number), one.score, saying)
