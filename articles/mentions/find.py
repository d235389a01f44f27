"""Finding actors in a text: the tagger, the lists and the rules, in numbered steps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from articles.clean.language import detect_language
from articles.mentions import agreement, bodies, headlines, people, phrases, places, quotes, reported, roles
from articles.mentions.attribution import Page
from articles.mentions.authority import Authority, BodyFact, load_authority
from articles.mentions.candidates import Candidate, Rank, Reading, settle
from articles.mentions.gazetteer import Hit, PhraseIndex
from articles.mentions.lexicons import words
from articles.mentions.model import ModelSpan, NerModel
from articles.mentions.plain import plain_view, sentences
from articles.mentions.reading import seat_reading
from articles.mentions.spans import Kind, Mentions, NameSpan, PlaceSpan, Zone
from articles.mentions.states import StateFinder, StateWord, main_state

# What the tagger's labels mean here. Places and things are kept as proposals, so that "Moscow" inside
# "the Moscow Peace Conference" is no state, but they never become actors.
_KIND_OF_LABEL = {"PERSON": Kind.PERSON, "ORG": Kind.ORGANISATION}
_NO_ACTOR = frozenset({"GPE", "LOC", "FAC", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT"})
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})


# Headlines are read behind all else of an article: in title case only the names found there keep their capitals.
_ROUNDS: tuple[tuple[Zone, ...], ...] = (("body", "subtitle", "caption"), ("headline",))


@dataclass(frozen=True, slots=True)
class ArticleTexts:
    """What is read of one article: its texts by zone, and the state its outlet writes in (`home_of`)."""

    zones: Mapping[Zone, Sequence[str]]
    home: str | None = None


@dataclass(frozen=True, slots=True)
class _Text:
    """One text on its way through the steps."""

    view: str
    zone: Zone
    tagged: tuple[ModelSpan, ...]
    known: tuple[NameSpan, ...]
    home: str | None
    places: tuple[PlaceSpan, ...] = ()


class MentionFinder:
    """Finds names, roles and quotes in texts; make one with load_finder and keep it."""

    def __init__(self, authority: Authority, model: NerModel) -> None:
        self.authority = authority
        self._model = model
        self._states = StateFinder(authority)
        self._bodies = PhraseIndex(_body_names(authority))
        self._credits = PhraseIndex(_credit_names(authority))
        self._people = PhraseIndex(
            (name, p.name) for p in authority.persons for name in (p.name, *p.aliases) if " " in name
        )
        self._surnames = {alias: p.name for p in authority.persons for alias in p.aliases if " " not in alias}

    def home_of(self, outlet: str | None) -> str | None:
        """Return the state an outlet writes in: as the authority files say, else the state its name holds.

        A paper's "the Foreign Ministry" is its own country's.
        """
        if not outlet:
            return None
        name = self.authority.key_of(outlet, Kind.MEDIA)
        listed = next(
            (body.country for body in self.authority.bodies if body.name == name and body.country), None
        )
        held = {hit.value.state for hit in self._states.words_in(outlet)}
        return listed or (held.pop() if len(held) == 1 else None)

    def find(
        self, text: str, *, zone: Zone = "body", known: Iterable[NameSpan] = (), home: str | None = None
    ) -> Mentions:
        """Everything named in one text. Offsets are characters of `text`.

        `known` are names found elsewhere in the same article: a headline's "Annan" is only
        understood through the body's "Kofi Annan". `home` is the state the outlet writes in.
        """
        return next(self.find_many([text], zone=zone, known=known, home=home))

    def find_many(
        self,
        texts: Iterable[str],
        *,
        zone: Zone = "body",
        known: Iterable[NameSpan] = (),
        home: str | None = None,
    ) -> Iterator[Mentions]:
        """Yield the same for many texts of one zone, tagged in batches, in the order of the texts."""
        names = tuple(known)
        if zone == "source":
            yield from (self._credit(text) for text in texts)
            return
        listed = list(texts)
        views = [plain_view(text) for text in listed]
        # The tagger knows English only; in another language it takes half the words for names.
        asked = [self._tagger_view(view, zone, names) for view in views]
        for text, view, tagged in zip(listed, views, self._model.spans(asked), strict=True):
            yield self._read(text, _Text(view, zone, tagged, names, home))

    def find_batch(self, articles: Sequence[ArticleTexts]) -> list[dict[Zone, tuple[Mentions, ...]]]:
        """Return what each text of each article names, by zone, with the texts of all tagged together.

        The same as `find_many` zone after zone, body first with its names `known` to the rest, in a third less
        time for 16 articles: the tagger is slow to start and quick to go on. It holds them all in memory.
        """
        found: list[dict[Zone, tuple[Mentions, ...]]] = [{} for _ in articles]
        known: list[tuple[NameSpan, ...]] = [() for _ in articles]
        where: list[tuple[PlaceSpan, ...]] = [() for _ in articles]
        spoken = [detect_language(list(article.zones.get("body", ()))) for article in articles]
        for zones in _ROUNDS:
            asked = [
                (at, zone, text, plain_view(text))
                for at, article in enumerate(articles)
                for zone in zones
                for text in article.zones.get(zone, ())
            ]
            views = [self._tagger_view(view, zone, known[at], spoken[at]) for at, zone, _text, view in asked]
            for (at, zone, text, view), tagged in zip(asked, self._model.spans(views), strict=True):
                one = self._read(text, _Text(view, zone, tagged, known[at], articles[at].home, where[at]))
                found[at][zone] = (*found[at].get(zone, ()), one)
                if zone == "body":
                    known[at], where[at] = one.names, one.places
        for at, article in enumerate(articles):
            if article.zones.get("source"):
                found[at]["source"] = tuple(map(self._credit, article.zones["source"]))
        return found

    def _tagger_view(
        self, view: str, zone: Zone, known: tuple[NameSpan, ...], spoken: str | None = None
    ) -> str:
        """Return a text as the tagger should see it; `spoken` is the language of the article's body, if it shows.

        The words of a headline are too few to tell: it is in the language of what it stands above.
        """
        own = None if zone == "headline" else detect_language([view])
        if (own or spoken) not in ("en", None):
            return ""
        return headlines.tagger_view(view, [name.surface for name in known]) if zone == "headline" else view

    def _read(self, text: str, reading: _Text) -> Mentions:
        """1. lists and tagger, 2. bodies by pattern, 3. persons, 4. choose, 5. roles, quotes and phrases."""
        view = reading.view
        split = sentences(view)
        # 1. What the lists know and what the tagger saw.
        state_words = self._states.words_in(view)
        listed = [
            *self._states.candidates(view, state_words),
            *self._listed_bodies(view),
            *self._listed_people(view),
        ]
        seen = agreement.without_listed_parts(self._tagged(reading), listed, view)
        tagged = agreement.agreed(
            view, agreement.extended(view, seen, [c for c in listed if c.kind is not Kind.PERSON]), listed
        )
        tagged = places.as_known(view, tagged, places=reading.places, names=reading.known)
        found = [*listed, *tagged, *_dateline(reading)]
        # 2. Bodies with no name of their own, media by their noun, acronyms of this text.
        home = main_state(view, listed, state_words, home=reading.home)
        found += _patterned_bodies(view, found, listed, state_words, home)
        # 3. Persons: titles first, then full names, then what bears their surnames.
        found = self._with_persons(reading, found, [c for c in listed if c.kind is not Kind.PERSON])
        # 4. One reading for every stretch.
        chosen = settle(found)
        chosen = people.genders(view, chosen, split)
        names = tuple(_span(text, c, c.kind, reading.zone) for c in chosen if c.kind)
        where = tuple(
            PlaceSpan(c.start, c.end, text[c.start : c.end], c.method, c.qualifier, reading.zone)
            for c in chosen
            if c.reading == "place"
        )
        # 5. What is said of and by them.
        role_spans = roles.find_roles(view, names, state_words)
        phrase_spans = phrases.find_phrases(view, names, role_spans, state_words)
        if reading.zone != "body":
            return Mentions(names, role_spans, (), where, phrase_spans)
        page = Page(text, view, names, role_spans)
        direct = quotes.find_quotes(page)
        return Mentions(names, role_spans, direct, where, phrase_spans, reported.find_reported(page))

    def _listed_bodies(self, view: str) -> Iterator[Candidate]:
        for hit in self._bodies.find(view):
            fact = hit.value
            reading = seat_reading(view, hit.start, hit.end) if fact.seat else "actor"
            kind = fact.kind if reading == "actor" else None
            method = "place" if reading == "place" else "seat of government" if fact.seat else "list"
            yield Candidate(
                hit.start,
                hit.end,
                kind,
                Rank.GAZETTEER,
                method,
                0.95,
                fact.part_of if fact.seat else None,
                reading=reading,
            )

    def _listed_people(self, view: str) -> Iterator[Candidate]:
        for hit in self._people.find(view):
            yield Candidate(hit.start, hit.end, Kind.PERSON, Rank.GAZETTEER, "list", 0.97)

    def _tagged(self, reading: _Text) -> Iterator[Candidate]:
        """Yield the tagger's spans as proposals, cut to the bare name."""
        never = words("words", "never")
        for span in reading.tagged:
            kind = _KIND_OF_LABEL.get(span.label)
            if kind is None and span.label not in _NO_ACTOR:
                continue
            place: Reading = "place" if span.label in _PLACE_LABELS else "other"
            one = people.trimmed(
                reading.view,
                Candidate(
                    span.start, span.end, kind, Rank.MODEL, "model", 0.75, reading="actor" if kind else place
                ),
            )
            if one is None or not _is_name(reading.view[one.start : one.end], never):
                continue
            if one.kind and self._states.is_demonym(reading.view[one.start : one.end]):
                continue
            formal = (
                self._states.formal_name(reading.view[one.start : one.end])
                if one.reading == "place"
                else None
            )
            yield (
                replace(one, kind=Kind.STATE, reading="actor", method="state", qualifier=formal)
                if formal
                else one
            )

    def _with_persons(
        self, reading: _Text, found: list[Candidate], fixed: list[Candidate]
    ) -> list[Candidate]:
        view = reading.view
        titled = list(people.titled(view, fixed))
        known = [name.surface for name in reading.known if name.kind is Kind.PERSON]
        persons = [c for c in settle([*found, *titled]) if c.kind is Kind.PERSON]
        named = people.heads(view, persons, known)
        retyped = list(people.retyped(view, found, named))
        named = people.heads(view, [*persons, *retyped], known)
        rare = [
            c.as_kind(Kind.PERSON, method="listed surname")
            for c in found
            if c.rank is Rank.MODEL and view[c.start : c.end] in self._surnames
        ]
        everything = [*found, *titled, *retyped, *rare]
        uses = list(
            people.surname_uses(
                view, named, [c for c in settle(everything) if c.kind or c.reading == "place"]
            )
        )
        everything += uses
        everything += people.speaking(view, settle(everything))
        everything += bodies.press_services(view, [c for c in settle(everything) if c.kind is Kind.PERSON])
        return everything

    def _credit(self, text: str) -> Mentions:
        """Read a source credit, which names agencies and nothing else: "(Reuters, MT)"."""
        hits = self._credits.find(plain_view(text))
        names = (
            NameSpan(h.start, h.end, text[h.start : h.end], h.value.kind, "source", "source credit", 0.95)
            for h in hits
        )
        return Mentions(tuple(names), (), ())


