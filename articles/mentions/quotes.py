"""Direct quotes: which words, whose, by which verb, through which agency."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from articles.mentions.antecedents import Antecedents
from articles.mentions.plain import Stretch, paragraphs, sentences
from articles.mentions.quotations import MASK, Quoted, masked, quoted_stretches
from articles.mentions.spans import Kind, NameSpan, QuoteSpan, RoleSpan
from articles.mentions.speakers import Cue, Subject, cues, quoting

# A quote of fewer words is a phrase inside somebody's sentence; of four on it can stand alone.
# The same bound as the scorer of shared/tools.
FULL_QUOTE_WORDS = 4


@dataclass(frozen=True, slots=True)
class _Said:
    """What is known of one quotation's speaker."""

    name: NameSpan | None
    phrase: str | None
    cue: str | None
    via: str | None


class _Page:
    """A body with its quotations masked, ready to be asked."""

    def __init__(self, text: str, view: str, names: Sequence[NameSpan], roles: Sequence[RoleSpan]) -> None:
        self.quoted = quoted_stretches(text)
        self.mask = masked(view, self.quoted)
        self.names = [n for n in names if MASK not in self.mask[n.start : n.end]]
        self.paragraphs = paragraphs(text)
        self.sentences = sentences(self.mask)
        self.antecedents = Antecedents(self.mask, self.names, roles, self.sentences)

    def sentence_at(self, at: int) -> Stretch:
        """The sentence of the masked text that holds a place."""
        return next((s for s in self.sentences if s.start <= at < s.end), Stretch(at, at))


def find_quotes(
    text: str, view: str, names: Sequence[NameSpan], roles: Sequence[RoleSpan]
) -> tuple[QuoteSpan, ...]:
    """Every direct quote of a body, in the order of the text.

    For each: 1. a verb of speech behind it, 2. one before it, 3. the speaker who goes on from the quote
    before. A quote that none of these settles has no speaker.
    """
    page = _Page(text, view, names, roles)
    found: list[QuoteSpan] = []
    said: list[_Said] = []
    for at, one in enumerate(page.quoted):
        before = page.quoted[at - 1] if at else None
        after = page.quoted[at + 1] if at + 1 < len(page.quoted) else None
        words = len(re.findall(r"\w+", text[one.start : one.end]))
        cue = _cue_of(page, one, before, after, full=words >= FULL_QUOTE_WORDS)
        spoken = _resolved(page, cue, said) if cue else None
        if spoken is None or (cue and spoken.name is None and spoken.phrase is None and not cue):
            spoken = spoken or _carried_on(page, one, before, said, full=words >= FULL_QUOTE_WORDS)
        if _is_title(text[one.start : one.end]) and not (cue and _adjacent(page, cue, one)):
            spoken = _Said(None, None, None, None)
        said.append(spoken)
        page.antecedents.spoke(spoken.name, one.closing)
        found.append(
            QuoteSpan(
                one.start,
                one.end,
                spoken.name.start if spoken.name else None,
                spoken.name.surface if spoken.name else spoken.phrase,
                spoken.cue,
                spoken.via,
            )
        )
    return tuple(found)


def _cue_of(
    page: _Page, one: Quoted, before: Quoted | None, after: Quoted | None, *, full: bool
) -> Cue | None:
    behind = _cue_behind(page, one, after)
    ahead = _cue_ahead(page, one, before, full=full)
    ends_open = page.mask[one.end - 1] in ",?!…" or page.mask[one.end - 1] == MASK
    introduced = (
        ahead is not None
        and re.search(r"[:,]\s*$|\b(?:that|as|a|an|the)\s*$", page.mask[: one.opening][-8:]) is not None
    )
    if (
        behind
        and (ends_open or ahead is None)
        and not (introduced and page.mask[one.end - 1] != "," and ahead)
    ):
        return behind
    return ahead or behind


