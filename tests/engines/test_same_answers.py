"""Both engines give the same articles and the same counts, and these are what a plain count over the rows gives."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from articles.search.analysis import pieces_of, query_terms, stem, tokens
from articles.search.engines.ask import Ask, Choice, Count, Found, Order, Range
from articles.search.engines.backend import ArchiveBackend
from articles.search.engines.tantivy import TantivyBackend, common_words, snapshot
from articles.search.engines.whoosh import WhooshBackend, affordable, reading
from articles.search.event_keys import keys_spoken_of
from articles.search.syntax import parse
from articles.search.tree import And, Node, Not, Or, Phrase, Prefix, Published, Trait, Word, any_word
from tests.engines.contract.asking import ALL_FACETS, choice
from tests.engines.documents import KINDS, document

SIZE = 300
QUERIES = 240
FACETS = (*ALL_FACETS, "spelling")

WORDS = [
    "annan",
    "peace",
    "plan",
    "plans",
    "planned",
    "Syria",
    "talks",
    "talking",
    "talked",
    "envoy",
    "envoys",
    "cease-fire",
    "ceasefire",
    "cease",
    "fire",
    "opposition's",
    "opposition",
    "harbour",
    "harbor",
    "U.N.",
    "UN",
    "U.S.",
    "us",
    "US",
    "it",
    "IT",
    "WHO",
    "who",
    "waters",
    "water",
    "Waters",
    "Köln",
    "Koln",
    "10-year-old",
    "1,500",
    "1500",
    "tit-for-tat",
    "dying",
    "die",
    "dies",
    "skies",
    "sky",
    "party",
    "parties",
    "relational",
    "relation",
    "conflict",
    "conflicting",
    "agreed",
    "agree",
    "O'Brien",
    "OBrien",
    "Mr.",
    "Gen.",
    "diplomacy",
    "diplomat",
    "diplomatic",
]
PARTS = (
    "annan", "peace", "plan", "talks", "talk", "cease-fire", "ceasefire", "us", "US", "U.N.", "waters", "Koln",
    "die", "sky", "party", "relation", "conflicted", "agrees", "O'Brien", "1500", "tit-for-tat", "who", "nosuch",
    '"peace plan"', '"cease fire"', '"cease-fire talks"', '"the ceasefire"', '"U.S. envoy"', '"tit-for-tat us"',
    '"us U.N."', "dipl*", "cease-f*", "w*", "h?rb*", "*ing", "plam~", "harbur~2",
    '"annan plan"~4', '"us ceasefire envoy"~6', "title:annan", 'title:"peace plan"', "title:talk*", 'title:"plan annan"~2',
    "atleast2:plan", "atleast2:cease-fire", "atleast3:w*", "first4:annan", 'first9:"peace plan"', "first60:sky",
    "sentence:(annan plan)", "sentence:(us -ceasefire)", 'sentence:("cease fire" OR sky)', "paragraph:(talks who)",
    "paragraph:(annan plan us)", "date:2012", "date:>=2012-07", "event:2012-06", "is:undated", "is:partial",
    "has:quotes", "lang:pt", "lang:en", "words:>40", "words:10..38", "author:ada", "speaker:annan", "place:vessa",
)  # fmt: skip


def documents(chance: random.Random) -> list[dict[str, Any]]:
    """Return invented articles with words and keys that overlap."""
    made = []
    for number in range(1, SIZE + 1):
        paragraphs = [
            " ".join(
                word + chance.choice([" ", " ", " ", ". ", ", "])
                for word in chance.choices(WORDS, k=chance.randint(3, 20))
            )
            for _ in range(chance.randint(1, 4))
        ]
        first = date(2012, chance.randint(1, 12), chance.randint(1, 28))
        last = chance.choice([first, first, first, date(2012, 12, 31), date(2013, 2, 1)])
        published = chance.choice([None, (first, last), (first, last), (first, first)])
        actors = {kind: chance.sample(range(1, 9), chance.randint(0, 3)) for kind in KINDS}
        made.append(
            document(
                number,
                "\n\n".join(paragraphs),
                headline=" ".join(chance.choices(WORDS, k=4)),
                published=published,
                outlet=chance.choice([None, 1, 2, 3]),
                actors=actors,
                spelling=[f"spelling:{actor}-x{number % 3}" for actor in actors["person"]],
                story=chance.choice([f"article:{number}", "story:1", "story:2", "story:3"]),
                language=[f"language:{chance.choice(['en', 'en', 'pt', 'pt-br', 'unknown'])}"],
                status=[f"status:{chance.choice(['published', 'published', 'published', 'hidden'])}"],
                trait=chance.sample(["is:partial", "has:quotes", "has:duplicates"], chance.randint(0, 2)),
                event=sorted(keys_spoken_of(first, last)) if number % 4 == 0 else [],
                author=chance.choice(["Ada Lund", "Jo Ferro\n\nAda Reed", ""]),
                speaker_name=chance.choice(["Kofi Annan", ""]),
                place_name=chance.choice(["VESSA, May 2", ""]),
            )
        )
    return made


def asks(chance: random.Random) -> Iterator[Ask]:
    """Yield random searches: one to four parts, filters of every kind."""
    for _ in range(QUERIES):
        query = chance.choice(["", "(", ""]) + chance.choice(PARTS)
        for _ in range(chance.randint(0, 3)):
            query += chance.choice([" ", " OR ", " -", " AND "]) + chance.choice(PARTS)
        tree = parse(query).tree
        choices: dict[str, Choice] = {}
        for facet, values in (
            ("outlet", ["outlet:1", "outlet:2", "outlet:none"]),
            ("person", ["actor:1", "actor:2", "actor:3"]),
            ("month", ["month:2012-03", "month:doubtful", "month:undated"]),
        ):
            if chance.random() < 0.3:
                picked = chance.sample(values, 2)
                choices[facet] = chance.choice(
                    [choice(*picked), choice(excluded=picked), choice(picked[0], excluded=picked[1:])]
                )
        published = (
            Range(date(2012, 3, 1), chance.choice([None, date(2012, 9, 30)]))
            if chance.random() < 0.2
            else Range()
        )
        yield Ask(
            tree=any_word(tree) if chance.random() < 0.2 else tree,
            choices=choices,
            published=published,
            order=chance.choice(list(Order)),
            count=chance.choice(list(Count)),
            size=SIZE,
            facets=FACETS,
            narrowed={"actor:1": frozenset({"spelling:1-x0"})} if chance.random() < 0.2 else {},
            curator=chance.random() < 0.2,
        )


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return documents(random.Random(5))


@pytest.fixture(scope="module", params=["asked once", "serving"])
def engines(
    rows: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[tuple[ArchiveBackend, ...]]:
    """Give both engines with the same articles, in several commits, some written twice and some taken out.

    A server's are made ready for many readers before the last articles come: Tantivy's then keeps the sets of words
    that stand in a fifth of the articles.
    """

    def filled(kind: Callable[..., ArchiveBackend], path: Path) -> ArchiveBackend:
        engine = kind("default", PATH=str(path), SILENTLY_FAIL=False)
        engine.write([document(number, "annan peace plan before it was changed") for number in range(1, 400)])
        for start in range(0, SIZE, 75):
            engine.write(rows[start : start + 75])
            if start == SIZE // 2 and request.param == "serving":
                engine.warm()
        engine.write([], gone=range(SIZE + 1, 400))
        return engine

    folder = tmp_path_factory.mktemp("engines")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(common_words, "LEAST_COMMON", SIZE // 5)
        yield filled(WhooshBackend, folder / "whoosh"), filled(TantivyBackend, folder / "tantivy")


def without_scores(found: Found, ask: Ask) -> dict[str, Any]:
    """Return what may not differ between engines: all but scores, and what scores alone decide."""
    ranked = ask.order is Order.RELEVANCE
    told = {
        name: getattr(found, name)
        for name in found.__slots__
        if name not in ("articles", "scores", "more_versions")
    }
    if ranked and ask.count is Count.STORIES:
        return told
    return told | {"articles": sorted(found.articles) if ranked else found.articles}


@pytest.fixture(autouse=True)
def both_ways_to_a_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have both engines do what they do in a large archive, beside what they do in a small one.

    Tantivy tells small sets document by document and large ones by runs. Whoosh looks for where words stand everywhere at
    once when they are few, and else in those documents that can match, block by block.
    """
    monkeypatch.setattr(affordable, "FEW_PLACES", SIZE)
    monkeypatch.setattr(reading, "BLOCK", SIZE // 3)
    monkeypatch.setattr(snapshot, "MOST_LISTED", SIZE // 6)
    monkeypatch.setattr(snapshot, "LEAST_A_RUN", 0)


def test_both_engines_answer_alike(engines: tuple[ArchiveBackend, ...]) -> None:
    found_any = 0
    for ask in asks(random.Random(11)):
        whoosh, tantivy = (engine.ask(ask) for engine in engines)
        assert without_scores(tantivy, ask) == without_scores(whoosh, ask), ask
        found_any += bool(whoosh.total)
    assert found_any > QUERIES / 3


def test_pairs_are_counted_alike(engines: tuple[ArchiveBackend, ...]) -> None:
    keys = [("person", f"actor:{number}") for number in range(1, 9)] + [("outlet", "outlet:1")]
    for ask in list(asks(random.Random(12)))[:20]:
        whoosh, tantivy = (engine.together(ask, keys) for engine in engines)
        assert tantivy == whoosh


def test_pages_are_stretches_of_the_whole_list(engines: tuple[ArchiveBackend, ...]) -> None:
    chance, paged = random.Random(14), 0
    for ask in chance.sample(list(asks(random.Random(12))), 60):
        for engine in engines:
            whole = engine.ask(ask).articles
            for page in {1, chance.randint(1, 5)}:
                stretch = whole[(page - 1) * 7 : page * 7]
                if stretch:
                    assert engine.ask(replace(ask, size=7, page=page)).articles == stretch, (ask, page)
                    paged += len(whole) > 4 * 7 * page
    assert paged > 40


def holds(row: dict[str, Any], node: Node) -> bool:  # noqa: PLR0911  # one line for each kind of node
    """Tell whether a row matches a tree of simple nodes, by reading it."""
    if isinstance(node, And):
        return all(holds(row, part) for part in node.nodes)
    if isinstance(node, Or):
        return any(holds(row, part) for part in node.nodes)
    if isinstance(node, Not):
        return not holds(row, node.node)
    if isinstance(node, Trait):
        return f"{node.name}:{node.value}" in row["trait"]
    if isinstance(node, Published):
        first, last = node.first or date.min, node.last or date.max
        return (
            bool(row["last_day"])
            and row["first_day"] <= last.toordinal()
            and row["last_day"] >= first.toordinal()
        )
    texts = [row["text"], row["headline"]]
    if isinstance(node, Word):
        [term] = query_terms(node.text)
        [word] = term.whole
        words = {piece.term for text in texts for token in tokens(text) for piece in token.pieces.terms}
        return (
            word in words
            if word.isupper()
            else stem(word) in {stem(one) for one in words if not one.isupper()}
        )
    if isinstance(node, Prefix):
        return any(
            piece.term.startswith(node.start)
            for text in texts
            for token in tokens(text)
            for piece in token.pieces.terms
        )
    assert isinstance(node, Phrase)
    return any(
        _in_a_row(text, [word for term in query_terms(node.text) for word in term.whole]) for text in texts
    )


def _in_a_row(text: str, words: list[str]) -> bool:
    at: dict[int, set[str]] = {}
    for token in tokens(text):
        for piece in pieces_of(text[token.start : token.end]).terms:
            at.setdefault(token.position + piece.offset, set()).add(piece.term)
    return any(all(word in at.get(place + step, ()) for step, word in enumerate(words)) for place in at)


SIMPLE = (
    "annan",
    "plan",
    "talk",
    "us",
    "US",
    "sky",
    "die",
    "waters",
    "nosuch",
    '"peace plan"',
    '"talks us"',
    "dipl*",
    "w*",
)
SIMPLER = (*SIMPLE, "date:2012-07", "is:partial", "has:quotes")


def test_counts_are_those_of_a_plain_count(
    engines: tuple[ArchiveBackend, ...], rows: list[dict[str, Any]]
) -> None:
    chance = random.Random(13)
    for _ in range(200):
        query = chance.choice(SIMPLE)
        for _ in range(chance.randint(0, 2)):
            query += chance.choice([" ", " OR ", " -"]) + chance.choice(SIMPLER)
        tree = parse(query).tree
        chosen = {
            facet: Choice(
                frozenset(chance.sample(keys, 1)), frozenset(chance.sample(keys, chance.randint(0, 1)))
            )
            for facet, keys in (("outlet", ["outlet:1", "outlet:2"]), ("state", ["actor:4", "actor:5"]))
            if chance.random() < 0.4
        }
        expected = [
            row
            for row in rows
            if "status:hidden" not in row["status"]
            and holds(row, tree)
            and all(
                set(row[facet]) & one.included and not set(row[facet]) & one.excluded
                for facet, one in chosen.items()
            )
        ]
        counts = {facet: Counter(key for row in expected for key in row[facet]) for facet in FACETS}
        stories = len({row["story"] for row in expected})
        for engine in engines:
            found = engine.ask(Ask(tree=tree, choices=chosen, facets=FACETS, size=SIZE))
            assert sorted(found.articles) == [int(row["django_id"]) for row in expected], (query, chosen)
            assert {facet: dict(found.counts[facet].inside) for facet in FACETS} == counts, (query, chosen)
            assert (found.total, found.story_total) == (len(expected), stories)
