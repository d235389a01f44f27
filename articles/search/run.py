"""The only door to the search: a request in, one page out. Nothing here knows which engine answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.text import slugify
from haystack import connections

from articles.models import Actor, Article
from articles.search.article_hits import hits_in_article
from articles.search.asked_actors import AskedActors, found_actors, look_up
from articles.search.chips import chips_of
from articles.search.compounds import opened
from articles.search.did_you_mean import did_you_mean
from articles.search.engines.ask import Ask, Choice, Count, FacetCounts, Found, Mode, Range
from articles.search.facet_groups import Counted, facet_groups
from articles.search.facets import (
    ACTOR_FACETS,
    DOUBTFUL,
    OF_ACTORS,
    SPEAKER,
    SPELLING,
    UNDATED,
    facets_for,
    facets_of,
)
from articles.search.highlight import passage_with
from articles.search.lifted_days import published_parts, undated_instead
from articles.search.likeness import look_up_likes
from articles.search.page import (
    Diagnostic,
    FacetGroup,
    Hit,
    MonthBar,
    NamedInResult,
    NamedPair,
    SearchPage,
    Together,
)
from articles.search.query_text import render
from articles.search.request import Bars, SearchRequest, Selection, Show
from articles.search.syntax import Parsed, parse, unshouted
from articles.search.tree import Node, any_word


def run(request: SearchRequest, *, curator: bool = False) -> SearchPage:
    """Return the page of results that a request asks for; hidden articles are found with `curator` only.

    1. Read the query. 2. Find which facets the selections belong to, and which actors are named.
    3. Ask the engine, once. 4. Load the articles of the page. 5. Put names, addresses and counts together.

    A page past the end is the last one. Raises SearchUnavailable, with the cure, when the index is no use.
    """
    # 1. and 2.
    understood = understand(request, curator=curator)
    parsed, asked = understood.parsed, understood.actors
    # 3.
    found = backend().ask(understood.ask)
    # 4. and 5.
    shown = replace(understood.request, page=found.page)
    undated, doubtful = _bar(UNDATED, shown, found), _bar(DOUBTFUL, shown, found)
    return SearchPage(
        request=shown,
        hits=_hits(shown, found, asked, curator=curator),
        total=found.total,
        article_total=found.article_total,
        story_total=found.story_total,
        archive_total=found.archive_total,
        page=found.page,
        pages=found.pages,
        facets=_facets(shown, understood, found, curator=curator),
        histogram=_histogram(shown, found),
        zoom_out_url=shown.in_any_year().url if years_chosen(shown) and shown.bars is Bars.MONTHS else None,
        chips=chips_of(shown, parsed.tree),
        undated_left_out=found.undated_left_out,
        undated_url=_undated(shown, parsed.tree).url if found.undated_left_out else None,
        diagnostics=(
            *diagnostics_of(understood),
            *map(Diagnostic, found.notes),
        ),
        previous_url=shown.with_page(found.page - 1).url if found.page > 1 else None,
        next_url=shown.with_page(found.page + 1).url if found.page < found.pages else None,
        undated=undated,
        doubtful=doubtful,
        actors=found_actors(shown, asked, found.counts[SPELLING].inside) if asked.meant else (),
        did_you_mean=did_you_mean(shown, parsed, asked.meant, found.total, backend(), curator=curator),
    )


@dataclass(frozen=True, slots=True)
class Understood:
    """A request as the archive takes it, before any engine is asked.

    `request` has merged actors replaced and readable addresses; `ask` is what an engine is asked for it, and
    `actors` are those it names. `diagnostics` tell what was not taken as it was written, but for the query's
    grammar, whose faults `parsed` holds.
    """

    request: SearchRequest
    parsed: Parsed
    actors: AskedActors
    ask: Ask
    diagnostics: tuple[Diagnostic, ...]


def understand(request: SearchRequest, *, curator: bool = False) -> Understood:
    """Read a request: its query, the facets of its selections, the actors it names, what `like:` means in it.

    An engine is asked for nothing but how many articles have the words of one that others are to be like.
    """
    # Asked for any of its words, one all in capitals is a sentence, not acronyms and operators.
    parsed = parse(unshouted(request.query) if request.mode is Mode.ANY else request.query)
    chosen = choose(request, curator=curator)
    actors = look_up(request, parsed, chosen.choices)
    tree, unlike = look_up_likes(actors.tree, backend(), curator=curator)
    actors = replace(actors, tree=opened(any_word(tree) if request.mode is Mode.ANY else tree))
    return Understood(
        request=chosen.request,
        parsed=parsed,
        actors=actors,
        ask=_ask(request, chosen, actors, curator=curator),
        diagnostics=(*request.diagnostics, *chosen.diagnostics, *actors.diagnostics, *unlike),
    )


@dataclass(frozen=True, slots=True)
class Listing:
    """The articles of one page of results by number, their scores, and how many there are in all."""

    articles: tuple[int, ...]
    scores: tuple[float, ...]
    total: int
    diagnostics: tuple[Diagnostic, ...]


def listed(request: SearchRequest, *, curator: bool = False) -> Listing:
    """Return what `run` finds without what a page shows beside it; raises as `run` does."""
    understood = understand(request, curator=curator)
    found = backend().ask(replace(understood.ask, facets=()))
    told = (*diagnostics_of(understood), *map(Diagnostic, found.notes))
    return Listing(found.articles, found.scores, found.total, told)


def _facets(
    request: SearchRequest, understood: Understood, found: Found, *, curator: bool
) -> tuple[FacetGroup, ...]:
    """Return the facets; for shares the engine is asked for the counts of the whole archive as well."""
    whole: Mapping[str, FacetCounts] = {}
    if request.show is Show.SHARES:
        names = tuple(facet.name for facet in facets_for(curator=curator))
        whole = backend().ask(Ask(count=request.count, size=0, facets=names, curator=curator)).counts
    keys = {name: choice.included | choice.excluded for name, choice in understood.ask.choices.items()}
    return facet_groups(request, Counted(found.counts, found.total, whole), keys, curator=curator)


def _undated(request: SearchRequest, tree: Node) -> SearchRequest:
    """Return the search for the undated articles that a request's days, or those of its query, keep out."""
    if published_parts(tree):
        request = request.with_query(render(undated_instead(tree)))
    return request.undated()


