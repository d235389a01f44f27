"""From names to actors: joined within an article (`actors_of`), then across the archive (`ActorDirectory`).

Pure: no Django, no database. Every join carries a score and a sentence that says why.
"""

from articles.resolve.across import ActorDirectory
from articles.resolve.actors import ArticleActors, Candidate, KnownActor, LocalActor, Resolution
from articles.resolve.article import actors_of, actors_of_text, mentions_of, zone_texts
from articles.resolve.compare import compare_names
from articles.resolve.context import context_of
from articles.resolve.running import RunningArchive
from articles.resolve.within import join_within

__all__ = [
    "ActorDirectory",
    "ArticleActors",
    "Candidate",
    "KnownActor",
    "LocalActor",
    "Resolution",
    "RunningArchive",
    "actors_of",
    "actors_of_text",
    "compare_names",
    "context_of",
    "join_within",
    "mentions_of",
    "zone_texts",
]
