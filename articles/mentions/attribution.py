"""Which verb of speech a quotation belongs to: one behind it, one before it, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.mentions.antecedents import Antecedents
from articles.mentions.cue_verbs import verbs
from articles.mentions.plain import Stretch, paragraphs, sentences
from articles.mentions.quotations import MASK, Quoted, masked, quoted_stretches
from articles.mentions.spans import Kind, NameSpan, RoleSpan
from articles.mentions.speakers import Cue, cues, participles, quoting
from articles.mentions.subjects import Subject

# A word that makes what follows a clause of its own: no lead to the speaker of a quotation.
_GOVERNED = re.compile(
    r"\b(?:that|which|who|when|as|because|but|until|before|after|since|while|if|though|although|and|or|for|about"
    r"|with|in|on|at|by|to|than)\b"
)
_ACCORDING = re.compile(r"[Aa]ccording\s+to\s+(?:the\s+)?")
# "led the council to label": the one who is led speaks.
_LED_TO = re.compile(
    r"\b(?:led|prompted|caused|forced|allowed|prompting|leading|pushed)\s[^\"]*?\bto\s+(?=\w)"
)


class Page:
    """A body with its quotations masked, ready to be asked."""

    def __init__(self, text: str, view: str, names: Sequence[NameSpan], roles: Sequence[RoleSpan]) -> None:
        self.text = text
        self.quoted = quoted_stretches(text)
        self.mask = masked(view, self.quoted)
        self.names = [n for n in names if MASK not in self.mask[n.start : n.end]]
        self.paragraphs = paragraphs(text)
        self.sentences = sentences(self.mask)
        self._at = {one: at for at, one in enumerate(self.quoted)}
        self.antecedents = Antecedents(self.mask, self.names, roles, self.sentences)

    def before(self, one: Quoted) -> Quoted | None:
        """Return the quotation before one, None for the first and for what is none of this page's."""
        at = self._at.get(one, 0)
        return self.quoted[at - 1] if at else None

    def after(self, one: Quoted) -> Quoted | None:
        """Return the quotation behind one, None for the last."""
        at = self._at[one] + 1
        return self.quoted[at] if at < len(self.quoted) else None

    def sentence_at(self, at: int) -> Stretch:
        """Return the sentence of the masked text that holds a place."""
        return next((s for s in self.sentences if s.start <= at < s.end), Stretch(at, at))

    def opens_paragraph(self, one: Quoted) -> bool:
        """Return True when nothing but the quotation's mark begins its paragraph."""
        return not self.mask[self.paragraphs[one.paragraph].start : one.opening].strip()


def cue_of(page: Page, one: Quoted) -> Cue | None:
    """Return the verb a quotation belongs to.

    A quotation that ends in a comma belongs to what follows; one that a verb introduces belongs to that.
    """
    behind = _cue_behind(page, one)
    ahead = cue_ahead(page, one)
    last = page.mask[one.end - 1]
    introduced = re.search(
        r"[:,]\s*$|\b(?:that|as|a|an|the)\s*$", page.mask[max(0, one.opening - 8) : one.opening]
    )
    if behind and (ahead is None or (last in ",?!…" + MASK and not (introduced and last != ","))):
        return behind
    return ahead or behind


def _cue_behind(page: Page, one: Quoted) -> Cue | None:
    """Return a verb whose clause begins where the quotation ends: "...," Annan said; "..." said Annan."""
    if one.open_end:
        return None
    after = page.after(one)
    same = after is not None and after.paragraph == one.paragraph
    limit = after.opening if after and same else page.paragraphs[one.paragraph].end
    tail = page.mask[one.closing : limit]
    if page.mask[one.end - 1] == "." and re.match(r"\s+[A-Z]", tail):
        return None  # the quotation ended its sentence; what follows is the next
    lead = re.match(r"[\s,.–—-]*", tail)
    begin = one.closing + (lead.end() if lead else 0)
    if "." in page.mask[one.closing : begin] and page.mask[begin : begin + 1].isupper():
        return None
    end = min(limit, max(page.sentence_at(min(begin, len(page.mask) - 1)).end, begin))
    found = [
        *quoting(page.mask, begin, end, page.names, floor=begin),
        *cues(page.mask, begin, end, page.names, floor=begin),
    ]
    for cue in found[:1]:
        between = page.mask[begin : min(cue.start, cue.subject.start)]
        if re.fullmatch(r"(?:[\w.'-]+,?\s+){0,9}", between) and not _GOVERNED.search(between):
            return cue
    according = _ACCORDING.match(page.mask, begin)
    return _according(page, according, end) if according else None


