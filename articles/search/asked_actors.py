"""The actors that a request names, in the query (`actor:"..."`, `speaker:"..."`) or by a facet; their spellings.

What the archive knows under a name is looked for by key, in every spelling that is not switched off. A
name that it does not know stays what it is, words in the field of actors' names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from articles.search.actor_names import MOST_NAMED, NamedActor, actors_called, named_actors
from articles.search.engines.ask import Choice
from articles.search.facets import ACTOR_FACETS, BY_NAME, SPEAKER, SPELLING
from articles.search.office_holders import Tenure, tenures_of
from articles.search.page import Diagnostic, FoundActor, FoundSpelling
from articles.search.query_text import render
from articles.search.request import SearchRequest, Selection
from articles.search.syntax import Parsed
from articles.search.tree import (
    And,
    Carrying,
    Field,
    Like,
    Node,
    Phrase,
    Published,
    Word,
    disjunction,
    fields_in,
    replaced,
)

MOST_SHOWN = 5  # actors whose spellings a page of results lists; a name of more people says so


@dataclass(frozen=True, slots=True)
class AskedActors:
    """What a request's names come to.

    `tree` is the query with them looked up, `narrowed` is for `Ask`, `meant` maps each part of the query to
    the actors it means, and the empty part to those chosen in facets.
    """

    tree: Node
    narrowed: Mapping[str, frozenset[str]]
    meant: Mapping[str, tuple[NamedActor, ...]]
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def terms(self) -> dict[int, str]:
        """What mentions of each actor are counted under: the name asked for, or its own for one of a facet."""
        return {
            one.actor.pk: part.partition(":")[2].strip('"') or one.actor.name
            for part, actors in self.meant.items()
            for one in actors
        }


def look_up(request: SearchRequest, parsed: Parsed, choices: Mapping[str, Choice]) -> AskedActors:
    """Look up the actors of a request. Nothing is asked of the database when it names none.

    1. Who is meant by each part of the query, and who held an office that it names. 2. Who is chosen in a
    facet. 3. Their spellings, and what is left of those of whom one is switched off. 4. The tree with keys,
    and days in office, in place of names.
    """
    # 1.
    named = [part for field in ("actor", "speaker") for part in fields_in(parsed.tree, field) if _text(part)]
    parts = {part: actors_called(_text(part)) for part in named}
    terms = {part: tenures_of(_text(part)) for part in fields_in(parsed.tree, "office")}
    parts |= {part: [tenure.actor for tenure in tenures] for part, tenures in terms.items()}
    # 2.
    chosen = [
        int(key.partition(":")[2])
        for facet in ACTOR_FACETS
        for key in sorted(choices.get(facet.name, Choice()).included)
    ]
    # 3.
    everyone = dict.fromkeys([*(number for numbers in parts.values() for number in numbers), *chosen])
    by_number = {one.actor.pk: one for one in named_actors(everyone)} if everyone else {}
    off = {f"{SPELLING}:{address}" for address in request.off}
    on = {
        number: frozenset(spelling.key for spelling in one.spellings) - off
        for number, one in by_number.items()
        if any(spelling.key in off for spelling in one.spellings)
    }
    # 4.
    found: dict[Field | Like, Node] = {}
    meant: dict[str, tuple[NamedActor, ...]] = {}
    faults = []
    for part, numbers in parts.items():
        actors = tuple(by_number[number] for number in numbers if number in by_number)
        if not actors:
            faults.append(_unknown(part))
            if part.name == "office":
                found[part] = part.leaf
            continue
        if part.name == "office":
            found[part] = _in_office(part, terms[part], by_number, on)
        else:
            found[part] = _carrying(part, actors, on)
        meant[render(part)] = actors
        if len(actors) > MOST_SHOWN:
            faults.append(_many(part, len(actors)))
    if chosen:
        meant[""] = tuple(by_number[number] for number in chosen if number in by_number)
    return AskedActors(
        tree=replaced(parsed.tree, found),
        narrowed={by_number[number].actor.facet_key: on[number] for number in chosen if number in on},
        meant=meant,
        diagnostics=tuple(faults),
    )


def found_actors(
    request: SearchRequest, asked: AskedActors, counts: Mapping[str, int]
) -> tuple[FoundActor, ...]:
    """Return the actors for a page of results; `counts` says how many of the result use each spelling."""
    return tuple(
        FoundActor(
            actor=one.actor,
            asked=part,
            spellings=tuple(_spellings(request, one, counts)),
            url=_only(request, part, one) if len(actors) > 1 and part else "",
        )
        for part, actors in asked.meant.items()
        for one in actors[:MOST_SHOWN]
    )


def _text(part: Field) -> str:
    """Return the name that a part asks for; a beginning (annan*) or the like stays a matter of words."""
    return part.leaf.text if isinstance(part.leaf, Word | Phrase) else ""


def _carrying(part: Field, actors: Iterable[NamedActor], on: Mapping[int, frozenset[str]]) -> Carrying:
    """Return the node for a part; `on` has the spellings left on of actors with one switched off."""
    keys: set[tuple[str, str]] = set()
    texts: dict[str, None] = {}
    for one in actors:
        # Who is quoted is known by actor, not by spelling: all of a speaker's count.
        left = None if part.name == "speaker" else on.get(one.actor.pk)
        if left is None:
            if part.name == "speaker":
                keys.add((SPEAKER, BY_NAME[SPEAKER].key(str(one.actor.pk))))
            else:
                keys.add((one.actor.kind, one.actor.facet_key))
        else:
            keys.update((SPELLING, key) for key in left)
        texts.update(
            (spelling.text, None) for spelling in one.spellings if left is None or spelling.key in left
        )
    return Carrying(frozenset(keys), part, tuple(texts))


def _in_office(
    part: Field,
    tenures: Iterable[Tenure],
    actors: Mapping[int, NamedActor],
    on: Mapping[int, frozenset[str]],
) -> Node:
    """Return the node for an office: each holder, in articles published while they held it."""
    return disjunction(
        [
            And((_carrying(part, [actors[one.actor]], on), Published(one.first, one.last)))
            for one in tenures
            if one.actor in actors
        ]
    )


def _many(part: Field, count: int) -> Diagnostic:
    """Say that a name means more actors than are listed, or, at the bound, than were sought."""
    most = f"the {count} most mentioned" if count >= MOST_NAMED else f"{count}"
    return Diagnostic(
        f"{render(part)} means {most} actors, {MOST_SHOWN} of whom are listed. A fuller name finds fewer."
    )


def _unknown(part: Field) -> Diagnostic:
    if part.name == "office":
        words = f"No reference list says who held the office {render(part.leaf)}"
    else:
        words = f"The archive knows no actor called {render(part.leaf)}"
    return Diagnostic(f"{words}; the words themselves were sought.")


def _spellings(request: SearchRequest, one: NamedActor, counts: Mapping[str, int]) -> Iterable[FoundSpelling]:
    """Return the spellings that the result uses, the most used first, and those that are switched off."""
    for spelling in sorted(one.spellings, key=lambda spelling: (-counts.get(spelling.key, 0), spelling.text)):
        on = spelling.address not in request.off
        count = counts.get(spelling.key, 0) if on else 0
        if count or not on:
            yield FoundSpelling(spelling.text, count, on, request.switching(spelling.address).url)


def _only(request: SearchRequest, part: str, one: NamedActor) -> str:
    """Return the search for this actor in place of a part of the query that means several."""
    rest = " ".join(request.query.replace(part, " ").split())
    selection = Selection("actor", str(one.actor.pk))
    return request.with_query(rest).selecting(selection).url
