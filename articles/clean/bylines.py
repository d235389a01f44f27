"""Reading a line as a byline: who wrote, in which role, for which agency.

A role ("Correspondent"), a desk ("Staff"), an agency or an outlet is never an author.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from articles.clean.dates import find_dates
from articles.clean.lexicons import lexicon, word_set
from articles.clean.press_names import PressNames

# Words that a byline has at most, dates aside. Longer lines are sentences that begin with "By".
LONGEST_BYLINE = 24
# Words of a name: "Jo Roe" to "Maria del Carmen von und zu Roe".
SHORTEST_NAME, LONGEST_NAME = 2, 6
# Words in lower case that a byline without "By" has at most: "diplomatic editor of the paper in".
MOST_LOWER = 6
# Letters of a name in capitals that is rewritten; "JP MG" may be initials.
SHORTEST_CAPITALS = 6
# Letters of an acronym with which the name of a house begins; "AJ Roe" has initials.
SHORTEST_ACRONYM = 3

_CLOCK = re.compile(
    r"\b\d{1,2}[:.]\d\d(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)?|\b\d{1,2}\s*[ap]\.?m\b\.?", re.IGNORECASE
)
_PART = re.compile(
    r"\s*(?:[|/•·;,&、]|\s[-–—]\s|\band\b|\bund\b|\bet\b|\bwith\b|\bfor\b|\(|\))\s*",
    re.IGNORECASE,
)
# "By Jane Roe in Geneva": where she was is no second author.
_PLACE = re.compile(r"\s(?:in|from|at)\s[^|/•·;,&()]+", re.IGNORECASE)
_NAME_WORD = re.compile(r"^(?:[^\W\d_]\.)+$|^[^\W\d_][^\W\d_'’.-]*(?:['’-][^\W\d_]+)*\.?$")
# "al-Assad", "ad-Dhoumi": the article is written in lower case and joined to the name.
_JOINED_PARTICLES = ("al-", "el-", "ad-", "as-", "ar-", "an-", "at-", "az-", "ash-", "ul-")
_GLUED_ROLE = re.compile(r"(?<=[a-z])([A-Z][a-z]+)\b")
# What stands behind a name without a space between: "Jane RoePublished", "Jane Roe5 hours ago", "Jane Roe@roe".
_GLUED_TAIL = re.compile(
    r"(?<=[a-z])(?=(?:Published|Updated|Posted|Last updated|Twitter|Facebook|Follow|Share|Email|The)(?:\b|[A-Z ]))"
    r"|(?<=\w)(?=@\w)|(?<=[^\W\d_])(?=\d)"
)
# Addresses, accounts, spans of time and months with a day: beside a name they say nothing about who wrote.
_ASIDE = re.compile(
    r"@\w+|\blast updated\b|\b[\w-]+\.(?:com|org|net|co\.\w\w|in|uk|de)\b"
    r"|\b\d+\s*(?:sec|min|minute|hour|hr|day|week|month|year)s?\b(?:\s+ago\b|\s+read\b)?"
    r"|\b(?:follow(?:ing)?|twitter|facebook|share|email|contact)\s*$"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}\b",
    re.IGNORECASE,
)
_GLUED_BY = re.compile(r"^by(?=[A-Z][a-z]+ [A-Z])")


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline read: names of people, the roles and agencies beside them. `led` is True after "By"."""

    names: tuple[str, ...]
    roles: tuple[str, ...]
    agencies: tuple[str, ...]
    led: bool


@cache
def _lead() -> re.Pattern[str]:
    leads = "|".join(sorted(map(re.escape, lexicon("bylines")["leads"]), key=len, reverse=True))
    return re.compile(rf"^[/|–—-]{{0,2}}\s*(?:{leads})(?:\s*[:/\uff1a\uff0f]\s*|\s+)(?=\S)", re.IGNORECASE)


def announces_author(text: str) -> bool:
    """True for a line such as "Author of the article:", after which the author stands."""
    return text.rstrip(" :").casefold() in word_set("bylines", "announces")


