"""An invented news archive of any size, the same for the same seed: what speed and counts are measured on.

    for article in GeneratedArchive(20_000).articles(): ...
    for document in GeneratedArchive(20_000).documents(): ...    # as `ArticleIndex` prepares them

Articles come in blocks of 1,000, each with a generator of its own: the first 20,000 of 100,000 are the 20,000,
and nothing is held but the block. `generated_rows` puts the same articles into a database.

The shape is that of news: words by Zipf's law with a tail that goes on growing, topics with words of their own,
word pairs that belong together, some 450 words an article in sentences and paragraphs; 40 outlets of which some
print most; five years with busy and slow months; 5,000 actors of which some are always named, 3 to 8 an article,
with quotes. Some articles are undated or dated by a month, a stretch or a year, some are one page of several,
some are copies of another, a few are hidden.
"""

from __future__ import annotations

import calendar
import hashlib
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate

import numpy as np

from articles.resolve.places import place_key
from articles.search.facets import (
    BY_NAME,
    NO_LANGUAGE,
    NO_OUTLET,
    folded_value,
    mentioned_key,
    spelling_key,
    story_key,
    trait_key,
    year_and_month_of,
)

SEED = 5
APART = "\n\n"  # between paragraphs, and between the names of a list: `articles.search_indexes.APART`
BLOCK = 1000  # articles that share a generator of chance
FIRST_YEAR, YEARS = 2008, 5
OUTLETS = 40
ACTORS = {"person": 3900, "organisation": 800, "state": 190, "media": 110}
NAMED = (3, 8)  # actors of an article
WORDS = 450  # of an article at the mean; they spread by a quarter of that

# Words: real English ones are the commonest, as in any text; the rest is invented, with English endings, so that
# stems gather inflections. Beyond rank KNEE frequencies fall faster, which gives some 85,000 distinct words
# in 20,000 articles and keeps new ones coming.
FUNCTION_WORDS = (
    "the of to and a in that said for on is was with as by at from it be his has have are an not they who will "
    "were but their this which he had more been would one about when after also up out there or its all over than "
    "new we two first could into last some other no can only her people year may time most if between what"
)
ENDINGS = ("", "", "", "", "", "s", "s", "ed", "ing", "er", "ation", "al", "ly", "ment")
ONSETS = "b c d f g h k l m n p r s t v w br cr dr fr gr pl pr sc sl st str th tr ch sh"
VOWELS = "a e i o u a e i o ai ea ou"
CODAS = ("", "", "", "n", "r", "l", "s", "t")
SYLLABLES = tuple(
    onset + vowel + coda for onset in ONSETS.split() for vowel in VOWELS.split() for coda in CODAS
)
VOCABULARY = 300_000
ONE_SYLLABLE, TWO_SYLLABLES = 1_000, 60_000  # ranks up to which words are so short
KNEE, TAIL = 8_000, 1.8
PAIRS = 3_000  # pairs of words that stand together, such as "peace plan"
TOPICS, TOPIC_WORDS, OF_TOPIC = 200, 400, 0.25
KINDS_OF_BODY = ("Council", "Committee", "Party", "Bank", "Institute", "Union", "Agency", "Front")
AGENCIES = ("Northern Wire", "Tidewater Press", "Meridian News Agency")

UNDATED, OF_A_MONTH, OF_A_STRETCH, OF_A_YEAR = 0.04, 0.03, 0.01, 0.01  # shares of the articles
COPY, PAGE_OF_SEVERAL, HIDDEN, NO_LONGER_KNOWN, IN_RUSSIAN = 0.03, 0.02, 0.005, 0.02, 0.03


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody invented; `number` is its number in the archive."""

    number: int
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Named:
    """One place of a body that names an actor, in characters."""

    actor: Actor
    start: int
    end: int
    surface: str


@dataclass(frozen=True, slots=True)
class Said:
    """Quoted words of a body, without their marks."""

    speaker: Actor
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class GeneratedArticle:
    """One article. `outlet` is a number or None, `story` the number of the first article that tells it."""

    number: int
    headline: str
    body: str
    named: tuple[Named, ...]
    quotes: tuple[Said, ...]
    outlet: int | None
    author: str
    place: str
    credit: str
    language: str
    status: str
    page_number: int | None
    first: date | None
    last: date | None
    precision: str
    story: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is settled of a block's articles before they are written: whose copy each is, and its story."""

    copied: int | None
    story: int | None