def cue_ahead(page: Page, one: Quoted) -> Cue | None:
    """Return the verb before a quotation in its sentence: "Annan said: ...", "called the talks a ...".

    1. who is quoted by an agency, 2. "according to", 3. who is led to say, 4. a participle, 5. the last verb
    of speech that no other reports, or else the last that labels, 6. a colon.
    """
    sentence = page.sentence_at(one.opening)
    start = max(sentence.start, page.paragraphs[one.paragraph].start)
    floor = start
    before = page.before(one)
    if (
        before
        and before.paragraph == one.paragraph
        and before.closing > floor
        and page.mask[before.end - 1] in ",.!?"
    ):
        floor = before.closing
    quoters = list(quoting(page.mask, floor, one.opening, page.names, floor=floor))
    if quoters:
        return quoters[-1]
    found = list(cues(page.mask, floor, one.opening, page.names, floor=floor))
    speech = [cue for cue in found if not cue.label]
    according = list(_ACCORDING.finditer(page.mask, floor, one.opening))
    if according and not speech:
        return _according(page, according[-1], one.opening)
    led = _led_to_say(page, floor, one.opening)
    if led:
        return led
    best = _reporting(page.mask, speech) if speech else max(found, key=lambda cue: cue.start, default=None)
    participle = participle_of(page, start, one.opening)
    if participle and (best is None or participle.start > best.end):
        return participle
    return best or _colon(page, start, one.opening)


def _reporting(mask: str, speech: Sequence[Cue]) -> Cue:
    """Return the last verb, unless another reports its subject: "Meeks said Clinton reassured them"."""
    last = speech[-1]
    for cue in reversed(speech[:-1]):
        between = mask[cue.end : last.subject.start]
        if re.fullmatch(r"\s+(?:that\s+)?(?:[\w.'-]+\s+){0,4}", between) and not _GOVERNED.search(
            between.replace("that", "")
        ):
            last = cue
    return last


def according_to(page: Page, start: int, end: int) -> Cue | None:
    """Return the first "according to" of a stretch, with the one whom it names."""
    match = _ACCORDING.search(page.mask, start, end)
    return _according(page, match, end) if match else None


def _according(page: Page, match: re.Match[str], end: int) -> Cue | None:
    near = [n for n in page.names if match.end() <= n.start < min(end, match.end() + 90)]
    persons = [n for n in near if n.kind is Kind.PERSON] or near
    if persons:
        subject = Subject(persons[0].start, persons[0].end, persons[0])
    else:
        run = re.compile(r"[A-Z][\w.'-]*(?:\s+[A-Z][\w.'-]*)*").match(page.mask, match.end(), end)
        if run is None:
            return None
        subject = Subject(run.start(), run.end(), phrase=run.group())
    return Cue(match.start(), match.end(), "according to", subject)


def _led_to_say(page: Page, floor: int, end: int) -> Cue | None:
    for match in _LED_TO.finditer(page.mask, floor, end):
        verb = verbs().match(page.mask, match.end())
        names = [n for n in page.names if match.start() < n.start < match.end()]
        if verb and names:
            return Cue(
                verb.start(), verb.end(), verb.group(), Subject(names[0].start, names[0].end, names[0])
            )
    return None


def participle_of(page: Page, floor: int, end: int) -> Cue | None:
    """Find "Tessedin resigns, saying that ...": the subject of the sentence speaks."""
    found = list(participles(page.mask, floor, end))
    if not found:
        return None
    subject = page.antecedents.subject_of_sentence(floor, found[-1].start())
    if subject is None:
        return None
    return Cue(found[-1].start(), found[-1].end(), found[-1].group(), subject)


def _colon(page: Page, floor: int, end: int) -> Cue | None:
    """Find "Ramos released this statement: ...", "Philip Bump: ...": the subject, without a verb."""
    if not re.search(r":\s*$", page.mask[floor:end]):
        return None
    bare = [
        n
        for n in page.names
        if floor <= n.start and re.fullmatch(r"(?:\s*\([^)]*\))?:\s*", page.mask[n.end : end])
    ]
    subject = (
        Subject(bare[0].start, bare[0].end, bare[0])
        if bare
        else page.antecedents.subject_of_sentence(floor, end)
    )
    return Cue(end, end, "", subject) if subject else None
