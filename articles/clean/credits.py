"""Credits: who made a picture ("Denis Balibouse/Reuters"), from where a story was taken ("(Reuters, MT)")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from articles.clean.lexicons import lexicon, word_set
from articles.clean.press_names import PressNames

# Words of a credit line that stands alone, and of a name in it.
LONGEST_CREDIT, LONGEST_NAME = 12, 5
# Characters of a line that may end with a credit.
LONGEST_LINE = 1500
# Characters of a source line and of the "Reporting by ..." at the end of a wire story.
LONGEST_SOURCE, LONGEST_TAIL = 200, 600
# Characters in which what a credit begins with ends: "photo courtesy of".
LONGEST_LEAD = 40
# Letters of an outlet's or a writer's initials beside an agency in brackets: "(Reuters, MT)".
LONGEST_INITIALS = 4

_SPLIT = re.compile(r"\s*[/|,;•·]\s*|\s+(?:and|via|for|of|-|–|—)\s+|\s*\bvia\b\s*", re.IGNORECASE)
_BRACKETED = re.compile(r"[(\[]([^()\[\]]{2,90})[)\]]\s*\.?$")
_SLASHED = re.compile(
    r"(?:[.!?”\"’]\s+|\s[–—-]\s+)([A-Z][^.!?/]{1,40}\s?/\s?[A-Z][^!?/]{1,40}(?:/\s?\w[^!?/]{1,30})?)\.?$"
)
_LABELLED = re.compile(
    r"(?:[.!?\s”\"])(?:photo|picture|image|photograph|credit|courtesy)s?(?:\s+(?:by|credit))?\s*:\s*([^:]{2,70}?)\.?$",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"^(?:[A-Z][\w.'’-]*|[A-Z]\.)(?:\s+(?:[A-Z][\w.'’-]*|of|the|de|da|del|van|von|der|al|el|bin))*$"
)
_COPYRIGHT = re.compile(r"^(?:©|\(c\))\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PictureCredit:
    """The credit of a picture. `text` is it as written; `alone` is False when it ends a caption's line."""

    text: str
    photographer: str | None
    agency: str | None
    alone: bool


def read_credit(text: str, press: PressNames) -> PictureCredit | None:
    """The picture credit that a line is, or ends with; None when there is none."""
    if len(text) > LONGEST_LINE:
        return None
    if len(text.split(maxsplit=LONGEST_CREDIT)) <= LONGEST_CREDIT:
        alone = _read_alone(text, press)
        if alone:
            return alone
    # A credit in brackets at the end.
    bracketed = _BRACKETED.search(text) if text[-3:].rstrip(" .").endswith((")", "]")) else None
    if bracketed and bracketed.start() > 0:
        body = _after_lead(bracketed.group(1))
        if body is not None or _is_credit(bracketed.group(1), press):
            return _credit(bracketed.group(1), body or bracketed.group(1), press, alone=False)
    # A credit after "Photo:" at the end.
    labelled = _LABELLED.search(text) if ":" in text[-80:] else None
    if labelled:
        return _credit(labelled.group(1), labelled.group(1), press, alone=False)
    # Names with a slash at the end.
    slashed = _SLASHED.search(text) if "/" in text[-140:] else None
    if slashed and _is_credit(slashed.group(1), press):
        return _credit(slashed.group(1), slashed.group(1), press, alone=False)
    return None


def _read_alone(text: str, press: PressNames) -> PictureCredit | None:
    """A whole line that is a credit: "Photo: Jane Roe", "Denis Balibouse/Reuters", "© Getty Images"."""
    bare = text.strip("()[] ")
    body = _after_lead(bare)
    if body and not body.endswith((".", "?", "!")) and len(body.split()) <= LONGEST_CREDIT - 4:
        return _credit(bare, body, press, alone=True)
    return _credit(bare, bare, press, alone=True) if _is_credit(bare, press) else None


