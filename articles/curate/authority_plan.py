"""What an actor file would do to the archive: who is new, who joins whom, who is in doubt. Nothing is written.

The joins are those of the machine (`articles.resolve.across`), held to three more rules, because a file of actors
was made by people and what it brings stays: two entries of one file are two actors, a surname alone joins nobody,
and a mere likeness has to be great.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from articles.ingest.actors import first_day, last_day
from articles.ingest.known_actors import whole_directory
from articles.ingest.settle import standing
from articles.mentions.spans import Kind, NameSpan, RoleSpan
from articles.models import Actor, Alias, Role
from articles.models.authority_batch import AuthorityEntryLink
from articles.resolve.across import SAME_PERSON, ActorDirectory
from articles.resolve.actors import Candidate, LocalActor, Resolution
from articles.resolve.authority_files import AuthorityEntry, Format, Office, Problem
from articles.resolve.names import normalise
from articles.resolve.register import is_telling, keys_of

# How many rows one question to the database asks for.
AT_ONCE = 500
# So many names of an entry are looked up; dictionaries hold dozens of misspellings of one name.
MOST_NAMES = 6
# From this likeness on an entry joins. The machine joins a mention earlier (SAME_PERSON), where the next page mends
# a mistake; an entry brings its spellings and offices for good. On the 6,600 international heads of the PETRARCH
# dictionaries against the 18,300 of its states, 7 of the 24 joins from .85 on were wrong, 3 of the 16 from .95 on, by
# hand: import both again to an empty archive and read the table when this moves.
JOIN_FROM = 0.95
# From this likeness on a candidate is a doubt worth a person's time, as for mentions.
DOUBT_FROM = SAME_PERSON
# A variant must be the very name of a known body to join it (the resolver's score for the same name).
SAME_NAME = 0.98
_SPREAD = 1000  # characters between two names of an entry, so that no role stands beside another name


class State(StrEnum):
    """What becomes of an entry."""

    NEW = "new"
    JOINS = "joins"
    DOUBTFUL = "doubtful"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class PlannedEntry:
    """An entry and what becomes of it. `actor` is the machine's actor that it is, None for one to be made.

    `root` is the one that this stands for, `actor_name` what the archive calls it. `variants` and `offices`
    are those that it does not have yet. `candidates` are whom a doubtful one may be.
    """

    entry: AuthorityEntry
    key: str
    state: State
    reason: str = ""
    score: float = 0.0
    actor: int | None = None
    root: int | None = None
    actor_name: str = ""
    variants: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    candidates: tuple[Candidate, ...] = ()

    @property
    def changes(self) -> bool:
        """True when applying it writes something."""
        return self.state is not State.KNOWN or bool(self.variants or self.offices)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What a file would do. `last_actor` is the newest actor of the archive when it was planned."""

    source: str
    form: Format
    digest: str
    entries: tuple[PlannedEntry, ...]
    problems: tuple[Problem, ...]
    last_actor: int

    def counts(self) -> dict[str, int]:
        """Return how many entries are new, join, are doubtful or known, and how much is added."""
        states = Counter(planned.state for planned in self.entries)
        return {
            **{state.value: states[state] for state in State},
            "variants": sum(len(planned.variants) for planned in self.entries),
            "offices": sum(len(planned.offices) for planned in self.entries),
            "problems": len(self.problems),
        }


@dataclass(frozen=True, slots=True)
class _Verdict:
    actor: int | None
    score: float
    reason: str
    doubtful: bool = False
    candidates: tuple[Candidate, ...] = ()


