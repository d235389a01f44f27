"""Roles written beside names: "Russian Deputy Foreign Minister Mikhail Bogdanov"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from articles.mentions.cue_verbs import verbs
from articles.mentions.gazetteer import Hit
from articles.mentions.lexicons import alternatives, words
from articles.mentions.plain import Stretch
from articles.mentions.spans import Kind, NameSpan, RoleSpan
from articles.mentions.states import StateWord

# How far a role may reach to either side of a name, in characters: the longest in the seeds is 66.
_REACH = 110

# Courtesy alone is no role: "Mr. Annan".
_COURTESY = frozenset(
    {
        "mr",
        "mrs",
        "ms",
        "miss",
        "messrs",
        "madam",
        "madame",
        "sir",
        "dame",
        "lord",
        "lady",
        "herr",
        "frau",
        "monsieur",
        "dr",
    }
)

# "U.S.", "Dep.": a longer word with a stop ends a sentence.
_LONGEST_ABBREVIATION = 4

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W_](?:[\w'-]*\w)?\.?")
# Where a role behind a name ends.
_END = re.compile(r"[.;:!?\"“”()\n]|,|\s[-–—]+\s|\s(?:who|which|that|said|says|told|whose|when|while|as)\s")


@dataclass(frozen=True, slots=True)
class _Beside:
    """A role beside a name, and its head noun as written."""

    start: int
    end: int
    head: str


@dataclass(frozen=True, slots=True)
class _Head:
    start: int
    text: str


@cache
def _head_first() -> re.Pattern[str]:
    """Match a role behind a name: an article and five words at most, or title words, then a head noun."""
    heads = alternatives("titles", "head")
    determined = r"(?:an?|the|its|his|her|their|one of(?: the)?)\s+(?:[\w.'-]+\s+){0,5}?"
    bare = rf"(?:(?:(?i:{alternatives('titles', 'modifier')})|[A-Z][\w.'-]*)\s+){{0,5}}?"
    return re.compile(rf"(?:{determined}|{bare})(?P<head>(?i:{heads}))s?\b")


@cache
def _further_head() -> re.Pattern[str]:
    """Match title words and a head noun straight behind a head noun."""
    modifiers, heads = alternatives("titles", "modifier"), alternatives("titles", "head")
    return re.compile(rf"(?:\s+(?:{modifiers}))*\s+(?P<head>{heads})(?![\w-])", re.IGNORECASE)


@cache
def _of_chain() -> re.Pattern[str]:
    """Match a role before a name with its body between: "Special Envoy of the United Nations for Syria"."""
    sure = "|".join(
        re.escape(word)
        for word in sorted(words("titles", "head") - words("titles", "weak"), key=len, reverse=True)
    )
    return re.compile(
        rf"\b(?P<head>(?i:{sure}))\s+(?:of|for|to|at)\s+(?:(?:of|for|to|at|the|and|in|de)\s+)*"
        r"(?:[A-Z][\w.'-]*\s+(?:(?:of|for|to|at|the|and|in|de)\s+)*)*[A-Z][\w.'-]*\s+$"
    )


@cache
def _pre_apposition() -> re.Pattern[str]:
    """Match a role before a name and a comma: "The new head of the Syrian National Council, "."""
    return re.compile(
        rf"\b(?P<role>(?P<head>{alternatives('titles', 'head')})"
        r"(?:\s+(?:of|for|at|to|in|from)\s+[^,.;:\"“”\n]{2,70})?),\s+$",
        re.IGNORECASE,
    )


def find_roles(view: str, names: Sequence[NameSpan], hits: Sequence[Hit[StateWord]]) -> tuple[RoleSpan, ...]:
    """Every role of a person that stands beside the name, in the order of the text.

    1. straight before it, 2. before it and a comma, 3. behind it and a comma, or behind "is".
    """
    found: dict[tuple[int, int], RoleSpan] = {}
    for name in names:
        if name.kind is not Kind.PERSON:
            continue
        for beside in (*_before(view, name), *_comma_role(view, name.start), *_behind(view, name)):
            one = _owned(view, beside)
            phrase = view[one.start : one.end] if one else ""
            if one and phrase and (one.start, one.end) not in found:
                body = body_of(phrase, one.start, names, hits)
                title = title_of(phrase, one.head)
                found[one.start, one.end] = RoleSpan(one.start, one.end, phrase, name.start, title, body)
    return tuple(found[slot] for slot in sorted(found))


_OWNER = re.compile(r"(?:his|her|their)\s+", re.IGNORECASE)


def _owned(view: str, one: _Beside) -> _Beside | None:
    """Return "his defence minister" without the owner; None for what somebody is to another: "his deputy".

    "Its" stays: it means a body or a state, and what one holds there is an office.
    """
    owner = _OWNER.match(view, one.start, one.end)
    if owner is None:
        return one
    title = title_of(view[owner.end() : one.end], one.head)
    return (
        None
        if title.rsplit(maxsplit=1)[-1] in words("titles", "relation")
        else replace(one, start=owner.end())
    )


def _before(view: str, name: NameSpan) -> Iterator[_Beside]:
    """1. The run of titles that ends where the name begins; "its regional ally President" holds two."""
    at = name.start
    while at > 0 and view[at - 1] == " ":
        shift = max(0, at - _REACH)
        left = view[shift:at]
        tokens = list(_TOKEN.finditer(left))
        head = _head_at_end(left, tokens)
        if head is None:
            break
        courtesy = head.text.lower().rstrip(".") in _COURTESY
        if courtesy and _head_at_end(left[: head.start], tokens[:-1]):
            at = shift + head.start  # "Foreign Minister Mr. Orban": the role is what stands before
            continue
        begin = _extended_left(left, head.start, tokens)
        if not courtesy:
            yield _Beside(shift + begin, shift + len(left.rstrip()), head.text)
        if left[:begin].endswith(", "):
            yield from _comma_role(view, shift + begin)
        at = shift + begin
    if at == name.start:
        shift = max(0, at - _REACH)
        left = view[shift:at]
        chain = _of_chain().search(left)
        if chain:
            begin = _extended_left(left, chain.start("head"), list(_TOKEN.finditer(left)))
            yield _Beside(shift + begin, shift + len(left.rstrip()), chain["head"])


def _extended_left(left: str, begin: int, tokens: list[re.Match[str]]) -> int:
    """Where the role whose head begins at `begin` really begins."""
    title = left[begin].isupper()
    for token in reversed([t for t in tokens if t.end() <= begin]):
        word = token.group()
        if left[token.end() : begin].strip(" ") or left[token.end() : begin] == "":
            break
        if word.lower() in {"its", "his", "her", "their"}:
            return token.start()
        if (
            word.endswith(".")
            and len(word) > _LONGEST_ABBREVIATION
            and word not in words("titles", "honorific")
        ):
            break  # the stop of another sentence: "in Ruritania. Petty Officer"
        # A small head noun before a title is a role of its own: "ally President Assad".
        if (
            title
            and word[0].islower()
            and word in words("titles", "head")
            and word not in words("titles", "modifier")
        ):
            break
        if not _may_precede(word, left[: token.start()]):
            break
        begin = token.start()
    return _trim_start(left, begin)


@cache
def _all_heads() -> frozenset[str]:
    return words("titles", "head") | {word.lower() for word in words("titles", "honorific")}


def _head_at_end(left: str, tokens: list[re.Match[str]]) -> _Head | None:
    """Where the head noun that ends `left` begins; the longest one ("chief of staff") wins."""
    heads = _all_heads()
    plain = left.rstrip()
    for width in (4, 3, 2, 1):
        if len(tokens) < width:
            continue
        begin = tokens[-width].start()
        last = plain[begin:].lower()
        # "deputy." ends a sentence; "Gen." is listed with its stop.
        if last in heads and tokens[-1].end() == len(plain):
            return _Head(begin, plain[begin:])
    return None


def _may_precede(word: str, left: str) -> bool:
    """Return True for a word that may belong to a title on its right: a name, an adjective of office."""
    low = word.lower().rstrip(".")
    if low in words("titles", "modifier") or low in words("titles", "head"):
        return True
    if low == "and":
        before = left.rstrip().rsplit(" ", 1)[-1].lower()
        return before in words("titles", "head") or before in words("titles", "modifier")
    if low in {"president-elect", "london-based", "then-president"} or re.fullmatch(
        r"\w+-(?:based|born|elect|backed|era|year-old)", low
    ):
        return True
    # A capitalised word, unless it opens the sentence as a plain word.
    return word[0].isupper() and word not in words("words", "opening") and word not in words("words", "days")


_OPENERS = re.compile(
    # "then" and "now" say when: the day of the article does that for every role.
    r"(?:(?:the|an?|and|or|but|as|by|with|that|then|now)\s+)+|(?:then|now)-(?=\w)",
    re.IGNORECASE,
)


def _trim_start(text: str, begin: int) -> int:
    """Past an article, a conjunction or an adverb of time that opens a role."""
    match = _OPENERS.match(text, begin)
    return match.end() if match else begin


def _comma_role(view: str, at: int) -> Iterator[_Beside]:
    """2. A role and a comma before `at`; what stands before the head must be part of the role or open it."""
    shift = max(0, at - _REACH)
    left = view[shift:at]
    if not left.rstrip().endswith(","):
        return  # said at once, because the long list of heads is slow to look for
    match = _pre_apposition().search(left)
    if match is None:
        return
    begin = _extended_left(left, match.start("head"), list(_TOKEN.finditer(left)))
    opened = left[:begin].rstrip()
    if (
        not opened
        or opened[-1] in '.,;:"“”\n'
        or re.search(r"\b(?:the|an?|and|by|from|with|to|of)$", opened, re.IGNORECASE)
    ):
        yield _Beside(shift + begin, shift + match.end("role"), match["head"])


def _behind(view: str, name: NameSpan) -> Iterator[_Beside]:
    opener = re.compile(
        r",\s+(?:\d{1,3},\s+)?(?=\w)|\s+(?:is|was|remains|became)\s+(?=(?:an?|the|one)\s)"
    ).match(view, name.end)
    if opener is None:
        return
    start = opener.end()
    stop = _END.search(view, start, start + 2 * _REACH)
    end = stop.start() if stop else min(len(view), start + 2 * _REACH)
    # "vice president of the university and a frequent adviser to" holds two roles.
    for part in _parts(view, start, end):
        head = _head_first().match(view, part.start, part.end)
        if head and not verbs().search(view, part.start, head.start("head")):
            # "the deputy foreign minister": a deputy is something, and here a minister.
            last = _further_head().match(view, head.end("head"), part.end)
            yield _Beside(part.start, part.end, last["head"] if last else head["head"])


def _parts(view: str, start: int, end: int) -> Iterator[Stretch]:
    at = start
    for join in re.compile(r"\s+and\s+(?=(?:an?|the)\s)").finditer(view, start, end):
        yield Stretch(at, join.start())
        at = join.end()
    yield Stretch(at, end)


def title_of(phrase: str, head: str) -> str:
    """Return the title in small letters: "deputy foreign minister" of "Russian Deputy Foreign Minister"."""
    low = phrase.lower()
    at = low.find(head.lower())
    kept: list[str] = []
    for word in reversed(low[:at].split()):
        if word not in words("titles", "modifier"):
            break
        if word in words("titles", "status"):
            continue
        kept.insert(0, word)
    return " ".join([*kept, head.lower()])


def body_of(phrase: str, start: int, names: Iterable[NameSpan], hits: Iterable[Hit[StateWord]]) -> str | None:
    """Return the state or body a role is held in: "Russia" of "Russian Deputy Foreign Minister"."""
    end = start + len(phrase)
    inside = [n for n in names if start <= n.start and n.end <= end and n.kind is not Kind.PERSON]
    if inside:
        first = inside[0]
        return first.qualifier or first.surface if first.kind is Kind.STATE else first.surface
    return next((hit.value.state for hit in hits if start <= hit.start and hit.end <= end), None)