def _patterned_bodies(
    view: str,
    found: list[Candidate],
    listed: list[Candidate],
    state_words: list[Hit[StateWord]],
    home: str | None,
) -> list[Candidate]:
    defined = list(bodies.acronym_definitions(view, found))
    return [
        *defined,
        *bodies.acronym_uses(view, defined),
        *bodies.ministries(view, state_words, home=home),
        *bodies.state_bodies(view, state_words),
        *bodies.led_coalitions(view, state_words),
        *bodies.missions(view, [c for c in listed if c.kind is Kind.ORGANISATION]),
        *bodies.media_by_noun(view, found),
    ]


# "LETHMARK, June 3 (Northline) -- ": where and by whom the story was filed, no part of the story.
_DATELINE = re.compile(
    r"\s*(?:[A-Z][A-Z .'/-]{2,}(?:,[^()\n]{1,40}?)?\s*(?:\([^)\n]{2,40}\)\s*)?"
    r"|[A-Z][a-z]{2,8}\.? \d{1,2}\s+\([^)\n]{2,40}\)\s*)(?:--|[-–—])\s"
)


def _dateline(reading: _Text) -> Iterator[Candidate]:
    match = _DATELINE.match(reading.view)
    if match and reading.zone == "body":
        yield Candidate(match.start(), match.end(), None, Rank.BLOCK, "dateline", 1.0, reading="other")