def plan(
    read: Iterable[AuthorityEntry | Problem], *, source: str, form: Format, content: bytes
) -> ImportPlan:
    """Plan an import of what a reader gave of a file; `source` is the file's name.

    1. Entries that an earlier import of this file brought are known. 2. Each other one is looked up in the
    archive. 3. Where two meet in one actor the nearer joins. 4. What each of them adds.
    """
    entries: list[AuthorityEntry] = []
    problems: list[Problem] = []
    for each in read:
        (problems if isinstance(each, Problem) else entries).append(each)  # type: ignore[arg-type]
    keys = list(_keys(entries, source=source, form=form))
    now, said = standing()
    directory = whole_directory(now, said)  # a file asks many thousand times
    last_actor = Actor.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    before = _imported(keys)  # 1.
    # 2.
    found = [
        _Verdict(before[key], 1.0, "an earlier import brought it")
        if key in before
        else _find(entry, directory)
        for entry, key in zip(entries, keys, strict=True)
    ]
    _part(entries, found, known=[key in before for key in keys])  # 3.
    planned = [
        PlannedEntry(
            entry=entry,
            key=key,
            state=_state(verdict, known=key in before),
            reason=verdict.reason,
            score=verdict.score,
            actor=verdict.actor,
            root=now.root(verdict.actor) if verdict.actor is not None else None,
            candidates=verdict.candidates,
        )
        for entry, key, verdict in zip(entries, keys, found, strict=True)
    ]
    digest = hashlib.sha256(content).hexdigest()
    return ImportPlan(source, form, digest, tuple(_additions(planned)), tuple(problems), last_actor)  # 4.


def _keys(entries: Iterable[AuthorityEntry], *, source: str, form: Format) -> Iterator[str]:
    """Give each entry's key: the file's own id where it has them, else name and kind, and which of that name."""
    seen: Counter[str] = Counter()
    for entry in entries:
        own = form is Format.FTM
        told = f"ftm\n{entry.source}" if own else f"{source}\n{entry.kind.value}\n{normalise(entry.name)}"
        seen[told] += 1
        yield hashlib.sha256(f"{told}\n{seen[told]}".encode()).hexdigest()


def _imported(keys: Sequence[str]) -> dict[str, int]:
    known: dict[str, int] = {}
    for at in range(0, len(keys), AT_ONCE):
        links = AuthorityEntryLink.objects.filter(key__in=keys[at : at + AT_ONCE])
        known.update(links.values_list("key", "actor"))
    return known


def _find(entry: AuthorityEntry, directory: ActorDirectory) -> _Verdict:
    """2. Look an entry up by its names, all at once and then one by one."""
    spelled = (entry.name, *entry.variants)
    names = [name for name in spelled if is_telling(name, entry.kind)][:MOST_NAMES]
    whole = directory.resolve(_local(entry, names or [entry.name]))
    if not names:
        candidates = _with_join(whole)
        reason = f"{whole.reason}; a name that is not full joins nobody by itself"
        return _Verdict(None, whole.score, reason, bool(candidates), candidates)
    answers = [whole] if whole.key is not None and whole.score >= JOIN_FROM else []
    for name in names[1:]:
        answer = directory.resolve(_local(entry, [name]))
        if answer.key is not None and answer.score >= SAME_NAME:
            answers.append(answer)
    roots = {answer.root or answer.key for answer in answers}
    if len(roots) > 1:
        candidates = tuple(one for answer in answers for one in _with_join(answer))
        reason = "the archive keeps apart what the file calls one actor; a person has to decide"
        return _Verdict(None, max(answer.score for answer in answers), reason, True, candidates)  # noqa: FBT003
    if answers:
        best = max(answers, key=lambda answer: answer.score)
        return _Verdict(int(best.key or 0), best.score, best.reason)
    likely = tuple(one for one in whole.candidates if one.score >= DOUBT_FROM)
    candidates = _with_join(replace(whole, candidates=likely))
    near = f"{whole.reason}; too little to join by for good" if whole.key is not None else whole.reason
    return _Verdict(None, whole.score, near, bool(candidates), candidates)


def _local(entry: AuthorityEntry, names: Sequence[str]) -> LocalActor:
    """Return an entry as if an article named it, with its offices beside its name."""
    spans = tuple(
        NameSpan(
            start=at * _SPREAD,
            end=at * _SPREAD + len(name),
            surface=name,
            kind=entry.kind,
            zone="body",
            method="authority file",
            confidence=1.0,
        )
        for at, name in enumerate(names)
    )
    roles = tuple(
        RoleSpan(0, 0, phrase_of(office), 0, office.title, office.of or None) for office in entry.offices
    )
    return LocalActor(names[0], entry.kind, spans, roles, None, "An actor file names it.")