def _cue_behind(page: _Page, one: Quoted, after: Quoted | None) -> Cue | None:
    """1. A verb whose clause begins where the quotation ends: "...," Annan said; "..." said Annan."""
    if one.open_end:
        return None
    limit = (
        after.opening if after and after.paragraph == one.paragraph else page.paragraphs[one.paragraph].end
    )
    tail = page.mask[one.closing : limit]
    if page.mask[one.end - 1] == "." and re.match(r"\s+[A-Z]", tail):
        return None  # the quotation ended its sentence; what follows is the next
    lead = re.match(r"[\s,.–—-]*", tail)
    begin = one.closing + (lead.end() if lead else 0)
    if "." in page.mask[one.closing : begin] and re.match(r"[A-Z]", page.mask[begin : begin + 1]):
        return None
    stop = page.sentence_at(min(begin, len(page.mask) - 1)).end
    end = min(limit, max(stop, begin))
    for cue in (
        *quoting(page.mask, begin, end, page.names, floor=begin),
        *cues(page.mask, begin, end, page.names, floor=begin),
    ):
        first = min(cue.start, cue.subject.start)
        between = page.mask[begin:first]
        if re.fullmatch(r"(?:[\w.'-]+,?\s+){0,9}", between) and not re.search(
            r"\b(?:that|which|who|when|as|because|but)\b", between
        ):
            return cue
        break
    according = re.compile(r"according\s+to\s+").match(page.mask, begin)
    if according:
        return _according(page, according.start(), according.end(), end)
    return None


def _cue_ahead(page: _Page, one: Quoted, before: Quoted | None, *, full: bool) -> Cue | None:
    """2. The last verb of speech before the quotation in its sentence: "Annan said: ...", "called the talks a ..."."""
    sentence = page.sentence_at(one.opening)
    floor = max(sentence.start, page.paragraphs[one.paragraph].start)
    if before and before.paragraph == one.paragraph and before.closing > floor:
        # A second fragment in one sentence has the same verb: "a "rush" and a "mistake"".
        floor = floor if not re.search(r"[.!?,]$", page.mask[before.end - 1]) else before.closing
    quoters = list(quoting(page.mask, floor, one.opening, page.names, floor=floor))
    if quoters:
        return quoters[-1]
    found = list(cues(page.mask, floor, one.opening, page.names, floor=floor))
    speech = [c for c in found if not c.label]
    according = [m for m in re.compile(r"[Aa]ccording\s+to\s+").finditer(page.mask, floor, one.opening)]
    if according and not speech:
        return _according(page, according[-1].start(), according[-1].end(), one.opening)
    infinitive = _infinitive(page, floor, one.opening)
    if infinitive:
        return infinitive
    participle = _participle(page, floor, one.opening)
    best = max(speech or found, key=lambda c: c.start, default=None)
    if participle and (best is None or participle.start > best.end):
        return participle
    return best


def _according(page: _Page, start: int, at: int, end: int) -> Cue | None:
    near = [n for n in page.names if at <= n.start < min(end, at + 90)]
    persons = [n for n in near if n.kind is Kind.PERSON] or near
    if not persons:
        return None
    return Cue(start, at, "according to", Subject(persons[0].start, persons[0].end, persons[0]))


def _infinitive(page: _Page, floor: int, end: int) -> Cue | None:
    """ "led the council, the main group, to label the talks": the last name before an infinitive speaks."""
    from articles.mentions.speakers import verbs

    for match in re.compile(
        r"\b(?:led|prompted|caused|forced|allowed|prompting|leading|pushed)\s[^\"]*?\bto\s+(?=\w)"
    ).finditer(page.mask, floor, end):
        verb = verbs().match(page.mask, match.end())
        names = [n for n in page.names if match.start() < n.start < match.end()]
        if verb and names:
            return Cue(
                verb.start(), verb.end(), verb.group(), Subject(names[0].start, names[0].end, names[0])
            )
    return None


def _participle(page: _Page, floor: int, end: int) -> Cue | None:
    """ "Tessedin resigns, saying that ...": the subject of the sentence speaks."""
    matches = list(
        re.compile(
            r"[,\s](?P<verb>saying|adding|telling \w+|calling|describing|writing|noting|arguing|warning|insisting|asking|tweeting|declaring|explaining|claiming|stating|promising|denouncing|dismissing|accusing|labeling|labelling|vowing|urging|concluding|joking|quipping|shouting)\b"
        ).finditer(page.mask, floor, end)
    )
    if not matches:
        return None
    verb = matches[-1]
    subject = page.antecedents.subject_of_sentence(floor, verb.start())
    if subject is None:
        return None
    return Cue(verb.start("verb"), verb.end("verb"), verb["verb"], subject)