def _is_credit(text: str, press: PressNames) -> bool:
    """True for names and agencies with a slash between them, for picture agencies, and for "© Reuters"."""
    bare = _COPYRIGHT.sub("", text)
    parts = [part for part in _SPLIT.split(bare) if part]
    pool = [part for part in parts if part.casefold().strip(" .") in word_set("captions", "pool_words")]
    houses = [part for part in parts if press.name(part)]
    others = [part for part in parts if part not in houses and part not in pool]
    if any(len(part.split()) > LONGEST_NAME or not _NAME.match(part) for part in others):
        return False
    slash = "/" in bare or "|" in bare or " via " in bare.casefold()
    if slash and (houses or pool) and len(parts) > 1:
        return True
    if not any(map(press.agency, houses)):
        return False
    return any(map(press.is_picture_agency, houses)) or (bare != text and not others)


@cache
def _leads() -> tuple[str, ...]:
    return tuple(lexicon("captions")["credit_leads"])


@cache
def _lead_pattern() -> re.Pattern[str]:
    leads = "|".join(sorted(map(re.escape, _leads()), key=len, reverse=True))
    spaced = r"\s+(?=by\b|internet\b|courtesy\b)(?:by\s+|courtesy(?: of)?\s+)?"
    return re.compile(rf"^(?:{leads})(?:\s*[:|/]\s*|{spaced}|(?<=by)\s+|(?<=of)\s+)", re.IGNORECASE)


def _after_lead(text: str) -> str | None:
    """What follows "Photo:" or "Photo by"; None when the text does not begin so."""
    # The pattern tries every lead without case, which takes ten times as long as this look. Only the pattern
    # takes the dotted capital of "VİDEO" for an i.
    head = text[:LONGEST_LEAD]
    if head.isascii() and not head.lower().startswith(_leads()):
        return None
    lead = _lead_pattern().match(text)
    return text[lead.end() :].strip() if lead else None


def _credit(text: str, body: str, press: PressNames, *, alone: bool) -> PictureCredit:
    """The credit with the first name and the first agency or outlet in it."""
    photographer = house = None
    pool = word_set("captions", "pool_words")
    for part in _SPLIT.split(_COPYRIGHT.sub("", body)):
        bare = part.strip(" .()[]")
        found = press.name(bare)
        if found:
            house = house or found
        elif (
            bare.casefold() not in pool
            and _NAME.match(bare)
            and " " in bare
            and len(bare.split()) <= LONGEST_NAME
        ):
            photographer = photographer or bare
    return PictureCredit(text.strip(), photographer, house, alone)


_SOURCE_SPLIT = re.compile(
    r"\s*[,/;&()]\s*|\s+(?:and|from|by|via|with)\s+|^(?:from|by|via|with|source:|sources:)\s*"
)


def read_source(text: str, press: PressNames) -> tuple[str, ...]:
    """The agencies and outlets a source line names, in its order: "(Reuters, MT)"; empty when it is none.

    One of them must be an agency, or the line must say what they gave: an outlet's name alone is a masthead.
    """
    if len(text) > LONGEST_SOURCE:
        return ()
    folded = text.casefold().strip("()[]—–-*. ")
    if not folded or len(folded.split()) > LONGEST_CREDIT:
        return ()
    known = word_set("sources", "words")
    bracketed = text.startswith("(") and text.rstrip(".").endswith(")")
    names: list[str] = []
    said = agency = False
    for part in filter(None, _source_parts(folded, press)):
        name = press.name(part)
        if name:
            names.append(name)
            agency = agency or press.agency(part) is not None
        elif all(word.strip(".,:") in known for word in part.split()):
            said = True
        elif not (bracketed and len(part) <= LONGEST_INITIALS and part.upper() in text):
            return ()
    return tuple(dict.fromkeys(names)) if agency or said else ()


def _source_parts(folded: str, press: PressNames) -> list[str]:
    """The line cut at its separators, and a name inside a part ("material reuters") cut out of it."""
    known = word_set("sources", "words")
    parts: list[str] = []
    for part in _SOURCE_SPLIT.split(folded):
        words = part.split()
        if not press.name(part):
            while words and words[0].strip(".,:") in known and len(words) > 1:
                parts.append(words.pop(0))
            tail: list[str] = []
            while words and words[-1].strip(".,:") in known and not press.name(" ".join(words)):
                tail.append(words.pop())
            parts += [" ".join(words), *tail]
        else:
            parts.append(part)
    return parts


def is_wire_tail(text: str) -> bool:
    """True for "Reporting by A; Editing by B" and the like, which stand after wire stories."""
    return text[:60].casefold().startswith(tuple(lexicon("sources")["tails"])) and len(text) <= LONGEST_TAIL
