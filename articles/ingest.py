"""The machine's only way to write: one page in, one article with its evidence and actors out.

Reading a page (cleaning it, finding its actors) needs no database and happens before the
transaction; everything that is stored of it, the note to the search index included, is stored in
one transaction. A process that dies half-way leaves either a whole article or none.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from django.conf import settings
from django.db import transaction

from articles.capture import RawPage, Refusal
from articles.clean import clean_page
from articles.clean.article import CleanArticle, DateInterval, Field, Paragraph
from articles.mentions.authority import Authority, load_authority
from articles.mentions.find import MentionFinder, load_finder
from articles.mentions.spans import Kind
from articles.models import (
    Actor,
    Alias,
    Article,
    Cleaning,
    FieldEvidence,
    Mention,
    PendingIndex,
    Quote,
    RefusedPage,
    Role,
    Ruling,
    Status,
    StoredPage,
)
from articles.models.actor import Origin
from articles.models.article import permanent_id_for, text_hash_of
from articles.models.ruling import Verdict
from articles.resolve.across import ActorDirectory
from articles.resolve.actors import ArticleActors, KnownActor, LocalActor, Resolution
from articles.resolve.article import actors_of
from articles.search.pending import drain

# A body of fewer words is more often a video page or a paywall than an article; research/cleaning.md
# takes the same bound for "show doubt". Nothing depends on it but the curators' inbox.
FEW_WORDS = 80
# Below this a published date is shown as doubtful and waits for a curator.
DOUBTFUL_BELOW = 0.6
# Pages between two visits of the search index: each visit costs Whoosh a commit of about 0.1 s.
INDEX_EVERY = 200
# The fields whose text actors are found in.
RULED_TEXTS = ("headline", "subtitle", "body")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one page; `refusal` says why it was not taken."""

    name: str
    state: Literal["new", "known", "refused"]
    article_id: int | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the pure steps make of a page."""

    article: CleanArticle
    actors: ArticleActors


def authority() -> Authority:
    """Return what the authority files say, read once a process."""
    return _authority(tuple(str(folder) for folder in settings.ARCHIVE_AUTHORITY_DIRS))


@lru_cache(maxsize=4)
def _authority(folders: tuple[str, ...]) -> Authority:
    return load_authority(*folders)


def finder() -> MentionFinder:
    """Return the finder of names; the language model is loaded on the first call."""
    return load_finder(model=settings.ARCHIVE_MODEL or None, authority=authority())


def read(page: RawPage, *, ruled: Mapping[str, str] | None = None) -> Reading:
    """Clean a page and find its actors, without touching the database.

    `ruled` holds the texts (headline, subtitle, body) that a person set; actors are found in those.
    """
    article = clean_page(page)
    return Reading(article=article, actors=actors_of(with_ruled_texts(article, ruled or {}), finder()))


def ingest(pages: Iterable[RawPage | Refusal]) -> Iterator[Outcome]:
    """Take pages one by one, and tell what became of each as soon as it is stored.

    The index is brought up to date every INDEX_EVERY new pages and at the end; when this stops
    in between, the work is still noted, and the next `ingest` or `sync_index` does it.
    """
    since_indexed = 0
    directory = ArchiveDirectory()
    for page in pages:
        outcome = refuse(page) if isinstance(page, Refusal) else ingest_page(page, directory)
        since_indexed += outcome.state == "new"
        if since_indexed >= INDEX_EVERY:
            drain()
            since_indexed = 0
        yield outcome
    drain()


def refuse(refusal: Refusal) -> Outcome:
    """Note a page that was not taken, so that a curator can see it later."""
    RefusedPage.objects.update_or_create(
        name=refusal.name[:1000], defaults={"reason": refusal.reason, "cure": refusal.cure}
    )
    return Outcome(refusal.name, "refused", refusal=refusal)


def ingest_page(page: RawPage, directory: ArchiveDirectory) -> Outcome:
    """Store one page and its article, unless the archive has it already."""
    known = Article.objects.filter(page__sha256=page.sha256).only("pk").first()
    if known:
        return Outcome(page.name, "known", article_id=known.pk)
    reading = read(page)
    try:
        return _store(page, reading, directory)
    except Exception:
        directory.forget()  # it may hold actors of the transaction that was rolled back
        raise


def _store(page: RawPage, reading: Reading, directory: ArchiveDirectory) -> Outcome:
    with transaction.atomic():
        stored = StoredPage.objects.filter(sha256=page.sha256).select_related("article").first()
        if stored and hasattr(stored, "article"):  # another process was quicker
            return Outcome(page.name, "known", article_id=stored.article.pk)
        stored = stored or StoredPage.objects.keep(page)
        article = Article(page=stored, permanent_id=permanent_id_for(page.sha256))
        write_reading(article, reading, directory)
        RefusedPage.objects.filter(name=page.name).delete()
    return Outcome(page.name, "new", article_id=article.pk)


def reread(article: Article, *, directory: ArchiveDirectory | None = None) -> Article:
    """Run the machine again over an article's stored page; what people ruled stays as they ruled it."""
    rulings = Ruling.objects.on_fields_of(article.page).filter(field__in=RULED_TEXTS)
    reading = read(article.page.as_raw_page(), ruled={ruling.field: ruling.value or "" for ruling in rulings})
    with transaction.atomic():
        fresh = Article.objects.select_for_update().get(pk=article.pk)
        fresh.version += 1
        write_reading(fresh, reading, directory or ArchiveDirectory())
    return fresh


