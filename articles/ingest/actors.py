"""Storing the actors of an article: which actor of the archive each one is, and where it is named."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from articles.ingest.reading import authority
from articles.mentions.spans import Kind
from articles.models import Actor, Alias, Article, Mention, Quote, Role, Ruling
from articles.models.actor import Origin
from articles.models.ruling import Verdict
from articles.resolve.across import ActorDirectory
from articles.resolve.actors import ArticleActors, KnownActor, LocalActor, Resolution


class ArchiveDirectory:
    """The archive's actors as the resolver knows them, kept up to date with the database.

    One is made for a run and used inside each page's transaction: `refresh` takes in what other
    processes added meanwhile, and starts afresh when a curator ruled on actors.
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Drop everything; needed after a transaction that was rolled back."""
        self._directory = ActorDirectory(())
        self._last_actor = 0
        self._rulings: tuple[int, int] | None = None

    def refresh(self) -> None:
        """Take in the actors that are new since the last time."""
        actor_rulings = Ruling.objects.on_actors()
        rulings = (actor_rulings.count(), actor_rulings.standing().count())
        if rulings != self._rulings:
            self.forget()
            self._rulings = rulings
        fresh = Actor.objects.filter(pk__gt=self._last_actor).order_by("pk").prefetch_related("aliases")
        for actor in fresh.iterator(chunk_size=2000):
            self._directory.add(_known(actor))
            self._last_actor = actor.pk

    def actor_for(self, local: LocalActor, *, context: Sequence[LocalActor]) -> tuple[Actor, Resolution]:
        """Return the archive's actor for one of an article, made when it is new, and why it is that one.

        `context` are all actors of the article.
        """
        resolution = self._directory.resolve(local, context=context)
        if resolution.key is not None:
            actor = Actor.objects.get(pk=int(resolution.key))
            if local.authority and not actor.authority:
                self._recognise(actor, local.authority, local.kind)
            return actor, resolution
        actor = Actor.objects.create(
            name=local.name[:300], kind=local.kind.value, authority=local.authority or ""
        )
        self._last_actor = max(self._last_actor, actor.pk)
        if local.authority:
            _write_authority(actor, local.authority, local.kind)
        surfaces = tuple(actor.aliases.values_list("surface", flat=True)) + local.surfaces
        self._directory.add(
            KnownActor(str(actor.pk), actor.name, local.kind, tuple(dict.fromkeys(surfaces)), local.authority)
        )
        return actor, resolution

    def _recognise(self, actor: Actor, name: str, kind: Kind) -> None:
        """Note that an actor known so far by a variant alone is one of the authority files."""
        actor.authority = name
        if (
            not Ruling.objects.standing()
            .filter(verdict=Verdict.SAME, kind=kind.value, right=actor.name)
            .exists()
        ):
            actor.name = name
        actor.save(update_fields=["authority", "name"])
        _write_authority(actor, name, kind)
        self._directory.add(_known(actor))


def write_actors(article: Article, found: ArticleActors, directory: ArchiveDirectory) -> None:
    """Replace an article's mentions, roles and quotes by what was found now."""
    article.mentions.all().delete()
    article.roles.all().delete()
    article.quotes.all().delete()
    speakers: dict[int, Actor] = {}
    for local in found.actors:
        actor, resolution = directory.actor_for(local, context=found.actors)
        _write_mentions(article, actor, local, resolution)
        speakers.update({span.start: actor for span in local.spans if span.zone == "body"})
    Quote.objects.bulk_create(
        Quote(
            article=article,
            start=quote.start,
            end=quote.end,
            text=article.body[quote.start : quote.end],
            speaker=speakers.get(quote.speaker_start) if quote.speaker_start is not None else None,
            speaker_text=(quote.speaker_text or "")[:300],
            cue=(quote.cue or "")[:80],
            via=(quote.via or "")[:200],
        )
        for quote in found.quotes
    )


def _write_mentions(article: Article, actor: Actor, local: LocalActor, resolution: Resolution) -> None:
    Mention.objects.bulk_create(
        Mention(
            article=article,
            actor=actor,
            zone=span.zone,
            zone_index=span.zone_index,
            start=span.start,
            end=span.end,
            surface=span.surface[:300],
            method=span.method,
            confidence=span.confidence,
            score=resolution.score,
            reason=f"{local.reason} {resolution.reason}".strip(),
        )
        for span in local.spans
    )
    Alias.objects.bulk_create(
        [Alias(actor=actor, surface=surface[:300]) for surface in local.surfaces], ignore_conflicts=True
    )
    Role.objects.bulk_create(
        Role(
            actor=actor,
            article=article,
            phrase=role.phrase[:300],
            title=role.title[:200],
            organisation=(role.organisation or "")[:200],
        )
        for role in local.roles
    )


def _known(actor: Actor) -> KnownActor:
    """Return the resolver's record of an actor; a merged one stands for the actor it was merged into."""
    return KnownActor(
        key=str(actor.merged_into_id or actor.pk),
        name=actor.name,
        kind=Kind(actor.kind),
        aliases=tuple(alias.surface for alias in actor.aliases.all()),
        authority=actor.authority or None,
    )


def _write_authority(actor: Actor, name: str, kind: Kind) -> None:
    """Give a new actor the spellings and the offices with dates that the authority files hold."""
    known = authority()
    Alias.objects.bulk_create(
        [Alias(actor=actor, surface=alias, origin=Origin.AUTHORITY) for alias in known.names_of(name, kind)],
        ignore_conflicts=True,
    )
    Role.objects.bulk_create(
        Role(
            actor=actor,
            phrase=f"{office.title} of {office.of}" if office.of else office.title,
            title=office.title,
            organisation=office.of or "",
            held_from=first_day(office.start),
            held_to=last_day(office.end),
            origin=Origin.AUTHORITY,
        )
        for office in known.offices_of(name)
    )


def first_day(iso: str | None) -> date | None:
    """Return the first day of an ISO year, month or day; None stays None."""
    if not iso:
        return None
    year, month, day = (*map(int, iso.split("-")), 1, 1)[:3]
    return date(year, month, day)


def last_day(iso: str | None) -> date | None:
    """Return the last day of an ISO year, month or day; None stays None."""
    if not iso:
        return None
    if len(iso) == len("2012"):
        return date(int(iso), 12, 31)
    if len(iso) == len("2012-07"):
        year, month = map(int, iso.split("-"))
        return date(year, month, monthrange(year, month)[1])
    return date.fromisoformat(iso)
