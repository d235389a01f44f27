"""The actors of stored articles, as joined within each article, rebuilt from their mentions; nothing is read again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from articles.ingest.reading import authority
from articles.mentions.authority import Authority
from articles.mentions.candidates import Candidate, Rank
from articles.mentions.people import genders
from articles.mentions.person_names import is_full_name, surnames_of
from articles.mentions.plain import plain_view, sentences
from articles.mentions.spans import Kind, NameSpan, RoleSpan
from articles.models import Article, Mention, Role
from articles.resolve.actors import LocalActor
from articles.resolve.register import is_telling
from articles.resolve.within import ZONE_ORDER

_ZONE_PLACE = {zone: place for place, zone in enumerate(ZONE_ORDER)}


@dataclass(frozen=True, slots=True)
class StoredLocal:
    """An actor of one article with the rows that it is made of.

    `base_kind` is the kind of the machine's actors that they have now, `mentions` are (number, surface, the
    machine's actor now) and `local_name` is what the article calls it best. `tells` says that one of its
    names tells by itself.
    """

    local: LocalActor
    base_kind: Kind
    mentions: tuple[tuple[int, str, int], ...]
    local_name: str
    tells: bool


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article's actors in the order in which it names them; `day` is the last on which it may have come out."""

    id: int
    page: str
    day: date | None
    actors: tuple[StoredLocal, ...]

    @property
    def company(self) -> tuple[LocalActor, ...]:
        """The actors alone, as the context of each of them."""
        return tuple(each.local for each in self.actors)


def stored_articles(numbers: Sequence[int]) -> list[StoredArticle]:
    """Return these articles in the order of their numbers, with three queries.

    1. Mentions of one kind that the article gives one best name are one actor. 2. What honorifics and
    pronouns show of sexes is not stored, and told from the texts again. 3. Today's authority files say whom they know.
    """
    by_article: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in Mention.objects.filter(article__in=numbers).order_by().values(*_COLUMNS):
        by_article[row["article"]].append(row)
    roles: dict[int, list[RoleSpan]] = defaultdict(list)
    seen = Role.objects.filter(article__in=numbers, mention__isnull=False).order_by("pk")
    for mention, start, phrase, title, body in seen.values_list(
        "mention", "mention__start", "phrase", "title", "organisation"
    ):
        roles[mention].append(RoleSpan(start, start, phrase, start, title, body or None))
    rows = Article.objects.filter(pk__in=numbers).order_by("pk")
    texts = rows.values_list("pk", "page__sha256", "published_to", "body", "headline", "subtitle", "captions")
    return [
        StoredArticle(
            number,
            page,
            day,
            _actors_of(by_article[number], _Texts(body, headline, subtitle, captions), roles),
        )
        for number, page, day, body, headline, subtitle, captions in texts.iterator(chunk_size=100)
    ]


_COLUMNS = (
    *("pk", "article", "machine_actor", "machine_actor__machine_kind", "machine_actor__machine_name"),
    *("local_name", "zone", "zone_index", "start", "end", "surface", "method", "confidence"),
)


@dataclass(frozen=True, slots=True)
class _Texts:
    body: str
    headline: str
    subtitle: str
    captions: Sequence[Mapping[str, str]]

    def of(self, zone: str, index: int) -> str:
        """Return the text in which spans of a zone count; "" where there is none any more."""
        if zone == "caption":
            return self.captions[index].get("text", "") if index < len(self.captions) else ""
        return {"body": self.body, "headline": self.headline, "subtitle": self.subtitle}.get(zone, "")


def _actors_of(
    rows: list[dict[str, Any]], texts: _Texts, roles: Mapping[int, list[RoleSpan]]
) -> tuple[StoredLocal, ...]:
    rows.sort(key=lambda row: (_ZONE_PLACE.get(row["zone"], 9), row["zone_index"], row["start"], row["pk"]))
    groups: dict[tuple[Kind, str], list[dict[str, Any]]] = defaultdict(list)  # 1.
    for row in rows:
        kind = Kind(row["machine_actor__machine_kind"])
        groups[kind, row["local_name"] or row["machine_actor__machine_name"]].append(row)
    spans = _with_genders({row["pk"]: _span(row) for row in rows}, texts)  # 2.
    facts, people = authority(), [name for kind, name in groups if kind is Kind.PERSON]
    found = []
    for (kind, name), members in groups.items():
        own = tuple(spans[row["pk"]] for row in members)
        key, known_kind = _known(name, own, kind, facts=facts, people=people)  # 3.
        said = tuple(role for row in members for role in roles.get(row["pk"], ()))
        local = LocalActor(key or name, known_kind, own, said, key, "")
        mentions = tuple((row["pk"], row["surface"], row["machine_actor"]) for row in members)
        found.append(StoredLocal(local, kind, mentions, members[0]["local_name"], _tells(local)))
    return tuple(found)


def _span(row: Mapping[str, Any]) -> NameSpan:
    return NameSpan(
        start=row["start"],
        end=row["end"],
        surface=row["surface"],
        kind=Kind(row["machine_actor__machine_kind"]),
        zone=row["zone"],
        method=row["method"],
        confidence=row["confidence"],
        zone_index=row["zone_index"],
    )


def _tells(local: LocalActor) -> bool:
    names = dict.fromkeys((local.name, *local.surfaces)) if local.kind is Kind.PERSON else (local.name,)
    return bool(local.authority) or any(is_telling(name, local.kind) for name in names)


def _with_genders(spans: dict[int, NameSpan], texts: _Texts) -> dict[int, NameSpan]:
    by_text: dict[tuple[str, int], list[int]] = defaultdict(list)
    for number, span in spans.items():
        by_text[span.zone, span.zone_index].append(number)
    for (zone, index), numbers in by_text.items():
        text = texts.of(zone, index)
        if text and any(spans[number].kind is Kind.PERSON for number in numbers):
            view = plain_view(text)
            named = [_candidate(spans[number]) for number in numbers]
            for number, told in zip(numbers, genders(view, named, sentences(view)), strict=True):
                if told.gender:
                    spans[number] = replace(spans[number], gender=told.gender)
    return spans


def _candidate(span: NameSpan) -> Candidate:
    return Candidate(span.start, span.end, span.kind, Rank.GUESS, span.method, span.confidence)


def _known(
    name: str, spans: Iterable[NameSpan], kind: Kind, *, facts: Authority, people: Sequence[str]
) -> tuple[str | None, Kind]:
    """Return whom the authority files mean, and of which kind; `people` are all persons of the article.

    As in joining within an article: full names before surnames, and a surname that two people here bear
    means neither of them.
    """
    if kind is Kind.STATE:
        return facts.key_of(name, kind), kind
    surfaces = [span.surface for span in spans if not span.method.startswith("acronym")]
    if kind is Kind.PERSON:
        full = [each for each in (name, *surfaces) if is_full_name(each)]
        if not full and sum(name in surnames_of(other) for other in people) > 1:
            return None, kind
        keys = (facts.key_of(each, kind) for each in full or (name, *surfaces))
        return next(filter(None, keys), None), kind
    listed = (
        (facts.key_of(each, asked), asked)
        for each in (name, *surfaces)
        for asked in (kind, Kind.MEDIA, Kind.ORGANISATION)
    )
    return next((found for found in listed if found[0]), (None, kind))
