"""What is cited of an article, before any format."""

from __future__ import annotations

import re
from dataclasses import dataclass

from articles.clean.article import UNKNOWN_DATE, DateInterval
from articles.mentions.person_names import PARTICLES

WITHOUT_HEADLINE = "Without a headline"

_SUFFIX = re.compile(r"(?:jr|sr)\.?|[ivx]{2,}", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class PersonName:
    """An author's name in the parts that reference managers want; with no `given`, `family` is the whole name."""

    family: str
    given: str = ""
    suffix: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.given, self.family, self.suffix) if part)


@dataclass(frozen=True, slots=True)
class Citation:
    """One article as it is cited.

    `url` is the page that the article came from, where that is known; `kept_at` the article's lasting address in
    this archive. `dated_by_content` says that no page states the date: it is what the archive found.
    """

    key: str
    headline: str
    kept_at: str
    archive: str
    authors: tuple[PersonName, ...] = ()
    outlet: str = ""
    published: DateInterval = UNKNOWN_DATE
    dated_by_content: bool = False
    dateline: str = ""
    section: str = ""
    language: str = ""
    url: str = ""

    @property
    def title(self) -> str:
        """The headline, or words that say there is none."""
        return self.headline or WITHOUT_HEADLINE


def person_name(name: str) -> PersonName:
    """Split a name as it stands in a byline: the last word is the family name, with the particles before it.

    "Vincent van Gogh" is van Gogh, Vincent; a single word is a family name alone. Names that put the family name
    first, and those written without spaces, cannot be told by their form and keep their order.
    """
    words = name.split()
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""  # noqa: PLR2004
    if len(words) < 2 or not _LETTERS.search(name):  # noqa: PLR2004  # given and family
        return PersonName(name)
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    return PersonName(" ".join(words[start:]), " ".join(words[:start]), suffix.rstrip(","))