def _ask(request: SearchRequest, chosen: Chosen, asked: AskedActors, *, curator: bool) -> Ask:
    """Return the request in the words of an engine."""
    return Ask(
        tree=asked.tree,
        choices=chosen.choices,
        published=Range(
            request.first.first if request.first else None, request.last.last if request.last else None
        ),
        order=request.order,
        count=request.count,
        page=request.page,
        size=request.size,
        facets=(
            *(facet.name for facet in facets_for(curator=curator)),
            *([SPELLING] if asked.meant else []),
        ),
        narrowed=asked.narrowed,
        curator=curator,
        actors=_named(chosen, asked),
    )


def _named(chosen: Chosen, asked: AskedActors) -> frozenset[int]:
    """Return the numbers of the actors that a request names, in the query or by a facet."""
    quoted = chosen.choices.get(SPEAKER, Choice()).included
    return frozenset(one.actor.pk for meant in asked.meant.values() for one in meant) | set(
        map(_number, quoted)
    )


def named_together(request: SearchRequest, *, limit: int, curator: bool = False) -> Together:
    """Return the actors most often named in the result of a request, and how often two of them together.

    Counted by article, over the whole result. Raises SearchUnavailable, with the cure, when the index is
    no use.
    """
    understood = understand(replace(request, count=Count.ARTICLES), curator=curator)
    wanted = replace(
        understood.ask,
        size=0,
        facets=tuple(facet.name for facet in ACTOR_FACETS),
    )
    found = backend().ask(wanted)
    counts = {
        (facet.name, key): number
        for facet in ACTOR_FACETS
        for key, number in found.counts[facet.name].inside.items()
    }
    keys = sorted(counts, key=lambda pair: (-counts[pair], pair))[:limit]
    shared = backend().together(wanted, keys)
    actors = Actor.objects.in_bulk([_number(key) for _, key in keys])
    named = {key: actors[_number(key)] for _, key in keys if _number(key) in actors}
    return Together(
        request=understood.request,
        total=found.article_total,
        named=tuple(NamedInResult(named[key], counts[field, key]) for field, key in keys if key in named),
        pairs=tuple(
            NamedPair(named[one], named[other], number)
            for (one, other), number in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))
            if one in named and other in named
        ),
        more=len(counts) - len(keys),
    )


def _number(key: str) -> int:
    return int(key.partition(":")[2])


def backend() -> Any:
    """Return the engine's backend for this thread; see `articles.search.engines.ask` for what it offers."""
    return connections["default"].get_backend()


@dataclass(frozen=True, slots=True)
class Chosen:
    """A request's selections by facet. `request` has merged actors replaced and readable addresses."""

    request: SearchRequest
    choices: Mapping[str, Choice]
    diagnostics: tuple[Diagnostic, ...]


