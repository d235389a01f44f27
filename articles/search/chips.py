"""What a search asks for, part by part, each with the search that is left without it."""

from __future__ import annotations

from articles.search.facets import SPELLING
from articles.search.labels import labels_for
from articles.search.page import Chip
from articles.search.query_text import render
from articles.search.request import SearchRequest
from articles.search.tree import And, Everything, Node, Not, conjunction


def chips_of(request: SearchRequest, tree: Node) -> tuple[Chip, ...]:
    """Return the parts of a request: those of the query, the selections, spellings left out, the dates."""
    chips = []
    parts = tree.nodes if isinstance(tree, And) else () if isinstance(tree, Everything) else (tree,)
    for place, part in enumerate(parts):
        rest = conjunction([*parts[:place], *parts[place + 1 :]])
        query = "" if isinstance(rest, Everything) else render(rest)
        label = render(part) or request.query
        chips.append(
            Chip("excluded" if isinstance(part, Not) else "query", label, request.with_query(query).url)
        )
    labels = labels_for(selection.key for selection in request.selections)
    for selection in request.selections:
        kind = "excluded" if selection.excluded else selection.parameter
        label = ("not " if selection.excluded else "") + labels[selection.key].text
        chips.append(Chip(kind, label, request.without(selection).url, selection.parameter))
    for spelling in request.off:
        words = spelling.partition("-")[2].replace("-", " ")
        chips.append(Chip("excluded", f"not the spelling {words}", request.switching(spelling).url, SPELLING))
    if request.first or request.last:
        first = f"from {request.first.text}" if request.first else ""
        last = f"to {request.last.text}" if request.last else ""
        chips.append(Chip("dates", f"{first} {last}".strip(), request.between(None, None).url))
    return tuple(chips)
