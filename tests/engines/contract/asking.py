"""Asking an engine, for the contract and for whoever else tests engines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from articles.search.engines.ask import Ask, Choice, Found
from articles.search.facets import FACETS
from articles.search.syntax import parse

Engine = Any
ALL_FACETS = tuple(facet.name for facet in FACETS)


def ask(engine: Engine, query: str = "", **options: Any) -> Found:
    found: Found = engine.ask(Ask(tree=parse(query).tree, **options))
    return found


def numbers(engine: Engine, query: str = "", **options: Any) -> list[int]:
    """Return the articles found, in ascending order of their numbers."""
    return sorted(ask(engine, query, **{"size": 100, **options}).articles)


def choice(*included: str, excluded: Iterable[str] = ()) -> Choice:
    return Choice(frozenset(included), frozenset(excluded))