def _with_join(answer: Resolution) -> tuple[Candidate, ...]:
    """Return whom an answer means or may mean, as candidates."""
    joined = (Candidate(answer.key, answer.score, answer.reason),) if answer.key is not None else ()
    return (*joined, *answer.candidates)


def _part(entries: Sequence[AuthorityEntry], found: list[_Verdict], *, known: Sequence[bool]) -> None:
    """3. Let only one entry of the file be each actor: what came before, else the nearest, else none.

    Entries of one name that are new stay two as well; the later ones are told of as doubtful.
    """
    meeting: dict[int, list[int]] = defaultdict(list)
    for at, verdict in enumerate(found):
        if verdict.actor is not None:
            meeting[verdict.actor].append(at)
    for actor, several in meeting.items():
        claims = [at for at in several if known[at]]
        best = max(found[at].score for at in several)
        nearest = claims or [at for at in several if found[at].score == best]
        for at in several:
            if known[at] or (nearest == [at] and not claims):
                continue
            other = next((entries[one] for one in nearest if one != at), entries[at])
            reason = f"line {other.line} ({other.name}) is that actor too; two entries of a file stay apart"
            candidate = Candidate(str(actor), found[at].score, found[at].reason)
            found[at] = _Verdict(None, found[at].score, reason, doubtful=True, candidates=(candidate,))
    first: dict[tuple[str, Kind], int] = {}
    for at, (entry, verdict) in enumerate(zip(entries, found, strict=True)):
        twin = first.setdefault((keys_of(entry.name, entry.kind).exact, entry.kind), at)
        if twin != at and verdict.actor is None and not verdict.doubtful:
            reason = f"line {entries[twin].line} has the same name; two entries of a file stay apart"
            found[at] = replace(verdict, reason=reason, doubtful=True)


def _state(verdict: _Verdict, *, known: bool) -> State:
    if known:
        return State.KNOWN
    if verdict.doubtful:
        return State.DOUBTFUL
    return State.NEW if verdict.actor is None else State.JOINS


def _additions(planned: Sequence[PlannedEntry]) -> Iterator[PlannedEntry]:
    """4. Give each entry with the spellings and offices that its actor does not have yet."""
    for at in range(0, len(planned), AT_ONCE):
        some = planned[at : at + AT_ONCE]
        actors = {one.actor for one in some if one.actor is not None}
        names = dict(Actor.objects.filter(pk__in={o.root for o in some if o.root}).values_list("pk", "name"))
        spelt, held = spellings_of(actors), offices_of(actors)
        for one in some:
            has = spelt.get(one.actor or 0, set())
            spelled = dict.fromkeys((one.entry.name, *one.entry.variants))
            yield replace(
                one,
                actor_name=names.get(one.root or 0, ""),
                variants=tuple(name for name in spelled if name not in has),
                offices=tuple(
                    office
                    for office in one.entry.offices
                    if _slot(office) not in held.get(one.actor or 0, set())
                ),
            )


OfficeSlot = tuple[str, str, date | None, date | None]


def _slot(office: Office) -> OfficeSlot:
    return office.title, office.of, first_day(office.start), last_day(office.end)


def spellings_of(actors: Iterable[int]) -> dict[int, set[str]]:
    """Return the spellings of actors of the machine, those that a curator took away among them."""
    found: dict[int, set[str]] = defaultdict(set)
    for actor, surface in Alias.every.filter(actor__in=set(actors)).values_list("actor", "surface"):
        found[actor].add(surface)
    return found


def offices_of(actors: Iterable[int]) -> dict[int, set[OfficeSlot]]:
    """Return the offices that no article told of, by the machine's actor."""
    found: dict[int, set[OfficeSlot]] = defaultdict(set)
    roles = Role.objects.filter(machine_actor__in=set(actors), article=None)
    for role in roles.only("machine_actor", "title", "organisation", "held_from", "held_to"):
        found[role.machine_actor_id or 0].add((role.title, role.organisation, role.held_from, role.held_to))
    return found


def phrase_of(office: Office) -> str:
    """Return an office as it is shown: "foreign minister of Vessa"."""
    return f"{office.title} of {office.of}" if office.of else office.title