def _resolved(page: _Page, cue: Cue, said: Sequence[_Said]) -> _Said:
    """The cue's subject as a name: pronouns and "the ministry" through what stands before."""
    subject = cue.subject
    name, phrase = subject.name, None
    if subject.pronoun:
        name = page.antecedents.of_pronoun(subject.pronoun, subject.start)
    elif subject.phrase:
        name = page.antecedents.of_phrase(subject.phrase, subject.start)
        held = any(subject.start <= n.start and n.end <= subject.end for n in page.names)
        phrase = subject.phrase if name is None and held and not cue.label else None
    via = cue.via.surface if cue.via else None
    if cue.via_noun:
        medium = page.antecedents.last_of(Kind.MEDIA, cue.start)
        via = medium.surface if medium else None
    if (
        via is None
        and said
        and said[-1].name
        and name
        and said[-1].name.surface == name.surface
        and subject.pronoun
    ):
        via = said[-1].via  # he goes on through the same agency
    return _Said(name, phrase, cue.verb, via)


def _carried_on(
    page: _Page, one: Quoted, before: Quoted | None, said: Sequence[_Said], *, full: bool
) -> _Said:
    """3. No verb of its own: the speaker before goes on, within the paragraph or into a new one."""
    nobody = _Said(None, None, None, None)
    if before is None or not said or not full and one.paragraph != before.paragraph:
        return _introduced(page, one) or nobody
    last = said[-1]
    between = page.mask[before.closing : one.opening]
    starts = not page.mask[page.paragraphs[one.paragraph].start : one.opening].strip()
    begins_sentence = starts or re.search(r"[.!?:]\"?\s*$", between) is not None or not between.strip()
    if not begins_sentence:
        return nobody
    if one.paragraph == before.paragraph:
        stops = len(
            re.findall(r"[.!?](?=\s+[A-Z])", re.sub(r"\b(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov)\.", "", between))
        )
        return (
            _Said(last.name, last.phrase, None, last.via) if stops <= 1 else _introduced(page, one) or nobody
        )
    introduced = _introduced(page, one)
    if introduced:
        return introduced
    if starts and one.paragraph == before.paragraph + 1 and (before.open_end or not between.strip()):
        return _Said(last.name, last.phrase, None, last.via)
    return nobody


def _introduced(page: _Page, one: Quoted) -> _Said | None:
    """A paragraph that is a quote alone, behind one that ends in a colon or reports the same speaker's words."""
    number = one.paragraph
    if not number or page.mask[page.paragraphs[number].start : one.opening].strip():
        return None
    previous = page.paragraphs[number - 1]
    last = [s for s in page.sentences if previous.start <= s.start < previous.end][-1:]
    if not last or '"' in page.mask[last[0].start : last[0].end]:
        return None
    colon = page.mask[: previous.end].rstrip().endswith(":")
    found = [
        c
        for c in cues(page.mask, last[0].start, previous.end, page.names, floor=last[0].start)
        if not c.label
    ]
    if found:
        return _resolved(page, found[0] if not colon else found[-1], [])
    subject = page.antecedents.subject_of_sentence(last[0].start, previous.end) if colon else None
    return _Said(subject.name, None, None, None) if subject else None


def _is_title(words: str) -> bool:
    """True for a few words that all have capitals: the name of a book, a ship, a broadcast."""
    found = re.findall(r"[^\W\d_][\w'’-]*", words)
    small = {"of", "the", "and", "a", "in", "for", "on", "to"}
    return (
        1 < len(found) <= 6
        and all(word[0].isupper() or word in small for word in found)
        and words[-1:] not in {".", "!", "?"}
    )


def _adjacent(page: _Page, cue: Cue, one: Quoted) -> bool:
    """True when the verb stands straight beside the quotation."""
    return 0 <= one.opening - cue.end <= 3 or (cue.start >= one.closing and not cue.label)
