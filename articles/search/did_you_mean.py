"""The query that was perhaps meant, when words of it are misspelled: offered as a link, never searched by itself.

Better spellings come from the archive's own words, those of actors' names first (`engines.spelling`); whom no text
spells nearly so may still be an actor by the sound of the name. Only the misspelled words change: quotation marks,
fields, operators and all else stand as they were typed.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from articles.models import Actor
from articles.search.actor_names import actors_called
from articles.search.analysis import HYPHEN, POSSESSIVE, query_terms, tokens
from articles.search.engines.ask import BetterSpelled, Mode, Spelled
from articles.search.page import DidYouMean
from articles.search.query_text import render
from articles.search.request import SearchRequest
from articles.search.sought import Sought, sought
from articles.search.syntax import Parsed
from articles.search.tree import And, Everything, Field, Leaf, Node, Phrase, Word

FEW = 3  # results up to which a word that hardly any article has may be a misspelling, and not a find


@dataclass(frozen=True, slots=True)
class Typed:
    """One word of a query: as typed, as the index would hold it; `loose` in no field and no quotation marks."""

    surface: str
    spelled: Spelled
    loose: bool


def did_you_mean(
    request: SearchRequest,
    parsed: Parsed,
    known: Container[str],
    total: int,
    backend: Any,
    *,
    curator: bool = False,
) -> DidYouMean | None:
    """Return the query that was perhaps meant, None when nothing in it seems misspelled.

    1. The words of the query, without those of `known` parts, by which actors were found. 2. Which of them the
    archive does not know, or hardly, and what they were perhaps to be. 3. The query with these in their place.
    """
    if total > FEW and request.mode is Mode.ALL and _all_needed(parsed.tree):
        return None  # every word was found
    # 1.
    typed = [word for one in sought(parsed.tree, excluded=True) for word in _words(one, known)]
    # 2.
    better = backend.better_spelled([one.spelled for one in typed], few=total <= FEW, curator=curator)
    if not better:
        return None
    # 3.
    bound = {one.surface for one in typed if not one.loose}
    instead = {
        one.surface: _instead(one, better[one.spelled], loose=one.surface not in bound)
        for one in dict.fromkeys(typed)
        if one.spelled in better
    }
    misspelled = re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, instead))})(?![^\W_])")
    query = misspelled.sub(lambda found: instead[found.group()], parsed.text)
    return DidYouMean(query, request.with_query(query).url) if query != parsed.text else None


def _all_needed(tree: Node) -> bool:
    """Tell whether an article has to hold every word of a tree."""
    parts: Iterable[Node] = tree.nodes if isinstance(tree, And) else (tree,)
    return all(isinstance(part, Leaf | Field | Everything) for part in parts)


def _words(one: Sought, known: Container[str]) -> Iterator[Typed]:
    """Yield the words of a leaf; those of a beginning, a form or a misspelling are as they were meant."""
    if not isinstance(one.leaf, Word | Phrase):
        return
    if one.field and render(Field(one.field, one.leaf)) in known:
        return
    text, loose = one.leaf.text, one.field is None and isinstance(one.leaf, Word)
    for token in tokens(text):
        for surface in HYPHEN.split(POSSESSIVE.sub("", text[token.start : token.end])):
            for term in query_terms(surface):
                yield Typed(surface, Spelled(term.whole[0], one.field), loose)


def _instead(one: Typed, better: BetterSpelled | None, *, loose: bool) -> str:
    """Return what stands in the place of a word: itself when there is nothing better."""
    if better is None:
        return (_sounding(one.surface) if loose else "") or one.surface
    if better.field == one.spelled.field:
        return _written_like(one.surface, better.text)
    return f"{better.field}:{one.surface}" if loose else one.surface


def _sounding(name: str) -> str:
    """Return the part of a query that asks for the actor whose name sounds so; the most mentioned of several."""
    actor = Actor.objects.filter(pk__in=actors_called(name)).most_mentioned().first()
    return 'actor:"' + actor.name.replace('"', " ") + '"' if actor else ""


def _written_like(surface: str, word: str) -> str:
    """Return a word in capitals, or with one, where the surface is."""
    if surface.isupper():
        return word.upper()
    return word.capitalize() if surface[0].isupper() else word
