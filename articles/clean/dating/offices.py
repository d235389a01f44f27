"""Evidence from offices: "President-elect X", "Foreign Minister Y", "former president Z"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from articles.clean.article import DateInterval
from articles.clean.dating.evidence import Evidence, Kind, span, spoken, told
from articles.clean.dating.facts import Facts, OfficeTerm
from articles.clean.dating.lexicons import words
from articles.clean.dating.sentences import Sentence, Word, fold

# A title after the name ("Kerry, the US secretary of state") stands within this many words of it.
AFTER_NAME = 5
# First names and initials that may stand between a title and a surname the files know.
BETWEEN = 2


@dataclass(frozen=True, slots=True)
class _Named:
    """A way to write a holder's name, in folded words, with the terms of that holder, title by title."""

    words: tuple[str, ...]
    terms: tuple[OfficeTerm, ...]
    titled: tuple[tuple[tuple[str, ...], OfficeTerm], ...]


def find_offices(sentences: Sequence[Sentence], facts: Facts) -> Iterator[Evidence]:
    """A window for each office that a person is said to hold, a bound for each that is said to be over."""
    names = _names(facts)
    for sentence in sentences:
        if names.keys().isdisjoint(sentence.folded):
            continue
        for index, word in enumerate(sentence.words):
            for named in names.get(word.folded, ()):
                if word.capital and _stands(named.words, sentence.words, index):
                    evidence = _office(sentence, index, named)
                    if evidence:
                        yield evidence
                        break


@lru_cache(maxsize=4)
def _names(facts: Facts) -> Mapping[str, tuple[_Named, ...]]:
    """The names by their first word, longest first."""
    terms: dict[tuple[str, ...], list[OfficeTerm]] = defaultdict(list)
    for term in facts.offices:
        for name in term.names:
            terms[_folded(name)].append(term)
    found: dict[str, list[_Named]] = defaultdict(list)
    for key in sorted(terms, key=len, reverse=True):
        titled = tuple((_folded(title), term) for term in terms[key] for title in term.titles)
        named = _Named(key, tuple(terms[key]), titled)
        for first in {key[0], key[0] + "s"} if len(key) == 1 else {key[0]}:
            found[first].append(named)
    return {first: tuple(listed) for first, listed in found.items()}


def _folded(text: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in text.replace("-", " ").split())


def _stands(name: tuple[str, ...], sentence: tuple[Word, ...], index: int) -> bool:
    stretch = sentence[index : index + len(name)]
    if len(stretch) < len(name):
        return False
    return all(
        word.folded in (part, part + "s") and word.capital for part, word in zip(name, stretch, strict=True)
    )


def _office(sentence: Sentence, index: int, named: _Named) -> Evidence | None:
    """The office said of the name at `index`: its title right before the name, or soon after it."""
    listed = sentence.words
    # 1. The title in front of the name, first names between them allowed: "President Bashar al-Assad".
    for end in range(index, max(index - BETWEEN, 0) - 1, -1):
        if end < index and not listed[end].capital:
            break
        found = [(title, term) for title, term in named.titled if _ends(title, listed, end)]
        if found:
            longest = max(len(title) for title, _ in found)
            chosen = [term for title, term in found if len(title) == longest]
            return _evidence(sentence, listed, end - longest, chosen)
    # 2. The title after the name, for names of two words and more: a surname alone may be anyone's.
    if len(named.words) > 1:
        return _after(sentence, index + len(named.words), named)
    return None


def _ends(title: tuple[str, ...], listed: tuple[Word, ...], end: int) -> bool:
    start = end - len(title)
    # The last word is compared first, for few titles pass it.
    return start >= 0 and listed[end - 1].folded == title[-1] and _reads(title, listed, start)


def _reads(title: tuple[str, ...], listed: tuple[Word, ...], start: int) -> bool:
    return tuple([word.folded for word in listed[start : start + len(title)]]) == title


def _after(sentence: Sentence, start: int, named: _Named) -> Evidence | None:
    listed = sentence.words
    for begin in range(start, min(start + AFTER_NAME, len(listed))):
        for title, term in named.titled:
            # One word ("head", "chief") after a name is too weak to be an office.
            if len(title) > 1 and listed[begin].folded == title[0] and _reads(title, listed, begin):
                if "," not in sentence.text[: sentence.places[begin][1]]:
                    continue
                terms = [other for other in named.terms if set(other.titles) & set(term.titles)]
                return _evidence(sentence, listed, begin, terms)
    return None


def _evidence(
    sentence: Sentence, listed: tuple[Word, ...], start: int, terms: Sequence[OfficeTerm]
) -> Evidence | None:
    """What the title beginning at `start` allows, by the words in front of it."""
    before = {word.folded for word in listed[max(0, start - 2) : start]}
    nearest = listed[start - 1].folded if start else ""
    holder, title, of = terms[0].holder, terms[0].titles[0], terms[0].of
    name = f"{holder} as {title} ({of})"
    if before & words("language", "former"):
        ends = [term.when.end for term in terms if term.when.end]
        if not ends:
            return None
        shows = f"{name} is told as over; the term ended on {spoken(min(ends))}: not written before."
        return told(sentence, Kind.FORMER, [span(min(ends), None)], shows, fact=f"office:{name}")
    if nearest in _OTHER_TITLE:
        return None
    windows = [term.when for term in terms if term.when.known]
    if nearest in words("language", "then"):
        windows = [span(window.start, None) for window in windows]
    if not windows:
        return None
    return told(sentence, Kind.OFFICE, windows, f"{name}: {_terms(windows)}.", fact=f"office:{name}")


# In front of a title these make another one: "deputy prime minister", "acting president".
_OTHER_TITLE = frozenset(
    {"vice", "deputy", "assistant", "acting", "interim", "shadow", "caretaker", "under", "co"}
)


def _terms(windows: Sequence[DateInterval]) -> str:
    return " or ".join(
        f"from {spoken(window.start)} to {spoken(window.end)}"
        if window.end
        else f"since {spoken(window.start)}"
        for window in windows
    )