def write_reading(article: Article, reading: Reading, directory: ArchiveDirectory) -> None:
    """Store a reading of a page as its article. Call it inside a transaction.

    1. The machine's values. 2. People's rulings over them. 3. The evidence, as the machine saw it.
    4. How each line was read. 5. Actors, mentions, roles and quotes. 6. The note to the index.
    """
    clean = reading.article
    # 1. The machine's values.
    values = _machine_values(clean)
    for name, field in values.items():
        article.set_field(name, field.value)
    article.body = clean.body
    article.language = clean.language or ""
    article.captions = [{"text": caption.text, "credit": caption.credit} for caption in clean.captions]
    article.page_number = clean.page_marker.page if clean.page_marker else None
    article.page_count = clean.page_marker.of if clean.page_marker else None
    article.status = Status.NEEDS_REVIEW if _needs_review(clean) else Status.NEW
    # 2. People's rulings.
    for ruling in Ruling.objects.on_fields_of(article.page):
        article.set_field(ruling.field, ruling.value)
    article.text_hash = text_hash_of(article.body)
    article.save()
    # 3. The evidence.
    article.evidence.all().delete()
    FieldEvidence.objects.bulk_create(
        FieldEvidence(
            article=article,
            field=name,
            value=field.value,
            method=field.method,
            confidence=field.confidence,
            lines=list(field.lines),
            note=field.note,
        )
        for name, field in values.items()
    )
    # 4. How each line was read.
    Cleaning.objects.update_or_create(
        article=article,
        defaults={
            "method": clean.method,
            "lines": [[line.number, line.label.value, line.reason] for line in clean.lines],
            "paragraphs": [[paragraph.start, list(paragraph.lines)] for paragraph in clean.paragraphs],
        },
    )
    # 5. Actors.
    directory.refresh()
    write_actors(article, reading.actors, directory)
    # 6. The note to the index.
    PendingIndex.objects.queue([article.pk])


def with_ruled_texts(article: CleanArticle, ruled: Mapping[str, str]) -> CleanArticle:
    """Return the article with the texts that people set; a ruled body's paragraphs have no page lines."""
    changes: dict[str, Any] = {
        name: Field(ruled[name], "ruling", 1.0) for name in ("headline", "subtitle") if name in ruled
    }
    if "body" in ruled:
        start, paragraphs = 0, []
        for text in ruled["body"].split("\n\n"):
            paragraphs.append(Paragraph(text=text, lines=(), start=start))
            start += len(text) + len("\n\n")
        changes["paragraphs"] = tuple(paragraphs)
    return replace(article, **changes) if changes else article


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
        actor_rulings = Ruling.objects.exclude(verdict=Verdict.FIELD)
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


def _machine_values(article: CleanArticle) -> dict[str, Field[Any]]:
    """Return the machine's fields in the JSON form in which the database keeps them."""
    return {
        "headline": article.headline,
        "subtitle": article.subtitle,
        "authors": _with_value(article.authors, list(article.authors.value)),
        "outlet": article.outlet,
        "published": _with_value(article.published, _interval(article.published.value)),
        "updated": _with_value(article.updated, _interval(article.updated.value)),
        "dateline": article.dateline,
        "section": article.section,
        "source_credits": _with_value(article.source_credits, list(article.source_credits.value)),
    }


def _with_value(field: Field[Any], value: Any) -> Field[Any]:
    return replace(field, value=value)


def _interval(interval: DateInterval) -> dict[str, str | None]:
    return {
        "from": interval.start.isoformat() if interval.start else None,
        "to": interval.end.isoformat() if interval.end else None,
        "precision": interval.precision,
    }


def _needs_review(article: CleanArticle) -> bool:
    """Say whether a curator should look: no headline, hardly a body, a part only, a doubtful date."""
    doubtful_date = article.published.value.known and article.published.confidence < DOUBTFUL_BELOW
    few_words = len(article.body.split()) < FEW_WORDS
    return not article.headline.value or few_words or doubtful_date or article.page_marker is not None
