"""Outlets: what is known about each (TOML files), and which one a page names.

An outlet is taken from the page's address, from wording that its rule file lists, or from an appeal or
a copyright line that names it. When none of these speaks, the outlet is unknown. It is never guessed.
"""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from articles.clean.article import Field
from articles.clean.dates import DateOrder
from articles.clean.lexicons import lexicon, line_key, word_set
from articles.clean.line_marks import LineMarks
from articles.clean.outlet_phrases import phrase_pattern
from articles.clean.press_names import PressNames
from articles.clean.wrapping import Block

FOLDER = Path(__file__).parent / "outlets"
UNKNOWN_OUTLET: Field[str | None] = Field(
    None, "none", 0.0, note="Nothing in the page or its address names the outlet."
)


@dataclass(frozen=True, slots=True)
class OutletRule:
    """What one rule file says about an outlet.

    `wording` are phrases that name it wherever they stand; `chrome` and `keep` are whole lines that are
    never, or always, the story ("*" stands for anything); `short_forms` are its initials in credits;
    `date_order` says how it writes a date in figures; `is_agency` is true for outlets whose stories others
    print, so that their name alone does not make a page theirs.
    """

    name: str
    domains: tuple[str, ...] = ()
    short_forms: tuple[str, ...] = ()
    wording: tuple[str, ...] = ()
    chrome: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    date_order: DateOrder | None = None
    is_agency: bool = False

    def is_worded(self, key: str) -> bool:
        """True when a line with this `line_key` holds one of the outlet's wordings."""
        return any(line_key(phrase) in key for phrase in self.wording)


class OutletRules:
    """A set of outlet rules with the lookups that cleaning needs; built once, passed to `clean_page`.

    `marks` are the lines that curators marked, by outlet. They say what a line is and never name an outlet,
    so that a mark on one outlet's pages changes nothing on another's.
    """

    def __init__(self, outlets: Iterable[OutletRule], *, marks: Iterable[LineMarks] = ()) -> None:
        self.outlets = tuple(outlets)
        self._marks = {each.outlet: each for each in marks}
        self._own: LineMarks | None = None
        self._ruled_outlet: str | None = None
        self.by_form = {
            form.casefold(): outlet.name
            for outlet in self.outlets
            for form in (outlet.name, *outlet.short_forms)
        }
        agencies = {outlet.name for outlet in self.outlets if outlet.is_agency}
        self.press = PressNames(
            outlets=self.by_form,
            agencies={form: name for form, name in self.by_form.items() if name in agencies},
        )
        self._by_domain = {domain: outlet for outlet in self.outlets for domain in outlet.domains}
        self._wording = [(line_key(phrase), outlet) for outlet in self.outlets for phrase in outlet.wording]

    def for_address(self, url: str | None) -> OutletRule | None:
        """The outlet whose domain the address is in, subdomains included."""
        host = host_of(url)
        while "." in host:
            if host in self._by_domain:
                return self._by_domain[host]
            host = host.partition(".")[2]
        return None

    def for_wording(self, key: str) -> OutletRule | None:
        """The outlet that a line with this `line_key` names by listed wording."""
        return next((outlet for phrase, outlet in self._wording if phrase in key), None)

    def for_page(self, own: LineMarks | None, *, outlet: str | None = None) -> OutletRules:
        """Return these rules for one page with marks of its `own`, which come before its outlet's.

        `outlet` is the one that a person ruled the page to be of ("" for none); None when nobody did.
        """
        rules = copy.copy(self)
        rules._own, rules._ruled_outlet = own, outlet  # noqa: SLF001  # its own copy
        return rules

    def with_marks(self, marks: LineMarks) -> OutletRules:
        """Return these rules with other marks for one outlet."""
        rules = copy.copy(self)
        rules._marks = {**self._marks, marks.outlet: marks}  # noqa: SLF001  # its own copy
        return rules

    def marks_for(self, outlet: str | None) -> tuple[LineMarks, ...]:
        """Return the marks on a page that was found to be of this outlet, the strongest first."""
        name = outlet if self._ruled_outlet is None else self._ruled_outlet
        return tuple(marks for marks in (self._own, self._marks.get(name or "")) if marks)

    def named(self, name: str) -> OutletRule | None:
        """The rule of the outlet with this name or short form."""
        known = self.by_form.get(name.casefold()) or self.by_form.get(f"the {name}".casefold())
        return next((outlet for outlet in self.outlets if outlet.name == known), None)


def host_of(url: str | None) -> str:
    """The host of an address without "www."; empty when there is none or it cannot be read."""
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def read_rules(folder: Path = FOLDER) -> OutletRules:
    """The rules of all TOML files in a folder, in the order of their names.

    A file is one outlet (keys at its top) or many (`[[outlet]]` tables).
    Raises ValueError with the file's name when a table has no name or a key that is not known.
    """
    outlets = []
    for path in sorted(folder.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        outlets += [_rule(entry, path) for entry in table.get("outlet", [table])]
    return OutletRules(outlets)


@cache
def builtin_rules() -> OutletRules:
    """The rules that come with Dateline, read once."""
    return read_rules()


def _rule(entry: dict[str, Any], path: Path) -> OutletRule:
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()
    }
    try:
        return OutletRule(**values)
    except TypeError as error:
        known = ", ".join(OutletRule.__dataclass_fields__)
        raise ValueError(
            f"{path.name}: {error}. An outlet needs a name; the known keys are: {known}."
        ) from error