def read_byline(text: str, press: PressNames) -> Byline | None:
    """The byline that a whole line is; None when the line is none.

    A line without "By" counts only when it is nothing but names, roles, agencies and dates, and it is for
    the caller to say whether it stands where an author would.
    """
    lead = _lead().match(text) or _GLUED_BY.match(text)
    if lead is None and (text.endswith((":", "\uff1a")) or _is_prose(text)):
        return None
    rest = text[lead.end() :] if lead else text
    if len(rest.split(maxsplit=LONGEST_BYLINE + 12)) > LONGEST_BYLINE + 10:
        return None
    rest = _ASIDE.sub(" | ", _GLUED_TAIL.sub(" | ", rest)).replace("|", " | ")
    parts = [
        part
        for part in _PART.split(_PLACE.sub(" ", _without_dates(rest)))
        if part and part.strip(" .:") and not part.strip(" .:").isdigit() and not _is_about_date(part)
    ]
    if not parts or len(" ".join(parts).split()) > LONGEST_BYLINE:
        return None
    names, roles, agencies, unknown = _sort_parts(parts, press, led=lead is not None)
    weak = lead is not None and lead.group().strip(" :").casefold() in word_set("bylines", "weak_leads")
    if unknown and (lead is None or weak or not names):
        return None
    if lead is None and not names and not agencies:
        return None
    return Byline(tuple(names), tuple(roles), tuple(agencies), led=lead is not None)


def _is_prose(text: str) -> bool:
    """True for lines that are no bylines at a glance, as most are: this is far cheaper than reading them."""
    if sum(word[:1].islower() for word in text.split()) > MOST_LOWER:
        return True
    return text.endswith((".", "?", "!", "”", '"')) and text.count(" ") >= LONGEST_NAME


def _sort_parts(
    parts: list[str], press: PressNames, *, led: bool
) -> tuple[list[str], list[str], list[str], list[str]]:
    """Names, roles, agencies, and what is none of them."""
    names: list[str] = []
    roles: list[str] = []
    agencies: list[str] = []
    unknown: list[str] = []
    for part in (part.strip(" .:") for part in parts):
        if names and part.casefold() in word_set("bylines", "picture_roles"):
            # "By Jane Roe and John Doe (photography)": who took the pictures did not write.
            roles += [names.pop(), part]
            continue
        agency = press.name(part)
        if agency:
            agencies.append(agency)
            continue
        part, agency = _split_agency(part, press)  # noqa: PLW2901 - the part without its agency
        if agency:
            agencies.append(agency)
        if names and _is_house(part, after=parts[0]):
            roles.append(part)
            continue
        name, role = split_role(part)
        name = name or name_without_spaces(part, led=led)
        if name:
            names.append(name)
        if role:
            roles.append(role)
        if not name and not role:
            unknown.append(part)
    return names, roles, agencies, unknown


def _split_agency(part: str, press: PressNames) -> tuple[str, str | None]:
    """A name and the agency that follows it with nothing between: "Jane Roe Associated Press"."""
    words = part.split()
    for at in range(SHORTEST_NAME, len(words)):
        agency = press.name(" ".join(words[at:]))
        if agency and is_name(" ".join(words[:at])):
            return " ".join(words[:at]), agency
    return part, None


def _is_house(part: str, *, after: str) -> bool:
    """True for what can only be the name of an outlet or a firm behind the name `after`.

    "The West Harbour News"; "WHN North" behind a name that is not in capitals; "West Harbour Staff Writers", as
    one person has no role in the plural.
    """
    words = part.split()
    if len(words) < SHORTEST_NAME:
        return False
    if words[0] == "The" and all(word[:1].isupper() for word in words):
        return True
    if (
        not after.isupper()
        and words[0].isupper()
        and len(words[0]) >= SHORTEST_ACRONYM
        and words[0].isalpha()
    ):
        return True
    return words[-1].casefold() in word_set("bylines", "plural_roles")


def _is_about_date(part: str) -> bool:
    """True for what is left of a date's line when the date is out: "article published on"."""
    said, fillers = _date_words()
    about = said | fillers | word_set("bylines", "article")
    return all(word.casefold().strip(".:") in about for word in part.split())


