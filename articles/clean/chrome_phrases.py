"""Whole lines that are never the story: menus, promos, comments, legal notices.

The phrases are data (`lexicon/chrome.toml`, `lexicon/endings.toml`); here is only how a line is compared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from articles.clean.lexicons import lexicon, line_key, word_set

# A longer line is not looked up: no phrase has so many words, and prose would only cost time.
LONGEST_LINE = 45
# Words of one link in a row of links, and of a heading behind the story.
LONGEST_LINK, LONGEST_HEADING = 3, 12


@dataclass(frozen=True, slots=True)
class _Group:
    reason: str
    starts: tuple[str, ...]
    starts_words: int
    patterns: re.Pattern[str] | None


@cache
def _whole_lines() -> dict[str, str]:
    """Every whole-line phrase of the lexicon, with the reason of its group."""
    return {
        phrase: group["reason"] for group in lexicon("chrome").values() for phrase in group.get("whole", ())
    }


@cache
def _first_words() -> frozenset[str]:
    """The words with which the whole-line phrases begin."""
    return frozenset(phrase.split()[0] for phrase in _whole_lines())


@cache
def _groups() -> tuple[_Group, ...]:
    return tuple(
        _Group(
            reason=group["reason"],
            starts=tuple(group.get("starts", ())),
            starts_words=group.get("starts_words", 12),
            patterns=re.compile("|".join(group["patterns"])) if "patterns" in group else None,
        )
        for group in lexicon("chrome").values()
    )


@cache
def _any_pattern() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """All patterns in two: those of a line's beginning, tried there only, and those of anywhere.

    Together in one they would all be tried at every letter, which took a quarter of the time of cleaning.
    """
    patterns = [p for group in lexicon("chrome").values() for p in group.get("patterns", ())]
    anchored = [p for p in patterns if p.startswith("^")]
    anywhere = [p.removeprefix(r"\b") for p in patterns if not p.startswith("^")]
    # Each begins with a letter, so this is a word's beginning; told by the character before, it is found faster.
    return re.compile("|".join(anchored)), re.compile(rf"\W(?:{'|'.join(anywhere)})")


def _has_pattern(key: str) -> bool:
    anchored, anywhere = _any_pattern()
    return bool(anchored.match(key) or anywhere.search(f" {key}"))


@cache
def _all_starts() -> tuple[str, ...]:
    return tuple(start for group in _groups() for start in group.starts)


def chrome_reason(key: str, *, words: int) -> str | None:
    """Why a line with this `line_key` is never the story; None when no phrase knows it."""
    if words > LONGEST_LINE:
        return None
    known = _whole_lines().get(key) or _row_of_links(key) or _row_of_phrases(key)
    if known:
        return known
    if key.startswith(_all_starts()):
        for group in _groups():
            if words <= group.starts_words and key.startswith(group.starts):
                return group.reason
    if _has_pattern(key):
        for group in _groups():
            if group.patterns and group.patterns.search(key):
                return group.reason
    return None


_ROW = re.compile(r"\s*[|·•]\s*")


def _row_of_links(key: str) -> str | None:
    """The reason of a known phrase in a row such as "email this | print this", if every part is short."""
    if "|" not in key and "·" not in key and "•" not in key:
        return None
    parts = [line_key(part) for part in _ROW.split(key)]
    reasons = [_whole_lines()[part] for part in parts if part in _whole_lines()]
    return reasons[0] if reasons and all(len(part.split()) <= LONGEST_LINK for part in parts) else None


# Words of a line that is looked at as a row of phrases, and of the longest phrase in it.
LONGEST_ROW, LONGEST_PHRASE = 14, 5


def _row_of_phrases(key: str) -> str | None:
    """The reason of the first phrase when the line is nothing but known ones: "share tweet print save for later"."""
    words = key.split(maxsplit=LONGEST_ROW)
    if not 1 < len(words) <= LONGEST_ROW or words[0] not in _first_words():
        return None
    phrases = _whole_lines()
    at = 0
    while at < len(words):
        ends = range(min(len(words), at + LONGEST_PHRASE), at, -1)
        end = next((end for end in ends if " ".join(words[at:end]) in phrases), None)
        if end is None:
            return None
        at = end
    return next(
        phrases[" ".join(words[:end])] for end in range(1, len(words)) if " ".join(words[:end]) in phrases
    )


# Different words of the consent list that a line about cookies and privacy has; one of them must be a plain one.
FEWEST_CONSENT_WORDS = 3
_PLAIN_CONSENT = frozenset(
    {"cookie", "cookies", "consent", "gdpr", "ccpa", "privacy", "opt-out", "opting-out"}
)


# Most lines have none of them, and need not be taken apart to words.
_ANY_PLAIN_CONSENT = re.compile("|".join(map(re.escape, _PLAIN_CONSENT)))


def speaks_of_consent(text: str) -> bool:
    """True when a line speaks of cookies, consent and privacy as a page's notices do."""
    folded = text.casefold()
    if not _ANY_PLAIN_CONSENT.search(folded):
        return False
    found = {word.strip(".,;:()") for word in folded.split()} & word_set("line_words", "consent")
    return len(found) >= FEWEST_CONSENT_WORDS and bool(found & _PLAIN_CONSENT)


def begins_comments(key: str) -> bool:
    """True when a line with this key is a heading behind which readers write."""
    table = lexicon("endings")
    return key in table["comments"] or key.startswith(tuple(table["comments_starts"]))


@cache
def _endings() -> tuple[frozenset[str], tuple[str, ...]]:
    table = lexicon("endings")
    return frozenset(line_key(phrase) for phrase in table["whole"]), tuple(table["starts"])


def ends_story(key: str, *, words: int) -> bool:
    """True when a line with this key is a heading that comes after a story ("Read Comments")."""
    whole, starts = _endings()
    return words <= LONGEST_HEADING and (key in whole or key.startswith(starts))
