"""Roles written beside names: "Russian Deputy Foreign Minister Mikhail Bogdanov"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from articles.mentions.gazetteer import Hit
from articles.mentions.lexicons import alternatives, words
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

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W_](?:[\w'-]*\w)?\.?")
# Where a role behind a name ends.
_END = re.compile(r"[.;:!?\"“”()\n]|,|\s[-–—]+\s|\s(?:who|which|that|said|says|told|whose|when|while|as)\s")


@cache
def _head_first() -> re.Pattern[str]:
    """A role behind a name: an article, at most six words, a head noun."""
    return re.compile(
        rf"(?:(?:an?|the|its|his|her|their|one of)\s+)?(?:[\w.'-]+\s+){{0,6}}?(?P<head>{alternatives('titles', 'head')})s?\b",
        re.I,
    )


@cache
def _of_chain() -> re.Pattern[str]:
    """A role before a name with its body between: "Joint Special Envoy of the United Nations for Syria"."""
    return re.compile(
        rf"(?P<role>(?:[\w.'-]+\s+){{0,4}}?\b(?P<head>{alternatives('titles', 'head')})\s+(?:of|for|to|at)\s+"
        r"(?:(?:of|for|to|at|the|and|in|de|[A-Z][\w.'-]*)\s+)+)$",
        re.I,
    )


@cache
def _pre_apposition() -> re.Pattern[str]:
    """A role before a name and a comma: "The new head of the Syrian National Council, "."""
    return re.compile(
        rf"(?:^|[.,;:\"”]\s+|\s(?=(?:the|its|their|his|her|an?)\s)|^\s*)(?:(?:the|its|their|his|her|an?)\s+)?"
        rf"(?P<role>(?:[\w.'-]+\s+){{0,5}}?\b(?P<head>{alternatives('titles', 'head')})(?:\s+(?:of|for|at|to|in|from)\s+[^,.;:\"“”]{{2,70}})?),\s+$",
        re.I,
    )


def find_roles(view: str, names: Sequence[NameSpan], hits: Sequence[Hit[StateWord]]) -> tuple[RoleSpan, ...]:
    """Every role of a person that stands beside the name, in the order of the text.

    1. straight before it, 2. before it and a comma, 3. behind it and a comma, or behind "is".
    """
    found: dict[tuple[int, int], RoleSpan] = {}
    for name in names:
        if name.kind is not Kind.PERSON:
            continue
        for start, end, head in (*_before(view, name), *_before_comma(view, name), *_behind(view, name)):
            phrase = view[start:end]
            if (start, end) not in found and phrase:
                body = _body_of(phrase, start, names, hits)
                found[start, end] = RoleSpan(start, end, phrase, name.start, _title_of(phrase, head), body)
    return tuple(found[slot] for slot in sorted(found))


def _before(view: str, name: NameSpan) -> Iterator[tuple[int, int, str]]:
    left = view[max(0, name.start - _REACH) : name.start]
    if not left.endswith(" "):
        return
    shift = name.start - len(left)
    tokens = list(_TOKEN.finditer(left))
    head = _head_at_end(left, tokens)
    if head is None:
        chain = _of_chain().search(left)
        if chain and "\n" not in chain["role"]:
            begin = _trim_start(left, chain.start("role"))
            yield shift + begin, shift + len(left.rstrip()), chain["head"]
        return
    begin = head[0]
    for token in reversed([t for t in tokens if t.start() < head[0]]):
        gap = left[token.end() : begin]
        if gap.strip(" ") or not _may_precede(token.group(), left[: token.start()]):
            break
        begin = token.start()
    begin = _trim_start(left, begin)
    phrase = left[begin:].rstrip()
    if phrase and phrase.lower().rstrip(".") not in _COURTESY:
        yield shift + begin, shift + begin + len(phrase), head[1]


def _head_at_end(left: str, tokens: list[re.Match[str]]) -> tuple[int, str] | None:
    """Where the head noun that ends `left` begins; the longest one ("chief of staff") wins."""
    heads = words("titles", "head") | {w.lower() for w in words("titles", "honorific")}
    plain = left.rstrip()
    for width in (4, 3, 2, 1):
        if len(tokens) < width:
            continue
        begin = tokens[-width].start()
        last = plain[begin:].lower()
        if (last in heads or last.rstrip(".") in heads) and tokens[-1].end() == len(plain):
            return begin, plain[begin:]
    return None


def _may_precede(word: str, left: str) -> bool:
    """True for a word that belongs to a title on its right: a name, a demonym, an adjective of office."""
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


def _trim_start(text: str, begin: int) -> int:
    """Past an article or a conjunction that opens a role."""
    match = re.compile(r"(?:(?:the|an?|and|or|but|as|by|with|that)\s+)+", re.I).match(text, begin)
    return match.end() if match else begin


def _before_comma(view: str, name: NameSpan) -> Iterator[tuple[int, int, str]]:
    if view[name.end : name.end + 1] not in {",", ".", " ", "'"}:
        return
    begin = max(0, name.start - _REACH)
    left = view[begin : name.start]
    match = _pre_apposition().search(left)
    if match and "\n" not in match["role"]:
        start = _trim_start(left, match.start("role"))
        yield begin + start, begin + match.end("role"), match["head"]


def _behind(view: str, name: NameSpan) -> Iterator[tuple[int, int, str]]:
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
        head = _head_first().match(view, part[0], part[1])
        if head:
            yield part[0], part[1], head["head"]


def _parts(view: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for join in re.compile(r"\s+and\s+(?=(?:an?|the)\s)").finditer(view, start, end):
        yield at, join.start()
        at = join.end()
    yield at, end


def _title_of(phrase: str, head: str) -> str:
    """The title in small letters: "deputy foreign minister" of "Russian Deputy Foreign Minister"."""
    low = phrase.lower()
    at = low.find(head.lower())
    kept: list[str] = []
    for word in reversed(low[:at].split()):
        if word not in words("titles", "modifier"):
            break
        kept.insert(0, word)
    return " ".join([*kept, head.lower()])


def _body_of(
    phrase: str, start: int, names: Iterable[NameSpan], hits: Iterable[Hit[StateWord]]
) -> str | None:
    """The state or body a role is held in: "Russia" of "Russian Deputy Foreign Minister"."""
    end = start + len(phrase)
    inside = [n for n in names if start <= n.start and n.end <= end and n.kind is not Kind.PERSON]
    if inside:
        first = inside[0]
        return first.qualifier or first.surface if first.kind is Kind.STATE else first.surface
    return next((hit.value.state for hit in hits if start <= hit.start and hit.end <= end), None)
