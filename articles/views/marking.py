"""Text with its actors, quotes and search hits marked. Pure: a text and spans in, escaped HTML out.

Spans may lie across each other (a quote that ends inside a name, a hit that is a part of one), which
HTML elements may not. So the text is cut wherever a span begins or ends, and each piece is wrapped in
what covers it, always in the same order: the quote outside, the actor's link within, the hit innermost.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TypeVar

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

# One beside quoted words belongs to them; which of them opens and which closes is a matter of language.
QUOTATION_MARKS = "\"״“”„«»‹›‘’'"
_CLOSING = re.compile(rf"[,.;!?…]?[{QUOTATION_MARKS}]")  # a comma or full stop may stand before the mark


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text from `start` up to, not including, `end`, in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ActorSpan(Span):
    """A name: where it leads, and what to tell of it."""

    url: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class HitSpan(Span):
    """A search hit that one can step to: the `number`th, from 1, of `of` in the article, for a term."""

    number: int
    of: int
    term: str


@dataclass(frozen=True, slots=True)
class QuoteSpan(Span):
    """A quote: its number, and where its speaker's ledger has it; no address when the speaker is unknown."""

    number: int
    url: str = ""
    title: str = ""


S = TypeVar("S", bound=Span)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text between two ends of spans: the first quote and the name that cover it, and the hits that begin with it."""

    text: str
    quote: Span | None
    name: ActorSpan | None
    hit: bool
    stops: tuple[HitSpan, ...]


def mark(
    text: str,
    *,
    actors: Sequence[ActorSpan] = (),
    quotes: Sequence[Span] = (),
    hits: Sequence[Span] = (),
) -> SafeString:
    """Return the text as HTML: everything in it escaped, with the spans marked.

    1. Of names that overlap keep the first. 2. Cut the text at every end of a span.
    3. Wrap hits and names from the inside out, with a place to step to before each hit; where the hit lies
    in a name, before the name, since that is a link. 4. Wrap what lies in one quote in one element; behind it
    a link leads to the ledger of its speaker, since inside it links are taken by names.
    """
    # 1.
    names = _apart(actors)
    # 2.
    pieces = _cut(text, names, quotes, hits)
    # 3. and 4.
    parts: list[SafeString] = []
    for quoted, group in _runs(pieces, lambda piece: piece.quote):
        inner = _join(
            _plain(run) if name is None else _linked(run, name)
            for name, run in _runs(group, lambda piece: piece.name)
        )
        parts.append(_quoted(inner, quoted) if quoted else inner)
    return _join(parts)


def with_its_marks(quote: QuoteSpan, text: str) -> QuoteSpan:
    """Return the quote with the quotation marks around it, as far as there are any."""
    before = quote.start > 0 and text[quote.start - 1] in QUOTATION_MARKS
    behind = _CLOSING.match(text, quote.end)
    return replace(quote, start=quote.start - before, end=behind.end() if behind else quote.end)


def by_paragraph(starts: Sequence[int], ends: Sequence[int], spans: Iterable[S]) -> list[list[S]]:
    """Sort spans into paragraphs that run from `starts` to `ends`, counted from each paragraph's beginning.

    A span over several paragraphs, such as a long quote, is cut into one part for each.
    """
    sorted_in: list[list[S]] = [[] for _ in starts]
    for span in spans:
        number = max(0, bisect_right(starts, span.start) - 1)
        while number < len(starts) and starts[number] < span.end:
            start, end = max(span.start, starts[number]), min(span.end, ends[number])
            if start < end:
                moved = replace(span, start=start - starts[number], end=end - starts[number])
                sorted_in[number].append(moved)
            number += 1
    return sorted_in


def _apart(actors: Sequence[ActorSpan]) -> list[ActorSpan]:
    kept: list[ActorSpan] = []
    for span in sorted(actors, key=lambda actor: (actor.start, -actor.end)):
        if span.end > span.start and (not kept or span.start >= kept[-1].end):
            kept.append(span)
    return kept


def _cut(text: str, names: Sequence[ActorSpan], quotes: Sequence[Span], hits: Sequence[Span]) -> list[_Piece]:
    ends = {0, len(text)}
    for span in (*names, *quotes, *hits):
        ends.update(place for place in (span.start, span.end) if 0 < place < len(text))
    cuts = sorted(ends)
    stops: dict[int, list[HitSpan]] = {}
    for hit in hits:
        if isinstance(hit, HitSpan):
            stops.setdefault(hit.start, []).append(hit)
    covers = zip(_covering(cuts, quotes), _covering(cuts, names), _covering(cuts, hits), strict=True)
    return [
        _Piece(text[start:end], quote, name, hit is not None, tuple(stops.get(start, ())))
        for (start, end), (quote, name, hit) in zip(pairwise(cuts), covers, strict=True)
    ]


def _covering(cuts: Sequence[int], spans: Sequence[S]) -> Iterator[S | None]:
    """Yield for each piece between two cuts the first of the spans that cover it; there is a cut at every end.

    Goes once through both, since an article may hold thousands of each.
    """
    waiting = sorted(enumerate(spans), key=lambda numbered: numbered[1].start, reverse=True)
    begun: list[tuple[int, S]] = []
    for start in cuts[:-1]:
        while waiting and waiting[-1][1].start <= start:
            begun.append(waiting.pop())
        begun = [numbered for numbered in begun if numbered[1].end > start]
        yield min(begun, key=lambda numbered: numbered[0])[1] if begun else None


def _runs(
    pieces: Iterable[_Piece], cover: Callable[[_Piece], S | None]
) -> Iterator[tuple[S | None, list[_Piece]]]:
    """Yield the pieces that follow each other under one span, with that span."""
    for _, run in groupby(pieces, key=lambda piece: id(cover(piece))):
        same = list(run)
        yield cover(same[0]), same


def _quoted(html: SafeString, quote: Span) -> SafeString:
    if not isinstance(quote, QuoteSpan):
        return format_html("<q>{}</q>", html)
    marked = format_html('<q id="q{}">{}</q>', quote.number, html)
    if not quote.url:
        return marked
    return format_html(
        '{}<a class="said" href="{}" title="{}"><span class="hidden-text">{}</span></a>',
        marked,
        quote.url,
        quote.title,
        quote.title,
    )


def _hit(piece: _Piece) -> SafeString:
    return format_html("<mark>{}</mark>" if piece.hit else "{}", piece.text)


def _plain(run: Iterable[_Piece]) -> SafeString:
    return _join(part for piece in run for part in (_stops((piece,)), _hit(piece)))


def _linked(run: Sequence[_Piece], name: ActorSpan) -> SafeString:
    words = _join(map(_hit, run))
    link = format_html(
        '<a class="actor {}" href="{}" title="{}">{}</a>', name.kind, name.url, name.title, words
    )
    return _join((_stops(run), link))


def _stops(run: Iterable[_Piece]) -> SafeString:
    """Return a place to step to for each hit that begins with one of these pieces."""
    return _join(_stop(hit) for piece in run for hit in piece.stops)


def _stop(hit: HitSpan) -> SafeString:
    """Return an anchor; the links in it are shown while it is where the reader is (`:target` in reading.css)."""
    return format_html(
        '<span class="stop" id="hit-{}"><span class="steps">'
        '<a href="#hit-{}" data-key="p">‹ Previous</a><span>{}: hit {} of {}</span>'
        '<a href="#hit-{}" data-key="n">Next ›</a></span></span>',
        hit.number,
        hit.number - 1 or hit.of,
        hit.term,
        hit.number,
        hit.of,
        hit.number % hit.of + 1,
    )


def _join(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join(mark_safe(""), "{}", ((part,) for part in parts))
