"""A search as an address says it: read from the parameters, written back in one canonical form.

    q         the query, in the language of `articles.search.syntax`
    mode      all (default) or any: articles with all of the query's words, or with any of them
    outlet, actor, speaker, place, year, month, language, source, tag, collection, status
              selections in the facets of `articles.search.facets`, repeatable, excluded by a leading minus
    from, to  the days searched, each a year, a month or a day: from=2012-06&to=2012-07-15
    sort      relevance (default), mentioned (most often), newest, oldest
    count     articles (default) or stories: what is counted, and shown once
    show      counts (default) or shares: facets and bars as numbers, or as shares of what the archive holds
    bars      months (default) or years: what the chart has a bar for
    page, size  from 1; 10, 20 (default), 50 or 100 a page
    all       names of facets whose values are all listed, repeatable
    off       a spelling of an actor that is not to count, as "12-annan", repeatable
    at        in an article's address: which result of this search it is, from 1
    find_person=...  words that a facet's listed values are to contain; actors match in any spelling

Nothing in an address raises: what cannot be read is left out with a diagnostic.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from django.http import QueryDict

from articles.search.engines.ask import Count, Mode, Order
from articles.search.facets import BY_NAME, FACETS, NUMBERED, PARAMETERS, UNDATED, facets_of
from articles.search.page import Diagnostic
from articles.search.partial_date import PartialDate


class Show(StrEnum):
    """What stands beside a facet's value, and how high a bar is."""

    COUNTS = "counts"
    SHARES = "shares"


class Bars(StrEnum):
    """What the chart has a bar for."""

    MONTHS = "months"
    YEARS = "years"


Kind = TypeVar("Kind", bound=StrEnum)
SIZES = (10, 20, 50, 100)
DEFAULT_SIZE = 20
MOST_SELECTIONS = 100  # more than anyone clicks; each costs a look at the facet's postings