class GeneratedArchive:
    """So many articles of one invented world."""

    def __init__(self, size: int, *, seed: int = SEED) -> None:
        self.size = size
        self.seed = seed
        chance = random.Random(f"{seed} world")
        self.words = _vocabulary(chance)
        self.pairs = [" ".join(chance.choices(self.words[60:6000], k=2)) for _ in range(PAIRS)]
        ranks = np.arange(len(self.words))
        falling = 1 / (ranks + 2.7)
        falling[KNEE:] = (KNEE / ranks[KNEE:]) ** TAIL / KNEE
        self._shares = np.cumsum(falling) / falling.sum()
        self._pair_weights = list(accumulate(1 / (rank + 10) for rank in range(PAIRS)))
        self._topics = [chance.choices(range(100, 20_000), k=TOPIC_WORDS) for _ in range(TOPICS)]
        self._topic_weights = list(accumulate(1 / (rank + 5) for rank in range(TOPIC_WORDS)))
        self.outlets = tuple(f"The {_name(chance)} {_name(chance)}" for _ in range(OUTLETS))
        self._outlet_weights = list(accumulate(1 / (rank + 1) ** 0.8 for rank in range(OUTLETS)))
        self.places = tuple(_name(chance) for _ in range(300))
        self.authors = tuple(f"{_name(chance)} {_name(chance)}" for _ in range(800))
        self.actors = _actors(chance)
        self._actor_weights = list(accumulate(1 / (rank + 1) ** 0.9 for rank in range(len(self.actors))))
        self._month_weights = list(accumulate(chance.uniform(0.5, 1.5) for _ in range(12 * YEARS)))

    @cached_property
    def digest(self) -> str:
        """Sixteen digits that are others when anything about the documents is; takes a pass over them."""
        digest = hashlib.sha256()
        for document in self.documents():
            digest.update(json.dumps(document, sort_keys=True).encode())
        return digest.hexdigest()[:16]

    def documents(self) -> Iterator[dict[str, object]]:
        """Yield what `ArticleIndex` prepares of each article."""
        return map(self.document, self.articles())

    def articles(self) -> Iterator[GeneratedArticle]:
        """Yield the articles, numbered from 1."""
        for start in range(0, self.size, BLOCK):
            yield from self._block(start)

    def _block(self, start: int) -> Iterator[GeneratedArticle]:
        chance = random.Random(f"{self.seed} {start}")
        plans = _plans(start, chance)
        originals: dict[int, GeneratedArticle] = {}
        told = {plan.copied for plan in plans if plan.copied is not None}
        for number, plan in enumerate(plans[: self.size - start], start + 1):
            article = self._written(number, plan, originals, chance)
            if number in told:
                originals[number] = article
            yield article

    def _written(
        self, number: int, plan: Plan, originals: dict[int, GeneratedArticle], chance: random.Random
    ) -> GeneratedArticle:
        """Write an article: its text or that of another, then where and when it came out."""
        outlet = chance.choices(range(1, OUTLETS + 1), cum_weights=self._outlet_weights)[0]
        first, last, precision = self._published(chance)
        language = "ru" if chance.random() < IN_RUSSIAN else "en"
        came_out = {
            "number": number,
            "outlet": outlet if chance.random() >= NO_LONGER_KNOWN else None,
            "first": first,
            "last": last,
            "precision": precision,
            "page_number": chance.randint(1, 3) if chance.random() < PAGE_OF_SEVERAL else None,
            "status": "hidden" if chance.random() < HIDDEN else "published",
            "language": language if chance.random() >= NO_LONGER_KNOWN else "",
            "story": plan.story,
        }
        if plan.copied is not None:
            return replace(originals[plan.copied], **came_out)
        body, named, quotes = self._body(chance)
        return GeneratedArticle(
            headline=" ".join(self._drawn(chance.randint(5, 10), chance)).capitalize(),
            body=body,
            named=named,
            quotes=quotes,
            author=chance.choice(self.authors) if chance.random() < 0.7 else "",  # noqa: PLR2004  # most sign
            place=chance.choice(self.places) if chance.random() < 0.6 else "",  # noqa: PLR2004  # or have a dateline
            credit=chance.choice(AGENCIES) if chance.random() < 0.2 else "",  # noqa: PLR2004  # a fifth is bought
            **came_out,
        )

    def _drawn(self, count: int, chance: random.Random) -> list[str]:
        """Draw words as they come in any article: single ones, and now and then a pair that belongs together."""
        ranks = np.searchsorted(self._shares, [chance.random() for _ in range(count)])
        drawn = [self.words[rank] for rank in ranks.tolist()]
        for place in range(chance.randint(0, 9), count, 25):
            drawn[place] = chance.choices(self.pairs, cum_weights=self._pair_weights)[0]
        return drawn

    def _body(self, chance: random.Random) -> tuple[str, tuple[Named, ...], tuple[Said, ...]]:
        """Write a body: sentences in paragraphs; each actor opens one or two of them, some after their words."""
        length = min(max(round(chance.gauss(WORDS, WORDS / 4)), 80), 1500)
        words = self._drawn(length, chance)
        topic = chance.choice(self._topics)
        own = chance.choices(topic, cum_weights=self._topic_weights, k=round(length * OF_TOPIC))
        for place, rank in zip(chance.sample(range(length), len(own)), own, strict=True):
            words[place] = self.words[rank]
        starts = list(accumulate(chance.choices(range(12, 29), k=length // 12), initial=0))
        sentences = [words[start:end] for start, end in zip(starts, [*starts[1:], length], strict=True)]
        sentences = [sentence for sentence in sentences if sentence]
        actors = {
            actor.number: actor
            for actor in chance.choices(
                self.actors, cum_weights=self._actor_weights, k=chance.randint(*NAMED)
            )
        }
        namers = dict.fromkeys(range(len(sentences)))
        for actor in actors.values():
            for place in chance.sample(range(len(sentences)), min(chance.randint(1, 2), len(sentences))):
                namers[place] = actor
        return _composed(sentences, namers, chance)

    def _published(self, chance: random.Random) -> tuple[date | None, date | None, str]:
        month = chance.choices(range(12 * YEARS), cum_weights=self._month_weights)[0]
        year, month = FIRST_YEAR + month // 12, month % 12 + 1
        last = calendar.monthrange(year, month)[1]
        day = date(year, month, chance.randint(1, last))
        kind = chance.random()
        if kind < UNDATED:
            return None, None, "unknown"
        kind -= UNDATED
        if kind < OF_A_MONTH:
            return date(year, month, 1), date(year, month, last), "month"
        kind -= OF_A_MONTH
        if kind < OF_A_STRETCH:
            return day, day + timedelta(days=chance.randint(5, 90)), "interval"
        if kind < OF_A_STRETCH + OF_A_YEAR:
            return date(year, 1, 1), date(year, 12, 31), "year"
        return day, day, "day"

    def document(self, article: GeneratedArticle) -> dict[str, object]:
        """Return an article as `ArticleIndex` prepares it; a test holds the two together."""
        actors = {named.actor.number: named.actor for named in article.named}
        speakers = {said.speaker.number: said.speaker for said in article.quotes}
        year, month = year_and_month_of(article.first, article.last)
        traits = {
            ("is", "partial"): article.page_number is not None,
            ("has", "duplicates"): article.story is not None,
            ("has", "quotes"): bool(article.quotes),
        }
        return {
            "id": f"articles.article.{article.number}",
            "django_ct": "articles.article",
            "django_id": str(article.number),
            "text": APART.join((article.headline, article.body)),
            "headline": article.headline,
            "subtitle": "",
            "author": article.author,
            "outlet_name": self.outlets[article.outlet - 1] if article.outlet else "",
            "actor_name": APART.join(sorted(actor.name for actor in actors.values())),
            "speaker_name": APART.join(sorted(actor.name for actor in speakers.values())),
            "quote": APART.join(said.text for said in article.quotes),
            "source_name": article.credit,
            "place_name": article.place,
            "place": [BY_NAME["place"].key(place_key(article.place))] if article.place else [],
            "outlet": [BY_NAME["outlet"].key(str(article.outlet or NO_OUTLET))],
            **{
                kind: [f"actor:{actor.number}" for actor in actors.values() if actor.kind == kind]
                for kind in ACTORS
            },
            "spelling": list(
                dict.fromkeys(spelling_key(named.actor.number, named.surface) for named in article.named)
            ),
            "mentioned": [
                mentioned_key(number, times)
                for number, times in Counter(named.actor.number for named in article.named).items()
            ],
            "speaker": [f"speaker:{actor.number}" for actor in speakers.values()],
            "trait": [trait_key(*trait)[1] for trait, held in traits.items() if held],
            "event": [],
            "tag": [],
            "tag_name": "",
            "collection": [],
            "collection_name": "",
            "source": [BY_NAME["source"].key(folded_value(article.credit))] if article.credit else [],
            "year": [BY_NAME["year"].key(year)],
            "month": [BY_NAME["month"].key(month)],
            "language": [BY_NAME["language"].key(article.language or NO_LANGUAGE)],
            "status": [f"status:{article.status}"],
            "story": story_key(article.number, article.story),
            "version": 1,
            "first_day": article.first.toordinal() if article.first else 0,
            "last_day": article.last.toordinal() if article.last else 0,
            "word_count": len(article.body.split()),
        }


def _plans(start: int, chance: random.Random) -> list[Plan]:
    """Settle which articles of a block are copies of which earlier ones of it."""
    copied: dict[int, int] = {}
    for number in range(start + 2, start + BLOCK + 1):
        if chance.random() < COPY:
            original = chance.randint(start + 1, number - 1)
            copied[number] = copied.get(original, original)
    told = set(copied.values())
    return [
        Plan(copied.get(number), copied.get(number, number if number in told else None))
        for number in range(start + 1, start + BLOCK + 1)
    ]


def _composed(
    sentences: Sequence[list[str]], namers: dict[int, Actor | None], chance: random.Random
) -> tuple[str, tuple[Named, ...], tuple[Said, ...]]:
    """Put sentences together, and say where names and quoted words stand."""
    pieces: list[str] = []
    named, quotes = [], []
    place, left = 0, 0
    for number, sentence in enumerate(sentences):
        words = " ".join(sentence)
        actor = namers[number]
        if actor is None:
            text = f"{words.capitalize()}."
        elif actor.kind == "person" and chance.random() < 0.5:  # noqa: PLR2004  # every other time
            spoken = f"{words.capitalize()},"
            text = f'"{spoken}" said {actor.name}.'
            quotes.append(Said(actor, place + 1, place + 1 + len(spoken), spoken))
            end = place + len(text) - 1
            named.append(Named(actor, end - len(actor.name), end, actor.name))
        else:
            text = f"{actor.name} {words}."
            named.append(Named(actor, place, place + len(actor.name), actor.name))
        left = left - 1 if left else chance.randint(1, 3)
        apart = " " if left else APART
        pieces += (text, apart)
        place += len(text) + len(apart)
    return "".join(pieces[:-1]), tuple(named), tuple(quotes)


def _vocabulary(chance: random.Random) -> list[str]:
    """Invent distinct words, the commonest first; the common ones are short."""
    words = dict.fromkeys(FUNCTION_WORDS.split())
    for syllables, upto in ((1, ONE_SYLLABLE), (2, TWO_SYLLABLES), (3, VOCABULARY)):
        while len(words) < upto:
            wanted = upto - len(words)
            parts = [chance.choices(SYLLABLES, k=wanted) for _ in range(syllables)]
            invented = map("".join, zip(*parts, chance.choices(ENDINGS, k=wanted), strict=True))
            words.update(dict.fromkeys(invented))
    return list(words)


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=2)).capitalize()


def _actors(chance: random.Random) -> tuple[Actor, ...]:
    """Invent actors, kinds mixed, each name once."""
    kinds = [kind for kind, count in ACTORS.items() for _ in range(count)]
    chance.shuffle(kinds)
    names: dict[str, str] = {}
    for kind in kinds:
        while (name := _actor_name(kind, chance)) in names:
            pass
        names[name] = kind
    return tuple(Actor(number, kind, name) for number, (name, kind) in enumerate(names.items(), 1))


def _actor_name(kind: str, chance: random.Random) -> str:
    if kind == "state":
        return _name(chance) + "ia"
    if kind == "organisation":
        return f"{_name(chance)} {chance.choice(KINDS_OF_BODY)}"
    return f"The {_name(chance)} Post" if kind == "media" else f"{_name(chance)} {_name(chance)}"
