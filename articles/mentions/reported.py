"""Reported speech: what somebody said in the writer's words, whose it is, by which verb, through which agency."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from articles.mentions.attribution import Page, according_to, participle_of
from articles.mentions.cue_verbs import inflected, verbs
from articles.mentions.lexicons import words
from articles.mentions.plain import Stretch
from articles.mentions.quotations import MASK, MASKED_CAPITAL
from articles.mentions.quotes import resolved
from articles.mentions.spans import QuoteSpan
from articles.mentions.speakers import Cue, cues, quoting
from articles.mentions.subjects import subject_right

# Words of a clause at least: a subject, a verb and something more.
_FEWEST_WORDS = 3

_QUOTES = re.compile(r"quot|cit")
_AS_SAYING = re.compile(r"[^.;\"]{0,140}?\b(?:as\s+)?(?:saying|telling\s+[\w'-]+)\s+(?:that\s+)?(?=\w)")
# What may stand between the verb and what was said: whom it was told, when, where, how; no clause of its own.
_BETWEEN = re.compile(
    r"(?:\s+(?!that\b|he\b|she\b|they\b|it\b|there\b)[\w'.-]+){0,9}?,?"
    r"(?:\s+as\s+(?:saying|telling\s+[\w'-]+))?(?:,[^,.;:\"\x01\x02]{2,80},)?\s+that\s+"
)
_WHEN = (
    r"(?:on\s+|late\s+|early\s+|last\s+|this\s+|earlier\s+)*"
    r"(?:\w+day(?:\s+(?:morning|afternoon|evening|night))?|today|yesterday|week|month|year)"
)
_WHERE = r"in\s+(?:an?|the|its|his|her|their)\s+[^,.;:\"]{2,60}?"
# What opens a clause that stands without "that": its subject.
_OPENER = (
    r"(?=(?:he|she|it|they|we|there|the|an?|his|her|its|their|our|this|these|those|all|both|some|many|most|more|no"
    r"|nobody|nothing|neither|such|[A-Z][\w'.-]*|\d[\d,.]*)\s)"
)
_STRAIGHT = re.compile(
    rf"(?:\s+as\s+saying)?(?:\s+{_WHEN})?(?:\s+{_WHERE}(?=\s+(?:he|she|it|they)\b))?,?\s+{_OPENER}"
)
_TOLD = re.compile(
    rf"\s+(?:the\s+)?[\w'.-]+(?:\s+[A-Z][\w.'-]*){{0,3}}(?:\s+{_WHEN})?\s+"
    r"(?=(?:he|she|it|they|there|the|his|her|its|their|an?)\s)"
)
# Verbs that can be nothing else.
_VERB = (
    r"has|have|had|is|was|were|are|will|would|could|can|cannot|may|might|must|should|shall|does|did|do|\w+n't"
    r"|made|took|gave|went|came|held|met|left|kept|began|sent|lost|won|put|got"
)
_SURE_VERB = re.compile(rf"\b(?:{_VERB})\b")
# A clause has a verb; the endings are enough where a subject stands before them.
_FINITE = re.compile(rf"\b(?:{_VERB}|set|\w{{2,}}ed|\w{{3,}}[^s\W]s)\b")
# Where a clause ends before its sentence does: somebody else's view, or a clause of the writer's own.
_CLAUSE_END = re.compile(r";|,\s+(?:according\s+to|while\s|whereas\s|but\s+[A-Z])|\s[–—]\s|\s--\s")


@dataclass(frozen=True, slots=True)
class _Clause:
    cue: Cue
    start: int
    end: int


@cache
def _takes_bare_clause() -> frozenset[str]:
    """Every form of the verbs that a clause follows without "that": "said he would come"."""
    # "states" and "reports" are nouns more often than not.
    return words("cues", "bare_clause_irregular").union(
        *(inflected(base) for base in words("cues", "bare_clause"))
    ) - {"states", "reports", "state", "report"}


def find_reported(page: Page) -> tuple[QuoteSpan, ...]:
    """Every clause of reported speech of a body, in the order of the text; `kind` is "reported" or "mixed".

    For each sentence: 1. the verb of speech with its subject, 2. the clause behind it ("said that he would
    come"), or 3. the one before it ("He would come, Orban said"), 4. "according to". One clause a sentence: the
    outermost. A clause that is a quotation and no more is no reported speech; one that holds one is mixed.
    """
    found = []
    for sentence in page.sentences:
        clause = next(_clauses(page, sentence), None)
        if clause is None or not _is_speech(page, clause):
            continue
        said = resolved(page, clause.cue, [])
        found.append(
            QuoteSpan(
                start=clause.start,
                end=clause.end,
                speaker_start=said.name.start if said.name else None,
                speaker_text=said.name.surface if said.name else said.phrase,
                cue=said.cue,
                via=said.via,
                kind="mixed" if MASK in page.mask[clause.start : clause.end] else "reported",
            )
        )
    return tuple(found)


def _clauses(page: Page, sentence: Stretch) -> Iterator[_Clause]:
    start, end = sentence.start, sentence.end
    # 1.
    told = [
        *quoting(page.mask, start, end, page.names, floor=start),
        *(cue for cue in cues(page.mask, start, end, page.names, floor=start) if not cue.label),
    ]
    told = [better for cue in told if (better := _with_real_subject(page, cue, end))]
    participle = participle_of(page, start, end)
    if participle and not any(cue.start == participle.start for cue in told):
        told.append(participle)
    for cue in told:
        # 2.
        behind = _behind(page, cue, end)
        if behind:
            yield _trimmed(page, cue, behind, _end_of(page, behind, end))
    for cue in told:
        # 3.
        before = _before(page, cue, start, end)
        if before:
            yield _trimmed(page, cue, start, before)
    # 4.
    according = according_to(page, start, end)
    if according:
        lead = page.mask[start : according.start].strip(' "\x01\x02')
        comma = page.mask.find(", ", according.subject.end, end)
        if lead:
            yield _trimmed(page, according, start, according.start)
        elif comma >= 0:
            yield _trimmed(page, according, comma + 2, end)


def _with_real_subject(page: Page, cue: Cue, end: int) -> Cue | None:
    """Return the cue, with the subject behind the verb when what stands before it is a clause.

    "The ferries would sail again, said Orban"; None for "the leaders left the city, saying".
    """
    if not (cue.subject.phrase and _SURE_VERB.search(cue.subject.phrase)):
        return cue
    behind = subject_right(page.mask, cue.end, page.names, limit=end)
    return replace(cue, subject=behind) if behind and not cue.verb.endswith("ing") else None


def _behind(page: Page, cue: Cue, end: int) -> int | None:
    """Return where the clause behind a verb begins: behind "that", or straight behind the verb."""
    if _QUOTES.match(cue.verb):
        saying = _AS_SAYING.match(page.mask, cue.end, end)
        return saying.end() if saying else None
    inverted = cue.subject.start > cue.end
    at = cue.subject.end if inverted else cue.end
    that = _BETWEEN.match(page.mask, at, end)
    if that and not verbs().search(page.mask, at, that.end()):
        return that.end()
    # "said Orban": without "that" it is what stands before that he said.
    straight = None if inverted else _straight(cue.verb.lower())
    opened = straight.match(page.mask, cue.end, end) if straight else None
    return opened.end() if opened and _FINITE.search(page.mask, opened.end(), end) else None


def _straight(verb: str) -> re.Pattern[str] | None:
    """Return what leads from a verb to a clause without "that"; None when it takes none."""
    if verb in {"told", "tells", "tell"}:
        return _TOLD
    return _STRAIGHT if verb in _takes_bare_clause() else None


def _end_of(page: Page, start: int, end: int) -> int:
    stop = _CLAUSE_END.search(page.mask, start, end)
    return stop.start() if stop else end


def _before(page: Page, cue: Cue, start: int, end: int) -> int | None:
    """Return where the clause before ", Orban said" or ", said Orban" ends; None when there is none."""
    if cue.verb.lower() not in _takes_bare_clause() and cue.verb != "told":
        return None
    first = min(cue.start, cue.subject.start)
    lead = page.mask[start:first]
    # A title may stand before the name: ", Foreign Minister Ivo Orban said".
    comma = lead.rfind(", ")
    if comma < 0 or not re.fullmatch(r"(?:[\w.'-]+\s+){0,8}", lead[comma + 2 :]):
        return None
    clause = lead[:comma]
    tail = page.mask[max(cue.end, cue.subject.end) : end]
    if not _FINITE.search(clause) or re.match(
        r"\s*(?:In|On|At|After|Before|As|When|While|But|Although|Since)\b", clause
    ):
        return None
    # The verb closes the sentence, but for when, where and to whom it was said.
    return start + comma if len(tail.split()) <= _LONGEST_TAIL and '"' not in tail else None


# Words behind ", Orban said" at most: "in a statement on its website on Monday".
_LONGEST_TAIL = 14


def _trimmed(page: Page, cue: Cue, start: int, end: int) -> _Clause:
    mask = page.mask
    while start < end and (mask[start].isspace() or mask[start] in ",–—-"):
        start += 1
    while start < end and (mask[end - 1].isspace() or mask[end - 1] in ".,;:!?"):
        end -= 1
    return _Clause(cue, start, end)


def _is_speech(page: Page, clause: _Clause) -> bool:
    words_of_writer = re.sub(rf"[\"{MASK}{MASKED_CAPITAL}]", " ", page.mask[clause.start : clause.end])
    return len(re.findall(r"\w+", words_of_writer)) >= _FEWEST_WORDS
