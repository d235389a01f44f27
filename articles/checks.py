"""System checks: facets and index agree, and the index can be used."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from articles.search.facets import ACTOR_FACETS, FACETS


@register()
def check_facets(**_options: Any) -> Iterable[CheckMessage]:
    """Every facet needs a field of its own in the index, one that holds several whole keys."""
    from articles.models.actor import Kind
    from articles.search_indexes import ArticleIndex

    for facet in FACETS:
        field = ArticleIndex.fields.get(facet.name)
        if field is None or not field.is_multivalued:
            yield Error(
                f"The facet {facet.name} has no field in the index that holds keys.",
                hint=f"Add `{facet.name} = indexes.MultiValueField()` to ArticleIndex and run rebuild_index.",
                id="articles.E001",
            )
    kinds, known = set(Kind.values), {facet.name for facet in ACTOR_FACETS}
    if kinds != known:
        yield Error(
            f"Kinds of actors and their facets differ: {sorted(kinds ^ known)}.",
            hint="Give every kind a facet with the parameter actor in articles.search.facets.",
            id="articles.E002",
        )


@register()
def check_engine(**_options: Any) -> Iterable[CheckMessage]:
    """An engine that fails silently loses index work; Haystack's own default does."""
    for alias, options in settings.HAYSTACK_CONNECTIONS.items():
        if options.get("SILENTLY_FAIL", True):
            yield Error(
                f"The search connection {alias} fails silently.",
                hint="Set SILENTLY_FAIL to False, as archive.settings.search does.",
                id="articles.E003",
            )
    if settings.INSTALLED_APPS.index("articles") > settings.INSTALLED_APPS.index("haystack"):
        yield Warning(
            "Haystack's rebuild_index stands before ours, and empties the index before it fills it.",
            hint='Put "articles" before "haystack" in INSTALLED_APPS.',
            id="articles.W001",
        )


@register()
def check_index(**_options: Any) -> Iterable[CheckMessage]:
    """Say at start-up what a reader would otherwise meet: an index of another version, or a damaged one."""
    from articles.search.engines.ask import SearchUnavailable
    from articles.search.run import backend

    try:
        backend().check()
    except SearchUnavailable as error:
        yield Warning(str(error), hint=error.cure, id="articles.W002")
