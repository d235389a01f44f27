"""System checks: facets and index agree, and the index can be used."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core import checks

from articles.search.facets import ACTOR_FACETS, FACETS


@checks.register()
def check_facets(**_options: Any) -> Iterable[checks.CheckMessage]:
    """Give every facet a field of its own in the index, one that holds several whole keys."""
    from articles.models.actor import Kind
    from articles.search_indexes import ArticleIndex

    for facet in FACETS:
        field = ArticleIndex.fields.get(facet.name)
        if field is None or not field.is_multivalued:
            yield checks.Error(
                f"The facet {facet.name} has no field in the index that holds keys.",
                hint=f"Add `{facet.name} = indexes.MultiValueField()` to ArticleIndex and run rebuild_index.",
                id="articles.E001",
            )
    kinds, known = set(Kind.values), {facet.name for facet in ACTOR_FACETS}
    if kinds != known:
        yield checks.Error(
            f"Kinds of actors and their facets differ: {sorted(kinds ^ known)}.",
            hint="Give every kind a facet with the parameter actor in articles.search.facets.",
            id="articles.E002",
        )


@checks.register()
def check_engine(**_options: Any) -> Iterable[checks.CheckMessage]:
    """Refuse an engine that fails silently, which loses index work and is Haystack's default."""
    for alias, options in settings.HAYSTACK_CONNECTIONS.items():
        if options.get("SILENTLY_FAIL", True):
            yield checks.Error(
                f"The search connection {alias} fails silently.",
                hint="Set SILENTLY_FAIL to False, as archive.settings.search does.",
                id="articles.E003",
            )
    if settings.INSTALLED_APPS.index("articles") > settings.INSTALLED_APPS.index("haystack"):
        yield checks.Warning(
            "Haystack's rebuild_index stands before ours, and empties the index before it fills it.",
            hint='Put "articles" before "haystack" in INSTALLED_APPS.',
            id="articles.W001",
        )


@checks.register()
def check_index(**_options: Any) -> Iterable[checks.CheckMessage]:
    """Say at start-up what a reader would otherwise meet: an index that is no use, or one that outgrew its engine."""
    from articles.search.engines.ask import SearchUnavailable
    from articles.search.run import backend

    engine = backend()
    try:
        size = engine.size()
    except SearchUnavailable as error:
        yield checks.Warning(str(error), hint=error.cure, id="articles.W002")
        return
    if engine.suits_up_to is not None and size > engine.suits_up_to:
        yield checks.Info(
            f"The archive has {size:,} articles. Beyond {engine.suits_up_to:,} the Tantivy engine is the better choice:"
            " it takes articles in at least three times as fast, and finds the same.",
            hint="Set ARCHIVE_SEARCH_URL=tantivy://tantivy, then run `manage.py rebuild_index`"
            " (docs/operations.md, Choosing a search engine).",
            id="articles.I001",
        )