def choose(request: SearchRequest, *, curator: bool = False) -> Chosen:
    """Find the facet of every selection: an actor's is its kind; a merged actor is the one it went into.

    What only curators may choose from is left out for others, with a diagnostic.
    """
    actors = _actors(selection for selection in request.selections if selection.parameter in OF_ACTORS)
    included: dict[str, set[str]] = defaultdict(set)
    excluded: dict[str, set[str]] = defaultdict(set)
    faults = []
    resolved = replace(request, selections=(), diagnostics=())
    for asked in request.selections:
        first = facets_of(asked.parameter)[0]
        if first.for_curators and not curator:
            faults.append(Diagnostic(f"Only curators can narrow by {first.label.lower()}; it was left out."))
            continue
        selection, facet = asked, first.name
        if asked.parameter in OF_ACTORS:
            actor = actors.get(int(asked.value))
            if actor is None:
                faults.append(Diagnostic(f"There is no actor number {asked.value} in this archive."))
            else:
                facet = actor.kind if asked.parameter == "actor" else facet
                selection = replace(asked, value=str(actor.pk), tail=slugify(actor.name))
        (excluded if selection.excluded else included)[facet].add(selection.key)
        resolved = resolved.selecting(selection)
    resolved = replace(resolved, page=request.page)
    choices = {
        name: Choice(frozenset(included[name]), frozenset(excluded[name])) for name in {*included, *excluded}
    }
    return Chosen(resolved, choices, tuple(faults))


def _actors(selections: Any) -> dict[int, Actor]:
    """Return the actors that numbers stand for, by those numbers."""
    numbers = {int(selection.value) for selection in selections}
    if not numbers:
        return {}
    found = Actor.objects.select_related("merged_into").in_bulk(numbers)
    return {number: actor.merged_into or actor for number, actor in found.items()}


def _hits(request: SearchRequest, found: Found, asked: AskedActors, *, curator: bool) -> tuple[Hit, ...]:
    """Return the page's articles in order, without those deleted or hidden since they were indexed."""
    articles = Article.objects.all() if curator else Article.objects.visible()
    rows = articles.with_card_data().defer(None).in_bulk(found.articles)
    named = asked.terms
    first = (found.page - 1) * request.size + 1
    hits = []
    for place, (number, score, more) in enumerate(
        zip(found.articles, found.scores, found.more_versions, strict=True), first
    ):
        if (row := rows.get(number)) is None:
            continue
        marks = hits_in_article(row, asked.tree, named=named, mentions=getattr(row, "card_mentions", ()))
        hits.append(
            Hit(
                article=row,
                snippet=passage_with(row.body, list(marks.body)),
                number=place,
                url=row.get_absolute_url() + request.url_of_result(place),
                marks=marks,
                more_versions=more,
                story_url=reverse("story", args=[story]) if more and (story := row.story_id) else "",
                score=score,
            )
        )
    return tuple(hits)


def _histogram(request: SearchRequest, found: Found) -> tuple[MonthBar, ...]:
    """Return a bar for each month that the archive has articles of, within the time that is looked at; or year."""
    if request.bars is Bars.YEARS:
        return tuple(
            _year_bar(key, request, found) for key in sorted(found.archive_years) if key[-1].isdigit()
        )
    months = sorted(key.partition(":")[2] for key in found.archive_months)
    return tuple(
        bar
        for month in months
        if month[0].isdigit() and _looked_at(month, request) and (bar := _bar(month, request, found))
    )


def _year_bar(key: str, request: SearchRequest, found: Found) -> MonthBar:
    year = key.partition(":")[2]
    return MonthBar(year, found.years.get(key, 0), found.archive_years[key], request.in_year(year).url)


def years_chosen(request: SearchRequest) -> set[str]:
    """Return the years that a request is narrowed to."""
    return {one.value for one in request.selections if one.parameter == "year" and not one.excluded}


def _looked_at(month: str, request: SearchRequest) -> bool:
    years = years_chosen(request)
    if years and month[:4] not in years:
        return False
    if request.first and month < f"{request.first.first:%Y-%m}":
        return False
    return not (request.last and month > f"{request.last.last:%Y-%m}")


def _bar(month: str, request: SearchRequest, found: Found) -> MonthBar | None:
    key = f"month:{month}"
    if key not in found.archive_months:
        return None
    return MonthBar(
        month=month,
        count=found.months.get(key, 0),
        archive_count=found.archive_months[key],
        url=request.only(Selection("month", month)).url,
    )


def diagnostics_of(understood: Understood) -> tuple[Diagnostic, ...]:
    """Return all that a request's writer should know; the first fault of grammar carries the repaired query."""
    parsed = understood.parsed
    faults = [Diagnostic(fault.message) for fault in parsed.faults]
    if faults and parsed.repaired is not None:
        url = understood.request.with_query(parsed.repaired).url
        faults[0] = replace(faults[0], repaired=parsed.repaired, repaired_url=url)
    return (*understood.diagnostics, *faults)
