"""How a reader narrows a ledger of quotes: by words, outlet, year, kind and repetition, with the counts of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict

from articles.models import Outlet, Quote
from articles.resolve.names import normalise
from articles.views.wordings import Wording

KINDS = (Quote.Kind.DIRECT, Quote.Kind.REPORTED)
LONGEST_WORDS = 200  # characters that are sought; no quote is found by more
_YEAR = re.compile(r"[12]\d{3}")


@dataclass(frozen=True, slots=True)
class Choice:
    """An outlet or a year, and how many wordings it has; `value` is how addresses write it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What of a ledger is asked for; empty fields ask for nothing."""

    words: str = ""
    outlet: str = ""
    year: str = ""
    kind: str = ""
    repeated: bool = False

    @classmethod
    def read(cls, parameters: QueryDict) -> Narrowing:
        """Read it from an address; what is no choice there is passed over."""
        kind, year = parameters.get("kind", ""), parameters.get("year", "")
        outlet = parameters.get("outlet", "").replace("\0", "")
        return cls(
            words=" ".join(parameters.get("words", "").replace("\0", "").split())[:LONGEST_WORDS],
            outlet=outlet if Outlet.objects.filter(slug=outlet).exists() else "",
            year=year if _YEAR.fullmatch(year) else "",
            kind=kind if kind in KINDS else "",
            repeated=parameters.get("repeated") == "1",
        )

    def __bool__(self) -> bool:
        return self != Narrowing()

    @property
    def tests(self) -> Mapping[str, Callable[[Wording], bool]]:
        """What a wording must pass, by the field that asks for it."""
        words = normalise(self.words).split()
        tests: dict[str, Callable[[Wording], bool]] = {}
        if words:
            tests["words"] = lambda wording: any(_has(quote, words) for quote in wording.carriers)
        if self.outlet:
            tests["outlet"] = lambda wording: self.outlet in outlets_of(wording)
        if self.year:
            tests["year"] = lambda wording: self.year in years_of(wording)
        if self.repeated:
            tests["repeated"] = lambda wording: bool(wording.repeats)
        return tests

    def narrow(self, wordings: Iterable[Wording], *, but: str = "") -> list[Wording]:
        """Return the wordings that pass; those of the field `but` are not asked, for its counts."""
        tests = [test for field, test in self.tests.items() if field != but]
        return [wording for wording in wordings if all(test(wording) for test in tests)]

    def outlets(self, wordings: Iterable[Wording]) -> list[Choice]:
        """Return the outlets, those with most wordings first, counted among what else is asked for."""
        names: dict[str, str] = {}
        counts: Counter[str] = Counter()
        for wording in self.narrow(wordings, but="outlet"):
            found = outlets_of(wording)
            names.update(found)
            counts.update(found.keys())
        ranked = sorted(counts.items(), key=lambda item: (-item[1], names[item[0]]))
        return [Choice(slug, names[slug], count) for slug, count in ranked]

    def years(self, wordings: Iterable[Wording]) -> list[Choice]:
        """Return the years in which wordings may have been carried, the latest first, counted likewise."""
        counts = Counter(year for wording in self.narrow(wordings, but="year") for year in years_of(wording))
        return [Choice(year, year, counts[year]) for year in sorted(counts, reverse=True)]


def outlets_of(wording: Wording) -> dict[str, str]:
    """Return the outlets that carried a wording, names by slug."""
    carried = (quote.article.outlet for quote in wording.carriers)
    return {outlet.slug: outlet.name for outlet in carried if outlet is not None}


def years_of(wording: Wording) -> set[str]:
    """Return the years in which a wording may have been carried."""
    dates = ((quote.article.published_from, quote.article.published_to) for quote in wording.carriers)
    return {
        f"{year:04d}"
        for first, last in dates
        if first is not None and last is not None
        for year in range(first.year, last.year + 1)
    }


def _has(quote: Quote, words: Iterable[str]) -> bool:
    return set(words) <= set(normalise(quote.text).split())