def _is_name(surface: str, never: frozenset[str]) -> bool:
    """Return False for what cannot be a name: no capital, too short, a listed non-actor, over two lines."""
    if "\n" in surface or surface in never or not re.search(r"[^\W\d_]", surface):
        return False
    if not any(character.isupper() for character in surface):
        return False
    return len(surface.removesuffix(".")) > 1


def _span(text: str, one: Candidate, kind: Kind, zone: Zone) -> NameSpan:
    return NameSpan(
        one.start,
        one.end,
        text[one.start : one.end],
        kind,
        zone,
        one.method,
        one.confidence,
        one.qualifier,
        one.gender,
    )


def _body_names(authority: Authority) -> Iterator[tuple[str, BodyFact]]:
    for body in authority.bodies:
        for name in (body.name, *body.aliases, *body.acronyms):
            yield name, body
            bare = name.removeprefix("The ")
            # "The Guardian" needs its article in running text; longer names do not ("Washington Post").
            if bare != name and " " in bare:
                yield bare, body


def _credit_names(authority: Authority) -> Iterator[tuple[str, BodyFact]]:
    for body in authority.bodies:
        if body.kind is Kind.MEDIA:
            for name in (
                body.name,
                body.name.removeprefix("The "),
                *body.aliases,
                *body.acronyms,
                *body.credit_only,
            ):
                yield name, body


@cache
def _repository_authority() -> Authority:
    return load_authority()


_FINDERS: dict[tuple[str | None, int], MentionFinder] = {}


def load_finder(*, model: str | None = None, authority: Authority | None = None) -> MentionFinder:
    """Return a finder with the packaged model or another, and the given facts or the repository's.

    Cheap to call again with the same arguments. The model itself is loaded at the first text;
    ModelError then says what to install.
    """
    facts = authority or _repository_authority()
    slot = (model, id(facts))
    finder = _FINDERS.get(slot)
    if finder is None or finder.authority is not facts:
        finder = _FINDERS[slot] = MentionFinder(facts, NerModel(model))
    return finder
