"""Actors named by more or less than a name: "Foreign Minister Orban", "the Ruritanian envoy", "rebel forces".

They are mentions, not names: no actor of the archive is made of one, so that no page of an actor is called
"a spokesman". Whose mention it is stands in `name_start` where this text tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from articles.mentions.gazetteer import Hit
from articles.mentions.lexicons import alternatives, words
from articles.mentions.plain import Stretch
from articles.mentions.roles import body_of, title_of
from articles.mentions.spans import Kind, NameSpan, PhraseSpan, RoleSpan
from articles.mentions.states import StateWord

_DETERMINER = r"(?:the|an?|its|his|her|their|our|another|one of the)"
# A word of a name or of an office written with capitals, with its owner's ending.
_CAPITAL_WORD = r"(?:(?:[A-Z]\.){2,}|[A-Z][\w-]*(?:\.[A-Z])*)(?:'s?)?"
# How far a role reaches behind its head: "of Foreign Affairs", "for Human Rights", "of the Coast Guard".
_COMPLEMENT = (
    rf"(?:\s+(?:of|for|to|in)\s+(?:the\s+)?{_CAPITAL_WORD}"
    rf"(?:\s+(?:(?:and|of|the|for|in)\s+){{0,2}}{_CAPITAL_WORD}){{0,5}})?"
)


# How far a phrase may reach to the left and the right of its noun, in characters.
_REACH = 100


def _around(view: str, noun: re.Pattern[str], phrase: re.Pattern[str], group: str) -> Iterator[re.Match[str]]:
    """Yield the matches of a phrase by its noun, which is quick to find where the whole is slow to try."""
    done = 0
    for one in noun.finditer(view):
        if one.start() < done:
            continue
        match = phrase.search(view, max(done, one.start() - _REACH), one.end() + _REACH)
        if match and match.start(group) <= one.start() < match.end(group):
            done = match.end()
            yield match


@cache
def _role_noun() -> re.Pattern[str]:
    heads = (alternatives("titles", "office"), alternatives("titles", "office_of_a_body"))
    return re.compile(rf"\b(?:{'|'.join(heads)})\b", re.IGNORECASE)


@cache
def _group_noun() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives('groups', 'noun')})\b", re.IGNORECASE)


@cache
def _role() -> re.Pattern[str]:
    """Match a role with its determiner, owner, modifiers and complement."""
    heads = "|".join((alternatives("titles", "office"), alternatives("titles", "office_of_a_body")))
    modifiers = rf"(?:{alternatives('titles', 'modifier')})"
    owner = rf"(?:{_CAPITAL_WORD}\s+){{0,4}}"
    return re.compile(
        rf"(?<![\w'-])(?P<lead>(?i:{_DETERMINER})\s+)?"
        rf"(?P<role>(?:{modifiers}\s+){{0,3}}{owner}(?:(?i:{modifiers})\s+){{0,4}}(?P<head>(?i:{heads})))"
        rf"(?![\w-]){_COMPLEMENT}"
    )


@cache
def _group() -> re.Pattern[str]:
    """Match a group by the common noun at its end, with what stands before it."""
    kinds = alternatives("groups", "quality")
    return re.compile(
        rf"(?<![\w'-])(?P<owner>(?:{_CAPITAL_WORD}\s+){{0,4}}?)"
        rf"(?P<quality>(?:(?i:{kinds})\s+){{0,3}})(?P<noun>(?i:{alternatives('groups', 'noun')}))(?![\w-])"
    )


def find_phrases(
    view: str,
    names: Sequence[NameSpan],
    roles: Sequence[RoleSpan],
    hits: Sequence[Hit[StateWord]],
) -> tuple[PhraseSpan, ...]:
    """Every actor of a text that is named by a phrase, in the order of the text.

    1. a title and its name, 2. a role beside a name but not joined to it, 3. a role alone, which is its
    bearer's when the text names one only, 4. groups by a common noun: "coalition forces".
    """
    found: list[PhraseSpan] = [*_titled(view, names, roles), *_beside(names, roles)]
    found += _alone(view, names, roles, hits, taken=_persons(found, names))
    found += _groups(view, names, hits, taken=_persons(found, names))
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def _persons(phrases: Iterable[PhraseSpan], names: Iterable[NameSpan]) -> list[Stretch]:
    return [
        *(Stretch(one.start, one.end) for one in phrases),
        *(Stretch(one.start, one.end) for one in names if one.kind is Kind.PERSON),
    ]


def _titled(view: str, names: Iterable[NameSpan], roles: Sequence[RoleSpan]) -> Iterator[PhraseSpan]:
    """1. "Ruritanian Foreign Minister Ivo Orban", "Mr. Orban"."""
    before = {role.end: role for role in roles}
    for name in names:
        if name.kind is not Kind.PERSON:
            continue
        courtesy = _courtesy().search(view, max(0, name.start - 40), name.start)
        start = courtesy.start() if courtesy else None
        role = before.get(name.start - 1) or (before.get(courtesy.start() - 1) if courtesy else None)
        if role and not _is_office(role.title):
            continue  # "poet Ivo Orban": what somebody does is no part of the name
        start = role.start if role else start
        if start is not None:
            yield PhraseSpan(start, name.end, view[start : name.end], Kind.PERSON, "titled name", name.start)


@cache
def _courtesy() -> re.Pattern[str]:
    """Match the honorifics that end where a name begins: "Mr.", "Lt. Gen."."""
    one = rf"(?:{alternatives('titles', 'honorific')})"
    return re.compile(rf"(?<![\w-]){one}(?:\s+{one})*\s+$")


@cache
def _offices() -> frozenset[str]:
    # In small letters these are family, and an adjective.
    ranks = {word.lower() for word in words("titles", "honorific")} - {
        "brother",
        "sister",
        "father",
        "private",
    }
    return words("titles", "office") | words("titles", "office_of_a_body") | ranks


def _is_office(title: str) -> bool:
    parts = title.split()
    return any(" ".join(parts[at:]) in _offices() for at in range(len(parts)))


def _beside(names: Iterable[NameSpan], roles: Sequence[RoleSpan]) -> Iterator[PhraseSpan]:
    """2. "Ivo Orban, the foreign minister", "the foreign minister, Ivo Orban"."""
    starts = {name.start for name in names}
    ends = {name.start - 1 for name in names}
    for role in roles:
        if role.end not in ends and role.name_start in starts and _is_office(role.title):
            yield PhraseSpan(role.start, role.end, role.phrase, Kind.PERSON, "role", role.name_start)


def _alone(
    view: str,
    names: Sequence[NameSpan],
    roles: Sequence[RoleSpan],
    hits: Sequence[Hit[StateWord]],
    *,
    taken: Sequence[Stretch],
) -> Iterator[PhraseSpan]:
    """3. "the Ruritanian foreign minister", "a spokesman": of a person whom only the role tells."""
    for match in _around(view, _role_noun(), _role(), "head"):
        start, end = match.start("role"), match.end()
        start = _past_openers(view, start, match.start("head"))
        if any(start < one.end and one.start < end for one in taken):
            continue
        phrase = view[start:end]
        title, body = title_of(phrase, match["head"]), body_of(phrase, start, names, hits)
        if not _tells_somebody(view, match, body):
            continue
        bearer = _bearer(title, body, names, roles, before=start)
        yield PhraseSpan(start, end, phrase, Kind.PERSON, "role", bearer, title=title, organisation=body)


def _tells_somebody(view: str, match: re.Match[str], body: str | None) -> bool:
    """Return True for a role that one person holds: of a state or body, with capitals, or behind "the"."""
    capital = view[match.start("head")].isupper()
    if capital and re.compile(r"\s+[A-Z]").match(view, match.end()):
        return False  # the title of a name that nothing else has seen, or a part of a body's name
    if body:
        return True
    # "as president", "a change of leader" name nobody, and every club has a head.
    strong = match["head"].lower() in words("titles", "office")
    return strong and (capital or (match["lead"] or "").strip().lower() == "the")


def _past_openers(view: str, start: int, head: int) -> int:
    """Return where a role begins behind words that only open a sentence: "After Foreign Minister"."""
    for word in re.finditer(r"[\w'.-]+\s+", view[start:head]):
        if word.group().strip() not in words("words", "opening") | words("words", "days"):
            return start + word.start()
    return head


def _bearer(
    title: str, body: str | None, names: Iterable[NameSpan], roles: Iterable[RoleSpan], *, before: int
) -> int | None:
    """Return the name of the only person of this text who holds an office; None when several or nobody do."""
    surnames = {name.start: name.surface.rsplit(maxsplit=1)[-1] for name in names}
    held = [
        role.name_start
        for role in roles
        if (role.title == title or role.title.endswith(f" {title}"))
        and body in (None, role.organisation)
        and role.name_start in surnames
    ]
    if len({surnames[start] for start in held}) != 1:
        return None
    return next((start for start in reversed(held) if start < before), held[0])


def _groups(
    view: str,
    names: Sequence[NameSpan],
    hits: Sequence[Hit[StateWord]],
    *,
    taken: Sequence[Stretch],
) -> Iterator[PhraseSpan]:
    """4. "Ruritanian government forces", "coalition forces", "Larch Front fighters"."""
    for match in _around(view, _group_noun(), _group(), "noun"):
        start, end = match.start(), match.end()
        start = _past_openers(view, start, match.start("noun"))
        owner = next((name for name in names if name.start == start and name.end < end), None)
        state = next((hit.value.state for hit in hits if hit.start == start), None)
        owned = owner is not None or state is not None
        if not (owned or match["quality"]):
            continue
        if any(start < one.end and one.start < end for one in taken):
            continue
        if any(name.start <= start and end <= name.end for name in names):
            continue
        if owner is None and match["owner"].strip() and not owned:
            continue  # "Tuesday forces": a capital that is no owner
        same = owner.start if owner and owner.kind is Kind.ORGANISATION else None
        yield PhraseSpan(start, end, view[start:end], Kind.ORGANISATION, "group", same, organisation=state)
