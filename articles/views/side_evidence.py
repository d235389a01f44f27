"""What a curator compares of an actor: spellings, roles, sentences and company."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count
from django.utils.safestring import SafeString

from articles.mentions.plain import plain_view, sentences
from articles.models import Actor, Article, Mention
from articles.models.article import BY_NEWEST_ARTICLE, VISIBLE
from articles.views.actor_facts import (
    ActorRoles,
    Companion,
    Span,
    Spelling,
    appears_with,
    roles_of,
    span_of,
    spellings_of,
)
from articles.views.marking import ActorSpan, mark

SENTENCES_SHOWN = 4
SPELLINGS_SHOWN = 8
COMMON_SHOWN = 16  # actors named with both


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that names the actor, and where it stands."""

    article: Article
    html: SafeString


@dataclass(frozen=True, slots=True)
class SideEvidence:
    """What a curator compares of one actor."""

    actor: Actor
    span: Span
    spellings: list[Spelling]
    roles: ActorRoles
    examples: list[Example]
    companions: list[Companion]


def side_evidence(actor: Actor) -> SideEvidence:
    """Return what there is to compare of an actor, from the articles that readers see."""
    articles = Article.objects.visible().filter(pk__in=Mention.objects.filter(actor=actor).values("article"))
    return SideEvidence(
        actor=actor,
        span=span_of(articles),
        spellings=spellings_of(actor)[:SPELLINGS_SHOWN],
        roles=roles_of(actor),
        examples=_examples(actor),
        companions=appears_with(actor, articles),
    )


def in_common(left: Actor, right: Actor) -> list[Actor]:
    """Return the actors that articles of either name, those most named with the rarer of the two first."""
    with_left, with_right = (
        Mention.objects.filter(
            article__in=Mention.objects.filter(actor=actor, article__status__in=VISIBLE).values("article")
        )
        .filter(actor__hidden=False, actor__merged_into=None)
        .exclude(actor__in=(left, right))
        .values("actor")
        .annotate(shared=Count("article", distinct=True))
        .values_list("actor", "shared")
        for actor in (left, right)
    )
    often, others = dict(with_left), dict(with_right)
    rank = {actor: min(often[actor], others[actor]) for actor in often.keys() & others.keys()}
    found = Actor.objects.in_bulk(sorted(rank, key=lambda actor: (-rank[actor], actor))[:COMMON_SHOWN])
    return sorted(found.values(), key=lambda actor: (-rank[actor.pk], actor.name))


def _examples(actor: Actor) -> list[Example]:
    """Return the first sentence with the actor of each of its newest articles."""
    mentions = (
        Mention.objects.filter(actor=actor, zone="body", article__status__in=VISIBLE)
        .select_related("article__outlet")
        .order_by(BY_NEWEST_ARTICLE, "article", "start")
    )
    found: dict[int, Example] = {}
    for mention in mentions[: SENTENCES_SHOWN * 20]:
        if mention.article_id in found:
            continue
        body = mention.article.body
        for sentence in sentences(plain_view(body)):
            if sentence.start <= mention.start < sentence.end:
                span = ActorSpan(
                    mention.start - sentence.start,
                    mention.end - sentence.start,
                    url=actor.get_absolute_url(),
                    title=actor.name,
                    kind=actor.kind,
                )
                html = mark(body[sentence.start : sentence.end], actors=[span])
                found[mention.article_id] = Example(mention.article, html)
                break
        if len(found) == SENTENCES_SHOWN:
            break
    return list(found.values())