# Names in scripts that put no space between family and given name. They look like any other word, so that a lead or
# the word for "reporter" must tell them.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_HAN_NAME = re.compile(r"^(?:記者|记者)?\s?([\u4e00-\u9fff]{2,4})\s?(?P<role>記者|记者)?$")
_HANGUL_NAME = re.compile(r"^([가-힣]{2,4})\s?(?P<role>기자)?$")


def name_without_spaces(part: str, *, led: bool) -> str | None:
    """A Chinese, Japanese or Korean name, behind a lead or with "reporter" behind it."""
    match = _HAN_NAME.match(part) or _HANGUL_NAME.match(part)
    return match[1] if match and (led or match["role"]) else None


def split_role(part: str) -> tuple[str | None, str | None]:
    """A name and the role that follows it: "Sophie Foster Travel Reporter" gives both, either may be None."""
    words = _GLUED_ROLE.sub(_unglue, part).split()
    part = " ".join(words)
    at = next((index for index, word in enumerate(words) if _is_role(word.casefold().strip(".,"))), None)
    if at is None:
        return (_tidy(part), None) if is_name(part) else (None, None)
    while at > 0 and words[at - 1].casefold() in word_set("bylines", "role_starts"):
        at -= 1
    before = " ".join(words[:at])
    return (_tidy(before) if is_name(before) else None, " ".join(words[at:]))


def _unglue(match: re.Match[str]) -> str:
    """A role that lost the space before it ("Jane RoeTravel Editor"); "McDonald" stays whole."""
    word = match.group(1)
    role = _is_role(word.casefold()) or word.casefold() in word_set("bylines", "role_starts")
    return f" {word}" if role else word


def _is_role(folded: str) -> bool:
    """True for a word that names a role: a listed one, or one that ends as German compounds do."""
    return folded in word_set("bylines", "roles") or folded.endswith(
        tuple(lexicon("bylines")["role_endings"])
    )


def is_name(text: str) -> bool:
    """True when the text has the form of a person's full name and no word that names never have."""
    words = text.split()
    if not SHORTEST_NAME <= len(words) <= LONGEST_NAME or (not text.isascii() and _UNSPACED.search(text)):
        return False
    particles, never = word_set("bylines", "particles"), word_set("bylines", "never_in_names")
    capitalised = 0
    for word in words:
        folded = word.casefold()
        if folded in never or _is_role(folded) or not _NAME_WORD.match(word):
            return False
        if (
            word[0].isupper()
            or not word[0].islower()
            or (folded.startswith(_JOINED_PARTICLES) and word.partition("-")[2][:1].isupper())
        ):
            capitalised += 1
        elif folded not in particles:
            return False
    return capitalised >= SHORTEST_NAME


def _tidy(name: str) -> str:
    """A name as names are written: "JANE ROE" and "Jane Roe Jane Roe" give "Jane Roe"."""
    words = name.split()
    half = len(words) // 2
    if half >= SHORTEST_NAME and words[:half] == words[half:]:
        name = " ".join(words[:half])
    if not name.isupper() or len(name) < SHORTEST_CAPITALS:
        return name
    return " ".join(word if word.endswith(".") else word.title().replace("’S", "’s") for word in name.split())


@cache
def _date_words() -> tuple[frozenset[str], frozenset[str]]:
    """Words that say something about a date, and the small ones that do so only in capitals ("ET")."""
    table = lexicon("dates")
    said = {*table["weekdays"]["names"], *table["cues"]["published"], *table["cues"]["updated"]}
    return frozenset(said), frozenset(table["cues"]["fillers"])


def _without_dates(text: str) -> str:
    """The text with "|" in place of dates, clock times and the words about them."""
    for found in reversed(find_dates(text)):
        text = f"{text[: found.start]}|{text[found.end :]}"
    said, fillers = _date_words()
    kept = []
    for word in _CLOCK.sub("|", text).split():
        folded = word.casefold().strip(".,:|()")
        about_date = folded in said or (
            folded in fillers and (word.isupper() or folded in word_set("bylines", "clock"))
        )
        kept.append("|" if about_date else word)
    return " ".join(kept)
