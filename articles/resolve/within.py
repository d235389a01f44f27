"""Joining the names of one article: which spans mean the same actor."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from articles.mentions.authority import Authority
from articles.mentions.lexicons import alternatives
from articles.mentions.person_names import is_full_name, name_words, surnames_of
from articles.mentions.spans import Gender, Kind, Mentions, NameSpan, RoleSpan, Zone
from articles.resolve.actors import ArticleActors, LocalActor
from articles.resolve.compare import compare_names
from articles.resolve.names import is_acronym, organisation_tokens, person_tokens, skeleton

# Two full names in one article are spellings of one person from here on. Writers are consistent, so it
# is higher than across the archive; found on the seeds and the demo pages, see tests/resolve.
SAME_PERSON_WITHIN = 0.93

# The body's names are the fullest, so they lead; a headline adds to them.
ZONE_ORDER: tuple[Zone, ...] = ("body", "subtitle", "headline", "caption", "source")


@dataclass
class _Group:
    """Spans on their way to one LocalActor."""

    kind: Kind
    name: str
    spans: list[NameSpan] = field(default_factory=list)
    authority: str | None = None
    reason: str = ""

    def gender(self) -> Gender | None:
        told = Counter(span.gender for span in self.spans if span.gender)
        return told.most_common(1)[0][0] if len(told) == 1 else None


def join_within(zones: Mapping[Zone, Mentions], *, authority: Authority | None = None) -> ArticleActors:
    """Return the actors of one article from what was found in its zones; quotes are the body's, reported clauses too.

    1. states by the state they mean, 2. persons: full names, then surnames, 3. bodies and media by
    listed name, then acronyms, short forms. Every LocalActor says in `reason` why its spans are one.
    """
    facts = authority or Authority()
    spans = [span for zone in ZONE_ORDER if zone in zones for span in zones[zone].names]
    roles = [role for zone in ZONE_ORDER if zone in zones for role in zones[zone].roles]
    groups = [
        *_states([s for s in spans if s.kind is Kind.STATE], facts),
        *_persons([s for s in spans if s.kind is Kind.PERSON], facts),
        *_bodies([s for s in spans if s.kind in (Kind.ORGANISATION, Kind.MEDIA)], facts),
    ]
    order = {span: at for at, span in enumerate(spans)}
    for group in groups:
        group.spans.sort(key=order.__getitem__)
    actors = [_actor(group, roles) for group in groups]
    actors.sort(key=lambda actor: order[actor.spans[0]])
    body = zones.get("body", Mentions((), (), ()))
    # What is partly quoted is there as its direct part; the clause around it would say it twice.
    reported = [clause for clause in body.reported if clause.kind == "reported"]
    said = sorted((*body.quotes, *reported), key=lambda quote: (quote.start, quote.end))
    places = (place for zone in ZONE_ORDER if zone in zones for place in zones[zone].places)
    return ArticleActors(tuple(actors), tuple(said), tuple(places))


def _actor(group: _Group, roles: Iterable[RoleSpan]) -> LocalActor:
    starts = {span.start for span in group.spans if span.zone == "body"}
    own = tuple(role for role in roles if role.name_start in starts)
    return LocalActor(group.name, group.kind, tuple(group.spans), own, group.authority, group.reason)


# --- states ---


def _states(spans: Sequence[NameSpan], facts: Authority) -> list[_Group]:
    groups: dict[str, _Group] = {}
    for span in spans:
        state = span.qualifier or facts.key_of(span.surface, Kind.STATE) or span.surface
        known = facts.key_of(state, Kind.STATE)
        group = groups.setdefault(
            state,
            _Group(Kind.STATE, state, authority=known, reason=f"every name here means the state {state}"),
        )
        group.spans.append(span)
    return list(groups.values())


# --- persons ---


def _persons(spans: Sequence[NameSpan], facts: Authority) -> list[_Group]:
    full = [span for span in spans if is_full_name(span.surface)]
    lone = [span for span in spans if not is_full_name(span.surface)]
    groups = _full_names(full, facts)
    for span in lone:
        _place_surname(span, groups, facts)
    return groups


def _full_names(spans: Sequence[NameSpan], facts: Authority) -> list[_Group]:
    groups: list[_Group] = []
    for span in spans:
        known = facts.key_of(span.surface, Kind.PERSON)
        home = next((g for g in groups if _same_full_name(g, span.surface, known)), None)
        if home is None:
            home = _Group(Kind.PERSON, known or span.surface, authority=known, reason="named in full")
            groups.append(home)
        home.spans.append(span)
        if home.authority is None and len(span.surface) > len(home.name):
            home.name = span.surface
    return groups


def _same_full_name(group: _Group, surface: str, known: str | None) -> bool:
    if known and group.authority:
        return known == group.authority
    return any(_one_person(span.surface, surface) for span in group.spans)


def _one_person(a: str, b: str) -> bool:
    """Two full names of one article: alike, or one within the other ("Tayyip Erdogan")."""
    left, right = set(person_tokens(a)), set(person_tokens(b))
    if min(len(left), len(right)) > 1 and (left <= right or right <= left):
        return True
    return compare_names(a, b, kind=Kind.PERSON) >= SAME_PERSON_WITHIN


def _place_surname(span: NameSpan, groups: list[_Group], facts: Authority) -> None:
    """Put a lone name with the only person here that it can mean, else by itself."""
    mine = _surname_key(span.surface)
    bearers = [g for g in groups if mine in _keys_of(g)]
    full = [g for g in bearers if any(is_full_name(s.surface) for s in g.spans)]
    if len(full) > 1 and span.gender:
        fitting = [g for g in full if g.gender() in (None, span.gender)]
        sure = [g for g in fitting if g.gender() == span.gender]
        full = sure if len(sure) == 1 else fitting
    if len(full) == 1:
        full[0].spans.append(span)
        full[0].reason = f"named in full as {full[0].name}; nobody else of the name {span.surface} fits here"
        return
    if not bearers and _place_given_name(span, groups):
        return
    ambiguous = len(full) > 1
    alone = next((g for g in bearers if g not in full and not ambiguous), None)
    alone = alone or next((g for g in groups if g.name == span.surface and _lonely(g)), None)
    if alone is not None:
        alone.spans.append(span)
        return
    known = None if ambiguous else facts.key_of(span.surface, Kind.PERSON)
    if known:
        reason = f"no first name here; the authority files say that {span.surface} is {known}"
    elif ambiguous:
        reason = f"several people here bear the name {span.surface}: " + ", ".join(g.name for g in full)
    else:
        reason = "named without a first name"
    home = next((g for g in groups if known and g.authority == known), None)
    if home is None:
        home = _Group(Kind.PERSON, known or span.surface, authority=known, reason=reason)
        groups.append(home)
    home.spans.append(span)


def _place_given_name(span: NameSpan, groups: list[_Group]) -> bool:
    """Put a lone given name ("Osanna was eleven") with the only full name here that begins with it."""
    called = [
        g
        for g in groups
        if any(is_full_name(s.surface) and name_words(s.surface)[0] == span.surface for s in g.spans)
    ]
    if len(called) != 1:
        return False
    called[0].spans.append(span)
    called[0].reason = f"{called[0].name} is the only one here whose first name is {span.surface}"
    return True


def _lonely(group: _Group) -> bool:
    return not any(is_full_name(span.surface) for span in group.spans)


def _surname_key(surface: str) -> str:
    return skeleton(name_words(surface)[-1] if name_words(surface) else surface)


def _keys_of(group: _Group) -> set[str]:
    names = [group.name, *(span.surface for span in group.spans)]
    keys = {skeleton(surname) for name in names for surname in surnames_of(name)}
    # A person may also be called by the given name alone ("Saddam", "Hillary" in a headline).
    keys |= {skeleton(name_words(name)[0]) for name in names if is_full_name(name) and not surnames_of(name)}
    return keys or {_surname_key(group.name)}


# --- bodies and media ---


def _bodies(spans: Sequence[NameSpan], facts: Authority) -> list[_Group]:
    groups: list[_Group] = []
    defined = _definitions(spans)
    later: list[NameSpan] = []
    for span in spans:
        if is_acronym(span.surface) and span.method.startswith("acronym"):
            later.append(span)
        else:
            _place_body(span, groups, facts)
    for span in later:
        long_name = defined.get(span.surface)
        home = next((g for g in groups if long_name and any(s.surface == long_name for s in g.spans)), None)
        if home is None:
            home = _Group(span.kind, span.surface, reason="an acronym that this text does not explain")
            groups.append(home)
        else:
            home.reason = f"this text says that {span.surface} is “{long_name}”"
        home.spans.append(span)
    return _short_forms(groups)


def _definitions(spans: Sequence[NameSpan]) -> dict[str, str]:
    """Acronyms that the text explains: the defining span stands straight behind the long name."""
    defined: dict[str, str] = {}
    for before, after in itertools.pairwise(spans):
        here = (before.zone, before.zone_index) == (after.zone, after.zone_index)
        touching = here and 0 < after.start - before.end <= len(", or ")
        if touching and after.method == "acronym defined":
            defined.setdefault(after.surface, before.surface)
    return defined


def _place_body(span: NameSpan, groups: list[_Group], facts: Authority) -> None:
    key = _body_key(span, facts)
    home = next((g for g in groups if g.authority == key.authority and _slot(g) == key.slot), None)
    if home is None:
        home = _Group(key.kind, key.name, authority=key.authority, reason=key.reason)
        groups.append(home)
    home.spans.append(span)


@dataclass(frozen=True, slots=True)
class _BodyKey:
    kind: Kind
    name: str
    slot: str
    authority: str | None
    reason: str


def _slot(group: _Group) -> str:
    return group.authority or " ".join(sorted(organisation_tokens(group.name)))


def _body_key(span: NameSpan, facts: Authority) -> _BodyKey:
    for kind in (span.kind, Kind.MEDIA, Kind.ORGANISATION):
        known = facts.key_of(span.surface, kind)
        if known:
            return _BodyKey(kind, known, known, known, f"listed as {known}")
    if span.method == "ministry" and span.qualifier:
        name = ministry_name(span.surface, span.qualifier, facts)
        known = facts.key_of(name, Kind.ORGANISATION)
        return _BodyKey(
            Kind.ORGANISATION,
            known or name,
            known or " ".join(sorted(organisation_tokens(name))),
            known,
            f"a ministry of {span.qualifier}",
        )
    slot = " ".join(sorted(organisation_tokens(span.surface)))
    return _BodyKey(span.kind, span.surface, slot, None, "named so here")


@cache
def _portfolio() -> re.Pattern[str]:
    one = alternatives("bodies", "portfolio")
    both = rf"(?:{one})(?:\s+and\s+(?:{one}))?"
    return re.compile(
        rf"(?P<before>{both})\s+ministry|ministry\s+of\s+(?:the\s+)?(?P<behind>{both})", re.IGNORECASE
    )


def ministry_name(surface: str, state: str, facts: Authority) -> str:
    """Give "Moscow's foreign ministry" one name for all its spellings: "Russian Foreign Ministry"."""
    match = _portfolio().search(surface)
    portfolio = (match["before"] or match["behind"]) if match else surface
    portfolio = " ".join(word if word == "and" else word.capitalize() for word in portfolio.lower().split())
    portfolio = portfolio.replace("Defense", "Defence").replace("Foreign Affairs", "Foreign")
    fact = next((one for one in facts.states if one.name == state), None)
    owner = fact.demonyms[0] if fact and fact.demonyms else state
    return f"{owner} {portfolio} Ministry"


def _short_forms(groups: list[_Group]) -> list[_Group]:
    """Put a shorter name with the one longer name it is the head or the beginning of."""
    kept: list[_Group] = []
    for group in sorted(groups, key=lambda g: -len(g.name)):
        longer = [g for g in kept if _is_short_for(group, g)]
        if group.authority is None and len(longer) == 1:
            longer[0].spans.extend(group.spans)
            longer[0].reason = f"“{group.name}” is short for {longer[0].name} here"
        else:
            kept.append(group)
    return kept


def _is_short_for(short: _Group, long: _Group) -> bool:
    mine = organisation_tokens(short.name)
    if short.kind is not long.kind or short.authority:
        return False
    if is_acronym(short.name):
        return any(_initials(span.surface) == short.name.replace(".", "") for span in long.spans)
    for span in long.spans:
        theirs = organisation_tokens(span.surface)
        if len(mine) >= len(theirs):
            continue
        if set(mine) <= set(theirs) and (mine[-1] == theirs[-1] or mine == theirs[: len(mine)]):
            return True
    return False


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())