SPELLING_OFF = re.compile(r"[1-9][0-9]{0,17}-[a-z0-9&-]{1,200}")
LONGEST_FIND = 80  # characters of a name typed to filter a facet's list
WITH_TAIL = re.compile(r"(\d+)(?:-(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Selection:
    """One value chosen in a facet, or excluded from it. `tail` is the readable end of its address."""

    parameter: str
    value: str
    excluded: bool = False
    tail: str = field(default="", compare=False)

    @property
    def key(self) -> str:
        """The index key."""
        return f"{self.parameter}:{self.value}"

    @property
    def address(self) -> str:
        """The value as an address writes it: "-12-kofi-annan"."""
        return ("-" if self.excluded else "") + self.value + (f"-{self.tail}" if self.tail else "")

    @classmethod
    def read(cls, parameter: str, text: str) -> Selection | None:
        """Read a parameter's value; None when the facet cannot have it."""
        excluded = text.startswith("-")
        value = text.removeprefix("-").strip()
        tail = ""
        if parameter in NUMBERED and (numbered := WITH_TAIL.fullmatch(value)):
            value, tail = numbered.group(1), numbered.group(2) or ""
        if not any(facet.values.fullmatch(value) for facet in facets_of(parameter)):
            return None
        return cls(parameter, value, excluded, tail[:80])


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search. Its verbs return another request, on its first page unless they say otherwise."""

    query: str = ""
    selections: tuple[Selection, ...] = ()
    first: PartialDate | None = None
    last: PartialDate | None = None
    order: Order = Order.RELEVANCE
    count: Count = Count.ARTICLES
    page: int = 1
    size: int = DEFAULT_SIZE
    all_of: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    find: tuple[tuple[str, str], ...] = ()
    mode: Mode = Mode.ALL
    show: Show = Show.COUNTS
    bars: Bars = Bars.MONTHS
    diagnostics: tuple[Diagnostic, ...] = field(default=(), compare=False)

    @classmethod
    def read(cls, parameters: QueryDict) -> SearchRequest:
        """Read the parameters of an address; see the module's description."""
        faults: list[Diagnostic] = []
        first, last = _dates(parameters, faults)
        return cls(
            query=" ".join(parameters.get("q", "").replace("\0", " ").split()),
            selections=_selections(parameters, faults),
            first=first,
            last=last,
            order=_one_of(Order, "sort", "Results can be sorted by", parameters, faults),
            count=_one_of(Count, "count", "Results can be counted by", parameters, faults),
            page=_number(parameters.get("page", ""), 1),
            size=_size(parameters, faults),
            all_of=tuple(sorted({name for name in parameters.getlist("all") if name in BY_NAME})),
            off=tuple(
                sorted(set(filter(SPELLING_OFF.fullmatch, parameters.getlist("off")[:MOST_SELECTIONS])))
            ),
            find=_find(parameters),
            mode=_one_of(Mode, "mode", "Of the words, articles can hold", parameters, faults),
            show=_one_of(Show, "show", "Numbers can be shown as", parameters, faults),
            bars=_one_of(Bars, "bars", "Bars can stand for", parameters, faults),
            diagnostics=tuple(faults),
        )

    @classmethod
    def from_query_string(cls, text: str) -> SearchRequest:
        """Read "?q=annan&year=2012", with or without the question mark."""
        return cls.read(QueryDict(text.removeprefix("?")))

    @property
    def url(self) -> str:
        """The canonical query string with its "?"; defaults are left out."""
        pairs = [("q", self.query)] if self.query else []
        if self.mode is not Mode.ALL:
            pairs.append(("mode", self.mode.value))
        pairs += [(selection.parameter, selection.address) for selection in self.selections]
        pairs += [(name, end.text) for name, end in (("from", self.first), ("to", self.last)) if end]
        if self.order is not Order.RELEVANCE:
            pairs.append(("sort", self.order.value))
        if self.count is not Count.ARTICLES:
            pairs.append(("count", self.count.value))
        if self.show is not Show.COUNTS:
            pairs.append(("show", self.show.value))
        if self.bars is not Bars.MONTHS:
            pairs.append(("bars", self.bars.value))
        if self.size != DEFAULT_SIZE:
            pairs.append(("size", str(self.size)))
        pairs += [("all", name) for name in self.all_of]
        pairs += [("off", spelling) for spelling in self.off]
        pairs += [(f"find_{facet}", words) for facet, words in self.find]
        if self.page != 1:
            pairs.append(("page", str(self.page)))
        return "?" + urlencode(pairs)

    def url_of_result(self, number: int) -> str:
        """Return what the address of result `number` (from 1) carries: the search, and its place there."""
        url = self.with_page((number - 1) // self.size + 1).url
        return f"{url}{'&' if len(url) > 1 else ''}at={number}"

    @property
    def question(self) -> SearchRequest:
        """The same search without what only concerns how its result is shown: order, pages, listed values."""
        return SearchRequest(
            query=self.query,
            selections=self.selections,
            first=self.first,
            last=self.last,
            count=self.count,
            off=self.off,
            mode=self.mode,
        )

    @property
    def browsing(self) -> bool:
        """True when nothing restricts the result."""
        return not (self.query or self.selections or self.first or self.last)

    def state_of(self, key: str) -> bool | None:
        """Tell whether the index key is selected (True), excluded (False) or neither (None)."""
        for selection in self.selections:
            if selection.key == key:
                return not selection.excluded
        return None

    def selecting(self, selection: Selection) -> SearchRequest:
        """Return the request with this value selected (or excluded) as well."""
        others = [kept for kept in self.selections if kept.key != selection.key]
        return self._with_selections([*others, selection])

    def without(self, selection: Selection) -> SearchRequest:
        """Return the request with this value neither selected nor excluded."""
        return self._with_selections(kept for kept in self.selections if kept.key != selection.key)

    def only(self, selection: Selection) -> SearchRequest:
        """Return the request with this value in place of all others of its parameter."""
        others = [kept for kept in self.selections if kept.parameter != selection.parameter]
        return self._with_selections([*others, selection])

    def undated(self) -> SearchRequest:
        """Return the request for undated articles, which the present range of dates leaves out."""
        others = [kept for kept in self.selections if kept.parameter not in ("year", "month")]
        return replace(self._with_selections([*others, Selection("month", UNDATED)]), first=None, last=None)

    def between(self, first: PartialDate | None, last: PartialDate | None) -> SearchRequest:
        """Return the request over other dates."""
        return replace(self, first=first, last=last, page=1, diagnostics=())

    def with_query(self, query: str) -> SearchRequest:
        """Return the request with another query."""
        return replace(self, query=query, page=1, diagnostics=())

    def matching(self, mode: Mode) -> SearchRequest:
        """Return the same search for articles with all of the words, or with any."""
        return replace(self, mode=mode, page=1, diagnostics=())

    @property
    def any_word(self) -> SearchRequest:
        """The same search for articles with any of the words."""
        return self.matching(Mode.ANY)

    def with_page(self, page: int) -> SearchRequest:
        """Return another page of the same result."""
        return replace(self, page=page, diagnostics=())

    def with_order(self, order: Order) -> SearchRequest:
        """Return the same result in another order."""
        return replace(self, order=order, page=1, diagnostics=())

    def counting(self, count: Count) -> SearchRequest:
        """Return the same search counted by articles or by stories."""
        return replace(self, count=count, page=1, diagnostics=())

    def showing(self, show: Show) -> SearchRequest:
        """Return the same page with counts or with shares."""
        return replace(self, show=show, diagnostics=())

    def by(self, bars: Bars) -> SearchRequest:
        """Return the same page with a bar for each month or each year."""
        return replace(self, bars=bars, diagnostics=())

    def in_year(self, year: str) -> SearchRequest:
        """Return the request for one year in place of other years and months, with its months as bars."""
        others = [kept for kept in self.selections if kept.parameter not in ("year", "month")]
        return self._with_selections([*others, Selection("year", year)]).by(Bars.MONTHS)

    def in_any_year(self) -> SearchRequest:
        """Return the request with years and months chosen no longer, and years as bars."""
        others = [kept for kept in self.selections if kept.parameter not in ("year", "month")]
        return self._with_selections(others).by(Bars.YEARS)

    def with_size(self, size: int) -> SearchRequest:
        """Return the same result with so many on a page."""
        return replace(self, size=size, page=1, diagnostics=())

    def with_all_of(self, facet: str) -> SearchRequest:
        """Return the same result with all values of a facet listed."""
        return replace(self, all_of=tuple(sorted({*self.all_of, facet})), diagnostics=())

    def switching(self, spelling: str) -> SearchRequest:
        """Return the request with this spelling of an actor ("12-annan") off, or on again when it was off."""
        off = {*self.off} ^ {spelling}
        return replace(self, off=tuple(sorted(off)), page=1, diagnostics=())

    def finding(self, facet: str, words: str) -> SearchRequest:
        """Return the same result with a facet's list cut down to what contains these words; "" lifts that."""
        found = {**dict(self.find), facet: words}
        return replace(self, find=tuple((name, text) for name, text in found.items() if text), diagnostics=())

    def _with_selections(self, selections: Iterable[Selection]) -> SearchRequest:
        ordered = sorted(
            selections, key=lambda kept: (PARAMETERS.index(kept.parameter), _natural(kept.value))
        )
        return replace(self, selections=tuple(ordered), page=1, diagnostics=())


def _natural(value: str) -> tuple[int, str]:
    return (int(value), "") if value.isdigit() else (0, value)


def _number(text: str, default: int) -> int:
    """Return the number asked for, or the default when it is none; of a long one the first ten digits."""
    text = text.strip()
    if not re.fullmatch(r"\d+", text, re.ASCII):
        return default
    return max(int(text[:10]), default)


def _size(parameters: QueryDict, faults: list[Diagnostic]) -> int:
    asked = parameters.get("size", "").strip()
    if not asked:
        return DEFAULT_SIZE
    size = _number(asked, 0)
    if size in SIZES:
        return size
    nearest = min(SIZES, key=lambda offered: (abs(offered - size), offered)) if size else DEFAULT_SIZE
    offered = ", ".join(map(str, SIZES))
    faults.append(Diagnostic(f"A page can hold {offered} results; {nearest} were taken."))
    return nearest


def _find(parameters: QueryDict) -> tuple[tuple[str, str], ...]:
    asked = ((facet.name, parameters.get(f"find_{facet.name}", "")) for facet in FACETS)
    return tuple((name, words) for name, text in asked if (words := " ".join(text.split())[:LONGEST_FIND]))


def _one_of(kinds: type[Kind], name: str, says: str, parameters: QueryDict, faults: list[Diagnostic]) -> Kind:
    """Return the value of a parameter, the first of its kind when it has none or another."""
    asked = parameters.get(name, "").strip().lower()
    first, *_ = kinds
    if not asked:
        return first
    try:
        return kinds(asked)
    except ValueError:
        known = f"{', '.join([*kinds][:-1])} or {[*kinds][-1]}"
        faults.append(Diagnostic(f"{says} {known}; {asked[:40]!r} is none of these."))
        return first


def _selections(parameters: QueryDict, faults: list[Diagnostic]) -> tuple[Selection, ...]:
    request = SearchRequest()
    for parameter in PARAMETERS:
        for text in parameters.getlist(parameter):
            if not text.strip():
                continue
            selection = Selection.read(parameter, text.strip())
            if selection is None:
                faults.append(Diagnostic(f"{text[:60]!r} is no value of {parameter}; it was left out."))
            elif len(request.selections) >= MOST_SELECTIONS:
                faults.append(
                    Diagnostic(
                        f"At most {MOST_SELECTIONS} values can be selected; {text[:60]!r} was left out."
                    )
                )
            else:
                request = request.selecting(selection)
    return request.selections


def _dates(parameters: QueryDict, faults: list[Diagnostic]) -> tuple[PartialDate | None, PartialDate | None]:
    ends: list[PartialDate | None] = []
    for name in ("from", "to"):
        text = parameters.get(name, "").strip()
        end = PartialDate.read(text) if text else None
        if text and end is None:
            message = (
                f"{text[:40]!r} is no date and was left out; write a year, a month or a day: 2012-07-15."
            )
            faults.append(Diagnostic(message))
        ends.append(end)
    first, last = ends
    if first and last and first.first > last.last:
        faults.append(Diagnostic(f"The dates ran backwards; {last.text} to {first.text} was taken."))
        first, last = last, first
    return first, last