@cache
def line_pattern(phrases: tuple[str, ...]) -> re.Pattern[str] | None:
    """One pattern for a rule's whole lines, to be matched against a `line_key`; None when there are none."""
    if not phrases:
        return None
    return re.compile("|".join(f"(?:{phrase_pattern(phrase)})" for phrase in phrases))


# Blocks at the head and foot of a page in which an outlet's bare name is its masthead or imprint.
HEAD, FOOT = 8, 6
# Letters of a name that counts as a masthead, and of one that counts inside a copyright notice.
SHORTEST_MASTHEAD, SHORTEST_OWNER = 4, 7
# Lines longer than this, in characters, are prose and name nothing here.
LONGEST_LINE = 400


def find_outlet(
    blocks: tuple[Block, ...], keys: tuple[str, ...], url: str | None, rules: OutletRules
) -> Field[str | None]:
    """The outlet a page names, strongest sign first; `keys` are the blocks' `line_key`s."""
    # 1. The address says it.
    by_address = rules.for_address(url)
    if by_address:
        return Field(by_address.name, "address", 0.99, note=f"The address is on {host_of(url)}.")
    # 2. Wording that a rule file lists.
    lines = [
        (index, block, key)
        for index, (block, key) in enumerate(zip(blocks, keys, strict=True))
        if len(key) < LONGEST_LINE
    ]
    for _, block, key in lines:
        rule = rules.for_wording(key)
        if rule:
            return _named(rule.name, "wording", 0.95, block)
    # 3. A line that names it: an appeal, a copyright notice.
    for _, block, key in lines:
        name = _named_in(block.text, key, rules)
        if name:
            return _named(name, "named in the page", 0.85, block)
    # 4. Its bare name at the head or the foot of the page.
    for index, block, _ in lines:
        if index < HEAD or index >= len(blocks) - FOOT:
            name = _masthead(block.text, rules)
            if name:
                return _named(name, "masthead", 0.8, block)
    return UNKNOWN_OUTLET


def _named(name: str, method: str, confidence: float, block: Block) -> Field[str | None]:
    return Field(name, method, confidence, block.lines, f"The line “{block.text[:80]}” names {name}.")


def _masthead(text: str, rules: OutletRules) -> str | None:
    """The known outlet whose name the line is, or begins with before a separator; never an agency."""
    first = re.split(r"\s*[|·•>»]\s*|\s{2,}|,\s", text, maxsplit=1)[0]
    rule = rules.named(first)
    return rule.name if rule and not rule.is_agency and len(rule.name) >= SHORTEST_MASTHEAD else None


_NAME = r"((?:[A-Z][\w&.'’-]*)(?:\s+(?:of|the|and|&|de|du|la|[A-Z][\w&.'’-]*)){0,6}?)"
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|[Cc]opyright)\s*(?:©\s*)?(?:(?:19|20)\d\d\s*(?:[-–]\s*(?:19|20)\d\d)?\s*,?\s*)?(?:by\s+)?"
    rf"{_NAME}\s*(?:[.,|•·-]|(?:19|20)\d\d|All [Rr]ights|$)"
)
_COMPANY = re.compile(
    r",?\s*\b(?:Inc|LLC|Ltd|Limited|Corp|Corporation|Co|GmbH|AG|S\.A|PLC|Plc|plc|Company|Group|Media|Publications|Publishing|Newspapers)\b\.?",
    re.IGNORECASE,
)


@cache
def _appeals(kind: str) -> tuple[re.Pattern[str], ...]:
    """The sentences of `outlet_words.toml` as patterns; the name is in capitals, the rest in any case."""
    before_after = (appeal.split("{name}") for appeal in lexicon("outlet_words")[kind])
    return tuple(
        re.compile(
            f"^(?i:{re.escape(before)}){_NAME}(?i:{re.escape(after)})" + ("" if after else r"(?=\W*$)")
        )
        for before, after in before_after
    )


def _named_in(text: str, key: str, rules: OutletRules) -> str | None:
    """The outlet that an appeal or a copyright notice names, if it is known or has a newspaper's name."""
    if "copyright" in key or "©" in text or "(c)" in key:
        known = next(
            (
                o
                for o in rules.outlets
                if not o.is_agency and line_key(o.name) in key and len(o.name) >= SHORTEST_OWNER
            ),
            None,
        )
        if known:
            return known.name
        match = _COPYRIGHT.search(text)
        return _press_name(_COMPANY.sub("", match.group(1)).strip(" .,"), rules) if match else None
    for appeal in _appeals("appeals"):
        match = appeal.match(text)
        if match:
            return _press_name(match.group(1), rules)
    for appeal in _appeals("known_appeals"):
        match = appeal.match(text)
        known = rules.named(match.group(1)) if match else None
        if known:
            return known.name
    return None


def _press_name(name: str, rules: OutletRules) -> str | None:
    """The name if a rule file knows it, or if one of its words is a word of newspapers' names."""
    known = rules.named(name) if name else None
    if known:
        return known.name
    words = {word.casefold().strip(".,'’") for word in name.split()}
    press = (
        len(words) > 1
        and words & word_set("outlet_words", "words")
        and not words & word_set("outlet_words", "generic")
    )
    return name if press else None
