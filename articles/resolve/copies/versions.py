"""How two versions of a text differ: sentence beside sentence, with the words that changed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import chain

from rapidfuzz.fuzz import ratio

from articles.mentions.plain import plain_view, sentences

# Likeness of two sentences (share of words in common and in order, 0 to 1) from which on the one is taken
# for an edit of the other. At .5 more words stay than go; below, marking what changed reads worse than both
# sentences whole.
LEAST_LIKE = 0.5

# Pairs of sentences compared in one gap between anchors: 40,000 are two gaps of 200, longer than any article;
# a text of thousands of sentences with none in common is shown as removed and added.
MOST_COMPARED = 40_000

# Words of a sentence up to which order is looked at and changed words are marked, which takes the square of
# the length. A longer one is a text without punctuation: it is compared as a bag of words and shown whole.
LONGEST_MARKED = 400

_WORD = re.compile(r"\w+")
_PIECE = re.compile(r"\w+|\s+|[^\w\s]")


class Change(StrEnum):
    """What became of a sentence from the old version to the new one."""

    SAME = "same"  # the same words; case and punctuation may differ
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence. The pieces of a sentence, joined, are the sentence."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class SentencePair:
    """A sentence of the old version beside its like in the new; one is empty when it has none."""

    change: Change
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Match:
    old: int
    new: int


def compare_versions(old: str, new: str) -> tuple[SentencePair, ...]:
    """Return both versions aligned, in reading order; what was removed stands before what took its place.

    Every sentence of either version comes out exactly once. 1. Sentences that each version has once and
    that both have are anchors, as many as keep their order. 2. In each gap between anchors, sentences are
    paired by likeness. 3. What is left was removed or added. Time grows with the length, not its square.
    """
    before, after = _sentences(old), _sentences(new)
    pairs: list[SentencePair] = []
    last = _Match(-1, -1)
    end = _Match(len(before), len(after))
    for anchor in chain(_anchors(before, after), [end]):  # 1
        gap = _pair_gap(before[last.old + 1 : anchor.old], after[last.new + 1 : anchor.new])
        pairs.extend(gap)  # 2 and 3
        if anchor is not end:
            pairs.append(_beside(before[anchor.old], after[anchor.new]))
        last = anchor
    return tuple(pairs)


def _sentences(text: str) -> list[_Sentence]:
    view = plain_view(text)
    found = (" ".join(text[each.start : each.end].split()) for each in sentences(view))
    return [_Sentence(each, tuple(_WORD.findall(each.casefold()))) for each in found if each]


def _anchors(before: Sequence[_Sentence], after: Sequence[_Sentence]) -> list[_Match]:
    """Return the longest run in order of sentences that stand once in each version."""
    once_before = {words for words, count in Counter(each.words for each in before).items() if count == 1}
    once_after = {words for words, count in Counter(each.words for each in after).items() if count == 1}
    place_after = {each.words: place for place, each in enumerate(after) if each.words in once_after}
    common = [
        _Match(place, place_after[each.words])
        for place, each in enumerate(before)
        if each.words and each.words in once_before and each.words in place_after
    ]
    return _longest_rising(common)


def _longest_rising(matches: Sequence[_Match]) -> list[_Match]:
    """Return the longest subsequence whose new places rise (patience sorting)."""
    tails: list[int] = []  # the least new place in which a run of each length ends
    tail_at: list[int] = []
    before: list[int | None] = []
    for place, match in enumerate(matches):
        length = bisect_left(tails, match.new)
        if length == len(tails):
            tails.append(match.new)
            tail_at.append(place)
        else:
            tails[length] = match.new
            tail_at[length] = place
        before.append(tail_at[length - 1] if length else None)
    run: list[_Match] = []
    at = tail_at[-1] if tail_at else None
    while at is not None:
        run.append(matches[at])
        at = before[at]
    return run[::-1]


def _pair_gap(before: Sequence[_Sentence], after: Sequence[_Sentence]) -> list[SentencePair]:
    pairs: list[SentencePair] = []
    last = _Match(-1, -1)
    for match in [*_matches(before, after), _Match(len(before), len(after))]:
        pairs.extend(
            SentencePair(Change.REMOVED, _whole(each), ()) for each in before[last.old + 1 : match.old]
        )
        pairs.extend(SentencePair(Change.ADDED, (), _whole(each)) for each in after[last.new + 1 : match.new])
        if match.old < len(before):
            pairs.append(_beside(before[match.old], after[match.new]))
        last = match
    return pairs


def _matches(before: Sequence[_Sentence], after: Sequence[_Sentence]) -> list[_Match]:
    """Return the pairs in order whose likeness adds up to most (dynamic programme over the gap)."""
    if not before or not after or len(before) * len(after) > MOST_COMPARED:
        return []
    likes = [[_likeness(old, new) for new in after] for old in before]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for old in range(len(before) - 1, -1, -1):
        for new in range(len(after) - 1, -1, -1):
            paired = likes[old][new] + best[old + 1][new + 1] if likes[old][new] else 0.0
            best[old][new] = max(best[old + 1][new], best[old][new + 1], paired)
    found: list[_Match] = []
    old = new = 0
    while old < len(before) and new < len(after):
        if likes[old][new] and best[old][new] == likes[old][new] + best[old + 1][new + 1]:
            found.append(_Match(old, new))
            old, new = old + 1, new + 1
        elif best[old][new] == best[old + 1][new]:
            old += 1
        else:
            new += 1
    return found


def _likeness(old: _Sentence, new: _Sentence) -> float:
    if not old.words or not new.words:
        return float(old.text == new.text)
    if max(len(old.words), len(new.words)) > LONGEST_MARKED:
        shared = (Counter(old.words) & Counter(new.words)).total()
        like = 2 * shared / (len(old.words) + len(new.words))
    else:
        like = ratio(old.words, new.words) / 100
    return like if like >= LEAST_LIKE else 0.0


def _beside(old: _Sentence, new: _Sentence) -> SentencePair:
    if old.words == new.words:
        return SentencePair(Change.SAME, _whole(old), _whole(new))
    if max(len(old.words), len(new.words)) > LONGEST_MARKED:
        return SentencePair(
            Change.CHANGED, (Piece(old.text, changed=True),), (Piece(new.text, changed=True),)
        )
    left, right = _PIECE.findall(old.text), _PIECE.findall(new.text)
    steps = SequenceMatcher(None, _folded(left), _folded(right), autojunk=False).get_opcodes()
    return SentencePair(
        Change.CHANGED,
        _marked((left[start:stop], tag != "equal") for tag, start, stop, _, _ in steps),
        _marked((right[start:stop], tag != "equal") for tag, _, _, start, stop in steps),
    )


def _folded(pieces: Sequence[str]) -> list[str]:
    return [piece.casefold() for piece in pieces]


def _marked(stretches: Iterable[tuple[list[str], bool]]) -> tuple[Piece, ...]:
    return tuple(Piece("".join(pieces), changed=changed) for pieces, changed in stretches if pieces)


def _whole(sentence: _Sentence) -> tuple[Piece, ...]:
    return (Piece(sentence.text, changed=False),)
