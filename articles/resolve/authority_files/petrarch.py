"""Actors from the dictionary form of PETRARCH and TABARI, in which event coders list them.

A record is a head, its synonyms and its codes with the days they hold for; all these forms are read::

    SELM_HARBOUR_AUTHORITY_ [VESGOV]          one line, in the older form also with several brackets
    MARKO_JUHN_  ; where from                  a head, with a comment behind "#" or ";"
    +M._JUHN_                                  synonyms
        [VESELI 800101-991231]                 a code between two days, both included
        [VESGOV >000717]                       from a day on; "<000717" is up to a day
        [VESELI]                               what holds outside of all these days

Days are YYMMDD, where 00 to 30 is after 2000, or YYYYMMDD. Heads that follow each other without a code are
spellings of the last of them, the one that has it.

1. Lines become records. 2. Heads of one name and kind are one actor. 3. Codes become kind, offices and notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from articles.mentions.spans import Kind
from articles.resolve.authority_files.cameo import (
    CodeUse,
    kind_of,
    names_state,
    role_of,
    state_code,
    state_of,
)
from articles.resolve.authority_files.entry import (
    LONGEST_NAME,
    AuthorityEntry,
    EdgeError,
    Office,
    Problem,
    distinct_names,
    edge_of,
    runs_backwards,
)
from articles.resolve.authority_files.shown_names import plain_name, shown_name
from articles.resolve.register import keys_of

_BRACKET = re.compile(r"\[([^\[\]]*)\]")
_CODE = re.compile(r"(?P<code>[A-Z]{3}[A-Z0-9]{0,15})\s*(?P<days>[<>]?\s*\d+(?:\s*-\s*\d+)?)?")
_NO_CODE = "---"
# In YYMMDD years up to this one lie after 2000: the dictionaries' own convention (petrarch, dstr_to_ordate).
_LAST_YOUNG_YEAR = 30
_SHORT_DAY, _LONG_DAY = len("000717"), len("20000717")
_PEOPLE_LIST = re.compile(r"CountryInfo|rulers", re.IGNORECASE)
_DEFAULT_ROLE = "ELI"  # what people are coded as before and after their offices: it is no office


@dataclass(slots=True)
class _Record:
    line: int
    names: list[str]
    codes: list[CodeUse] = field(default_factory=list)
    comment: str = ""
    coded: bool = False


def read_petrarch(content: bytes) -> Iterator[AuthorityEntry | Problem]:
    """Read a dictionary; problems come first, then the actors in the order of their first heads."""
    problems: list[Problem] = []
    records = _records(_text(content).splitlines(), problems)
    entries = list(_entries(records, problems))
    yield from sorted(problems, key=lambda problem: problem.line)
    yield from entries


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # The dictionaries grew under many hands: single lines are in Latin-1, the others in UTF-8.
        return "\n".join(_line_text(line) for line in content.splitlines())


def _line_text(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _records(lines: Iterable[str], problems: list[Problem]) -> Iterator[_Record]:
    """1. Lines become records."""
    reader = _RecordReader(problems)
    for number, raw in enumerate(lines, 1):
        yield from reader.take(number, raw)
    if reader.record is not None:
        yield reader.record


class _RecordReader:
    """The record that is being read, line by line; `parted` says that an empty line came after its last."""

    def __init__(self, problems: list[Problem]) -> None:
        self.record: _Record | None = None
        self._problems = problems
        self._parted = self._in_comment = False

    def take(self, number: int, raw: str) -> Iterator[_Record]:
        """Take in a line, and give the record that it ends."""
        line, comment, self._in_comment = _without_comments(raw, in_comment=self._in_comment)
        phrase = _BRACKET.sub(" ", line).strip()
        if not line.strip():
            # Behind an empty line a head is never a spelling of the one before; synonyms and codes still are its.
            self._parted = self._parted or not comment
        elif "[" in phrase or "]" in phrase:
            what = f'"{line.strip()}" has a bracket without its other one'
            self._problems.append(Problem(number, what, "mend it"))
        else:
            yield from self._phrase(number, phrase, comment)
            self._brackets(number, _BRACKET.findall(line))
            self._parted = False

    def _phrase(self, number: int, phrase: str, comment: str) -> Iterator[_Record]:
        record = self.record
        if phrase.startswith("+"):
            if record is None:
                what = f'"{phrase}" is a synonym of no head'
                self._problems.append(Problem(number, what, "put it under its head"))
            else:
                record.names += [part for part in phrase.split("+") if part.strip()]
        elif phrase and record is not None and not record.coded and not self._parted:
            record.names.append(phrase)
        elif phrase:
            if record is not None:
                yield record
            self.record = _Record(number, [phrase], comment=comment)

    def _brackets(self, number: int, brackets: list[str]) -> None:
        if brackets and self.record is None:
            what = f"the code [{brackets[0]}] stands under no head"
            self._problems.append(Problem(number, what, "put it under one"))
        if brackets and self.record is not None:
            self.record.coded = True
            for bracket in brackets:
                self.record.codes += _codes(bracket, number, self._problems)


def _without_comments(raw: str, *, in_comment: bool) -> tuple[str, str, bool]:
    """Return a line without its comments, the comment behind it, and whether one is open at its end."""
    line = raw
    if in_comment:
        _, closed, line = line.partition("-->")
        if not closed:
            return "", "-", True
    line = re.sub(r"<!--.*?-->", " ", line)
    line, opened, _ = line.partition("<!--")
    found = re.search(r"[#;]", line)
    comment = line[found.start() :] if found else ""
    return line[: found.start()] if found else line, comment or ("-" if opened else ""), bool(opened)


def _codes(bracket: str, number: int, problems: list[Problem]) -> list[CodeUse]:
    """Return the codes of one bracket; the older form has several with "/" or spaces between."""
    if bracket.strip() == _NO_CODE:
        return []
    uses: list[CodeUse] = []
    for piece in bracket.split("/"):
        match = _CODE.fullmatch(piece.strip())
        if match is None:
            problems.append(
                Problem(number, f"[{bracket}] is no code", "write it as [ABCGOV 000717-091231], <DAY or >DAY")
            )
            continue
        try:
            uses.append(_dated(match["code"], match["days"] or ""))
        except EdgeError as error:
            problems.append(
                Problem(
                    number, f"[{bracket}]: {error}; the code is left out", "write days as YYMMDD or YYYYMMDD"
                )
            )
    return uses


def _dated(code: str, said: str) -> CodeUse:
    """Return a code with its days. Raises EdgeError for a day that no calendar has."""
    days = re.sub(r"\s", "", said)
    if not days:
        return CodeUse(code)
    if days.startswith("<"):
        return CodeUse(code, None, _day(days[1:]))
    first, _, last = days.lstrip(">").partition("-")
    start, end = _day(first), _day(last) if last else None
    if runs_backwards(start, end) and len(first) == _SHORT_DAY:
        # "290101-681231" begins in 1929: the short year is of the century before the end.
        start = f"{int(start[:4]) - 100}{start[4:]}"
    if runs_backwards(start, end):
        raise EdgeError(f"{days} ends before it begins")
    return CodeUse(code, start, end)


def _day(digits: str) -> str:
    """Return a day as ISO text. Eight digits are taken of longer ones, as PETRARCH itself does."""
    if len(digits) >= _LONG_DAY:
        iso = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}"
    elif len(digits) == _SHORT_DAY:
        century = 20 if int(digits[:2]) <= _LAST_YOUNG_YEAR else 19
        iso = f"{century}{digits[:2]}-{digits[2:4]}-{digits[4:6]}"
    else:
        raise EdgeError(f'"{digits}" is no day')
    edge = edge_of(iso)
    if edge is None:
        raise EdgeError(f'"{digits}" is no day')
    return edge


def _entries(records: Iterable[_Record], problems: list[Problem]) -> Iterator[AuthorityEntry]:
    """2. Heads of one name and kind are one actor, in the place of the first."""
    found: dict[tuple[str, Kind, str], AuthorityEntry] = {}
    for record in records:
        entry = _entry(record, problems)
        if entry is None:
            continue
        # Two people of one name serve two states; what one state lists twice is one person.
        states = (
            record.codes[0].parts[0]
            if entry.kind is Kind.PERSON and state_of(record.codes[0].parts[0])
            else ""
        )
        slot = (keys_of(entry.name, entry.kind).exact, entry.kind, states)
        before = found.get(slot)
        found[slot] = entry if before is None else _joined(before, entry)
    yield from found.values()


def _joined(first: AuthorityEntry, again: AuthorityEntry) -> AuthorityEntry:
    return AuthorityEntry(
        name=first.name,
        kind=first.kind,
        variants=distinct_names(first.name, [*first.variants, again.name, *again.variants]),
        offices=tuple(dict.fromkeys((*first.offices, *again.offices))),
        source=first.source,
        line=first.line,
        notes=tuple(dict.fromkeys((*first.notes, *again.notes, f"stands again in line {again.line}"))),
    )


def _entry(record: _Record, problems: list[Problem]) -> AuthorityEntry | None:
    """3. Codes become kind, offices and notes."""
    names = [name for name in dict.fromkeys(map(plain_name, record.names)) if 0 < len(name) <= LONGEST_NAME]
    if not names:
        problems.append(Problem(record.line, "the head is empty or too long", "write a name"))
        return None
    if not record.codes:
        if not record.coded:
            problems.append(Problem(record.line, f'"{names[0]}" has no code', "write one behind or under it"))
        return None  # [---] says that this is nobody, and a code that could not be read has been told
    kind = kind_of(names[0], record.codes, personal=bool(_PEOPLE_LIST.search(record.comment)))
    shown = [shown_name(name, person=kind is Kind.PERSON, acronyms=kind is not Kind.STATE) for name in names]
    offices, notes = _offices(record.codes, kind)
    if kind is Kind.STATE:
        return _state(record, shown, notes)
    return AuthorityEntry(
        name=shown[0],
        kind=kind,
        variants=distinct_names(shown[0], shown[1:]),
        offices=offices,
        line=record.line,
        notes=notes,
    )


def _state(record: _Record, shown: list[str], notes: tuple[str, ...]) -> AuthorityEntry:
    """Return a state: its cities and peoples, which stand among its synonyms, are no names of it."""
    code = state_code(shown[0], record.codes[0]) or record.codes[0].parts[-1]
    name = state_of(code) or shown[0]
    own = [spelling for spelling in shown if names_state(spelling, code)]
    left = [spelling for spelling in shown if spelling not in own]
    told = (f"places, peoples and misspellings left out: {len(left)}",) if left else ()
    return AuthorityEntry(
        name=name,
        kind=Kind.STATE,
        variants=distinct_names(name, own),
        line=record.line,
        notes=(*notes, *told),
    )


def _offices(codes: list[CodeUse], kind: Kind) -> tuple[tuple[Office, ...], tuple[str, ...]]:
    """Return the offices that codes say, and the codes themselves as a note."""
    note = "codes: " + "; ".join(
        " ".join(filter(None, (use.code, f"{use.start or ''}..{use.end or ''}" if use.dated else "")))
        for use in codes
    )
    offices: list[Office] = []
    for use in codes:
        if use.parts[1:] == (_DEFAULT_ROLE,) and kind is Kind.PERSON and len(codes) > 1:
            continue
        title, of = role_of(use)
        if title:
            offices.append(Office(title, of, use.start, use.end))
    return tuple(dict.fromkeys(offices)), (note,)
