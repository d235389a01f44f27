"""Storing the actors of an article: which actor of the archive each one is, and where it is named."""

from __future__ import annotations

from collections.abc import Iterable

from articles.ingest.authority_facts import first_day, last_day
from articles.ingest.candidates import Doubt, note_doubts, refresh_candidates
from articles.ingest.directory import ArchiveDirectory
from articles.ingest.settle import settle
from articles.ingest.sides import find_waiting
from articles.mentions.spans import QuoteSpan
from articles.models import Actor, Alias, Article, Mention, Quote, Role
from articles.resolve.actors import ArticleActors, LocalActor, Resolution

__all__ = ["ArchiveDirectory", "first_day", "last_day", "write_actors"]


def write_actors(article: Article, found: ArticleActors, directory: ArchiveDirectory) -> None:
    """Replace an article's mentions, roles and quotes by what was found now.

    Call it inside the transaction that saved the article, after `directory.refresh`.
    1. What was found before goes. 2. Each actor's mentions and roles, given to whom rulings say. 3. Quotes.
    4. Rulings that waited for an actor that has come in. 5. Doubtful joins, for people to decide.
    """
    pairs = article.mentions.order_by().values_list("machine_actor", "actor")
    former = {number for pair in pairs for number in pair}
    article.quotes.all().delete()  # 1.
    article.roles.all().delete()
    article.mentions.all().delete()
    mentions: list[Mention] = []
    doubts: list[Doubt] = []
    day = article.published_to
    for local in found.actors:  # 2.
        actor, resolution = directory.actor_for(local, context=found.actors, day=day)
        mentions += _write_mentions(article, actor, local, resolution, directory)
        doubts += [
            Doubt(actor.pk, int(candidate.key), candidate.score, candidate.reason)
            for candidate in resolution.candidates
        ]
    directory.keep_contexts()
    _write_quotes(article, found.quotes, mentions)  # 3.
    _settle_waiting(mentions, directory)  # 4.
    changed = note_doubts(doubts)  # 5.
    named = {number for mention in mentions for number in (mention.machine_actor_id, mention.actor_id)}
    refresh_candidates(changed | former | named, directory.standing)


def _write_mentions(
    article: Article, actor: Actor, local: LocalActor, resolution: Resolution, directory: ArchiveDirectory
) -> list[Mention]:
    now = directory.standing
    local_name, page = local.name[:300], article.page.sha256
    mentions = Mention.objects.bulk_create(
        Mention(
            article=article,
            machine_actor=actor,
            actor_id=now.actor_of(
                actor.pk,
                kind=actor.machine_kind,
                surface=span.surface[:300],
                local_name=local_name,
                page=page,
            ),
            local_name=local_name,
            zone=span.zone,
            zone_index=span.zone_index,
            start=span.start,
            end=span.end,
            surface=span.surface[:300],
            method=span.method,
            confidence=span.confidence,
            score=resolution.score,
            reason="; ".join(filter(None, (local.reason, resolution.reason))),
        )
        for span in local.spans
    )
    Alias.every.bulk_create(
        [
            Alias(actor=actor, surface=surface[:300], dropped=now.drops(actor.pk, surface[:300]))
            for surface in local.surfaces
        ],
        ignore_conflicts=True,
    )
    _write_roles(article, actor, local, mentions)
    return mentions


def _write_roles(article: Article, actor: Actor, local: LocalActor, mentions: list[Mention]) -> None:
    """Store an actor's roles, each beside the mention where it stands."""
    if not mentions:
        return
    by_start = {mention.start: mention for mention in reversed(mentions)}
    beside = [by_start.get(role.name_start, mentions[0]) for role in local.roles]
    Role.objects.bulk_create(
        Role(
            actor_id=mention.actor_id,
            machine_actor=actor,
            mention=mention,
            article=article,
            phrase=role.phrase[:300],
            title=role.title[:200],
            organisation=(role.organisation or "")[:200],
        )
        for role, mention in zip(local.roles, beside, strict=True)
    )


def _write_quotes(article: Article, quotes: Iterable[QuoteSpan], mentions: Iterable[Mention]) -> None:
    in_body = {mention.start: mention for mention in mentions if mention.zone == "body"}
    rows = []
    for quote in quotes:
        speaker = in_body.get(quote.speaker_start) if quote.speaker_start is not None else None
        rows.append(
            Quote(
                article=article,
                start=quote.start,
                end=quote.end,
                text=article.body[quote.start : quote.end],
                kind=quote.kind,
                speaker_mention=speaker,
                speaker_id=speaker.actor_id if speaker else None,
                speaker_text=(quote.speaker_text or "")[:300],
                cue=(quote.cue or "")[:80],
                via=(quote.via or "")[:200],
            )
        )
    Quote.objects.bulk_create(rows)


def _settle_waiting(mentions: Iterable[Mention], directory: ArchiveDirectory) -> None:
    """Let rulings that waited for one of these actors apply, and those on its name that stand already."""
    found = []
    if directory.waiting:
        actors = {mention.machine_actor_id for mention in mentions}
        names = set(Alias.every.filter(actor__in=actors).values_list("surface", flat=True))
        names |= set(Actor.objects.filter(pk__in=actors).values_list("machine_name", flat=True))
        found = find_waiting(names)
    if found or directory.unsettled:
        directory.adopt(settle(found, actors=directory.unsettled))
