"""What a pronoun or "the ministry" means: the persons and bodies named before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.mentions.cue_verbs import verbs
from articles.mentions.lexicons import alternatives, words
from articles.mentions.plain import Stretch
from articles.mentions.reading import is_verb_of_actor
from articles.mentions.spans import Gender, Kind, NameSpan, RoleSpan
from articles.mentions.subjects import Subject

_GENDER: dict[str, Gender] = {"he": "m", "she": "f"}

# The word after a name, past an apposition and an adverb: a verb there makes the name a subject.
_FOLLOWING = re.compile(r"(?:,[^,\"]{2,80},|,)?\s+(?:who\s+)?(?:\w+ly\s+|also\s+|then\s+)?(\w+)")
_BEHIND_PREPOSITION = re.compile(r"\b(?:of|for|to|from|with|by|at|against|about|in|on)\s+(?:the\s+)?$")


def _is_verb(word: str) -> bool:
    if word.endswith("ing"):
        return False
    return word in words("metonyms", "auxiliary") or verbs().match(word) is not None or is_verb_of_actor(word)


class Antecedents:
    """Names of a body outside its quotations, and who spoke last."""

    def __init__(
        self, mask: str, names: Sequence[NameSpan], roles: Sequence[RoleSpan], sentences: Sequence[Stretch]
    ) -> None:
        self._mask = mask
        self._names = names
        self._roles = roles
        self._sentences = sentences
        self._spoke: list[tuple[NameSpan, int]] = []
        self._gender: dict[str, Gender] = {}
        for name in names:
            if name.kind is Kind.PERSON and name.gender:
                self._gender.setdefault(_last_word(name.surface), name.gender)

    def spoke(self, name: NameSpan | None, at: int) -> None:
        """Note that somebody was quoted up to a place."""
        if name:
            self._spoke.append((name, at))

    def last_of(self, kind: Kind, before: int) -> NameSpan | None:
        """Return the last name of a kind before a place."""
        return next((n for n in reversed(self._names) if n.kind is kind and n.end <= before), None)

    def of_pronoun(self, pronoun: str, at: int) -> NameSpan | None:
        """Return who "he" or "she" is.

        1. the subject earlier in its own sentence, 2. a person who is the subject of a sentence since the
        last quote, 3. who spoke last, 4. the last subject at all. "They" is left open.
        """
        if pronoun not in _GENDER:
            return None
        fits = [n for n in self._names if n.kind is Kind.PERSON and n.end <= at and self._may_be(n, pronoun)]
        here = next((s for s in self._sentences if s.start <= at < s.end), None)
        last = next(
            (
                (n, end)
                for n, end in reversed(self._spoke)
                if end <= at and n.kind is Kind.PERSON and self._may_be(n, pronoun)
            ),
            None,
        )
        # 1. "Sarkozy said today that he supports".
        if here:
            own = [n for n in fits if n.start >= here.start and self._is_subject(n)]
            if own:
                return own[0]
        # 2. "Ludo Bassarin had a sister in Selmouth. "She will say ...," he observed".
        since = last[1] if last else 0
        for sentence in reversed(
            [
                s
                for s in self._sentences
                if since <= s.start and s.end <= at + 1 and (here is None or s.end <= here.start)
            ]
        ):
            subjects = [n for n in fits if sentence.start <= n.start < sentence.end and self._is_subject(n)]
            if subjects:
                return subjects[0]
        # 3. and 4.
        if last:
            return last[0]
        return next((n for n in reversed(fits) if self._is_subject(n)), None)

    def _may_be(self, name: NameSpan, pronoun: str) -> bool:
        known = name.gender or self._gender.get(_last_word(name.surface))
        return known in (None, _GENDER[pronoun])

    def _is_subject(self, name: NameSpan) -> bool:
        """Return True for a name that opens its sentence, but for a title, an article or an adverbial."""
        sentence = next((s for s in self._sentences if s.start <= name.start < s.end), None)
        if sentence is None:
            return False
        following = _FOLLOWING.match(self._mask, name.end)
        if following and _is_verb(following[1]):
            before = self._mask[max(sentence.start, name.start - 20) : name.start]
            return _BEHIND_PREPOSITION.search(before) is None
        lead = self._mask[sentence.start : name.start]
        if re.search(
            r"\b(?:of|for|to|from|with|by|at|against|about|in|on|and)\s+(?:the\s+)?(?:[\w.'-]+\s+){0,4}$",
            lead,
        ) and not re.search(r",\s*(?:[\w.'-]+\s+){0,4}$", lead):
            return False
        if re.search(r"\b(?:he|she|they|I|you|to)\b", lead):
            return False  # somebody else is the subject: "What would he say to the envoy, Ilmar Tessedin?"
        opening = r"[\s\"“”\x01*•-]*(?:(?:[^,\"]{1,90},\s+)?(?:[\w.'-]+,?\s+){0,6})?"
        return re.fullmatch(opening, lead) is not None

    def subject_of_sentence(self, start: int, end: int) -> Subject | None:
        """Return the subject that a participle or a colon at `end` belongs to, within mask[start:end].

        The last name with a verb of its own, else the first that opens the sentence, else "he" or "she".
        """
        inside = [n for n in self._names if start <= n.start < end]
        acting = [n for n in inside if self._has_verb(n, start, end)]
        pronouns = list(
            re.compile(r"(?<![\w'])(he|she)\s+(?=\w)", re.IGNORECASE).finditer(self._mask, start, end)
        )
        opening = next((n for n in inside if self._is_subject(n)), None)
        name = acting[-1] if acting else opening
        if pronouns and (name is None or (not acting and pronouns[0].start() < name.start)):
            first = pronouns[0]
            return Subject(first.start(1), first.end(1), pronoun=first[1].lower())
        return Subject(name.start, name.end, name) if name else None

    def _has_verb(self, name: NameSpan, start: int, end: int) -> bool:
        """Return True for a name whose verb follows, and which nothing else governs."""
        following = _FOLLOWING.match(self._mask, name.end, end)
        if following is None or not _is_verb(following[1]):
            return False
        return _BEHIND_PREPOSITION.search(self._mask[max(start, name.start - 20) : name.start]) is None

    def of_phrase(self, phrase: str, at: int) -> NameSpan | None:
        """Return who "the general" or "the ministry" is: the only bearer of the title, the last such body."""
        low = re.sub(r"^(?:the|its|his|her|their)\s+", "", phrase.lower())
        if phrase.lower().startswith(("a ", "an ", "one ", "another ")):
            return None
        noun = low.split()[-1] if low.split() else ""
        if noun in words("cues", "medium"):
            medium = self.last_of(Kind.MEDIA, at)
            if medium or noun != "agency":
                return medium
        if noun in words("cues", "body"):
            return next(
                (
                    n
                    for n in reversed(self._names)
                    if n.kind is Kind.ORGANISATION
                    and n.end <= at
                    and re.search(rf"\b{noun}\b", n.surface, re.IGNORECASE)
                ),
                None,
            )
        if re.search(rf"\b(?:{alternatives('titles', 'head')})$", low):
            return self._bearer(low, at)
        return None

    def _bearer(self, title: str, at: int) -> NameSpan | None:
        held = [
            r
            for r in self._roles
            if r.name_start < at and (title.endswith(r.title) or r.title.endswith(title))
        ]
        names = {n.start: n for n in self._names}
        bearers = [names[r.name_start] for r in held if r.name_start in names]
        people = {_last_word(n.surface) for n in bearers}
        return bearers[-1] if len(people) == 1 else None


def _last_word(surface: str) -> str:
    return surface.rsplit(maxsplit=1)[-1]
