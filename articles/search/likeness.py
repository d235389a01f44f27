"""What tells an article from the rest of the archive: the words and the actors by which others are like it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from articles.models import Actor, Article, Mention, PartLink
from articles.search.analysis import POSSESSIVE, TOKEN, pieces_of, stem
from articles.search.engines.ask import Frequencies, SearchUnavailable
from articles.search.engines.schema import story_number
from articles.search.facets import story_key
from articles.search.page import Diagnostic
from articles.search.ranking import function_words
from articles.search.tree import Field, Like, Node, Nothing, Shared, Similar, likes_in, replaced

TEXT = "text"
# Characters of a body that are looked at: some 3,000 words, beyond which the rarest ones repeat.
READ = 20_000
MOST_OF_STORY = 10  # articles of its story whose words are looked at, half a millisecond each
# Stems, the most frequent first, whose documents are counted; each is a look-up in every segment.
MOST_COUNTED = 80
SHORTEST = 3  # letters of a stem
# Words and actors that say what an article is about, of words as many as Lucene's "more like this" takes; and the share
# of the words' worth that an article has to hold to be like it, so that not every one of the same war is.
MOST_WORDS, MOST_ACTORS = 25, 8
LEAST_SHARED = 0.2


class Counts(Protocol):
    """What is asked of an engine's backend."""

    def frequencies(self, terms: Iterable[tuple[str, str]], keys: Iterable[tuple[str, str]]) -> Frequencies:
        """Return how many documents hold each term, and carry each key; pairs of a field and what is in it."""


@dataclass(frozen=True, slots=True)
class Met:
    """A stem of an article: how often it is there, and which word it is most often, folded and as it is written."""

    stem: str
    count: int
    folded: str
    word: str


def similar_to(article: Article, counts: Counts, *, actors: Mapping[Actor, int] | None = None) -> Similar:
    """Return the part of a query that finds the articles like one; `actors` says how often it names each.

    1. Its words, by stems, the most frequent ones. 2. Its actors. 3. What each is worth: the oftener it is here and
    the fewer articles of the archive have it, the more; what its own story alone has, nothing. 4. The best of both.
    Whole words are counted, not stems, and weights are whole numbers, as these are the same on every engine.
    """
    # 1. and 2.
    met = stems_of(telling_text(article))[:MOST_COUNTED]
    named = _named_in(article) if actors is None else actors
    # 3.
    keys = {actor: (actor.kind, actor.facet_key) for actor in named}
    frequencies = counts.frequencies([(TEXT, one.folded) for one in met], keys.values())
    own = _in_own_story(article)

    def worth(here: int, documents: int, own: int = 1) -> float:
        if documents <= own:
            return 0.0
        return (1 + math.log(here)) * math.log((1 + frequencies.size) / (1 + documents))

    words = {one: worth(one.count, frequencies.terms[TEXT, one.folded], own[one.folded] + 1) for one in met}
    people = {actor: worth(here, frequencies.keys[keys[actor]]) for actor, here in named.items()}
    # 4.
    unit = max([*words.values(), *people.values(), 0.0]) / 100 or 1.0
    best = sorted(filter(words.get, words), key=lambda one: (-words[one], one.stem))[:MOST_WORDS]
    first = sorted(filter(people.get, people), key=lambda one: (-people[one], one.pk))[:MOST_ACTORS]
    chosen = tuple(Shared(TEXT, one.folded, one.word, max(1, round(words[one] / unit))) for one in best)
    return Similar(
        asked=Like(article.permanent_id),
        words=chosen,
        actors=tuple(
            Shared(*keys[actor], actor.name, max(1, round(people[actor] / unit))) for actor in first
        ),
        least=max(1, math.ceil(LEAST_SHARED * sum(one.weight for one in chosen))),
        story=story_number(story_key(article.pk, article.story_id)),
        without=_pages_of(article),
    )


def _in_own_story(article: Article) -> Counter[str]:
    """Return how many other articles of its story have each word, of up to MOST_OF_STORY of them."""
    if article.story_id is None:
        return Counter()
    others = Article.objects.filter(story=article.story_id).exclude(pk=article.pk).order_by("pk")
    texts = others.only("headline", "subtitle", "body")[:MOST_OF_STORY]
    return Counter(word for other in texts for word in _words_of(telling_text(other)))


def _words_of(text: str) -> set[str]:
    return {piece.term for surface in set(TOKEN.findall(text)) for piece in pieces_of(surface).terms}


def _pages_of(article: Article) -> frozenset[int]:
    """Return the other pages of the article that one is a page of."""
    if not article.partial:
        return frozenset()
    ends = PartLink.objects.touching([article.pk]).values_list("left", "right")
    return frozenset(number for pair in ends for number in pair)


def telling_text(article: Article) -> str:
    """Return the text that likeness goes by: the headline twice, the subtitle, and the body up to READ."""
    return "\n\n".join((article.headline, article.headline, article.subtitle, article.body[:READ]))


def stems_of(text: str) -> list[Met]:
    """Return the stems of a text's words, without those that say little, the most frequent first."""
    counts: Counter[str] = Counter()
    words: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for surface, count in Counter(TOKEN.findall(text)).items():
        bare, pieces = POSSESSIVE.sub("", surface), pieces_of(surface)
        for piece in pieces.terms[: pieces.width]:
            if len(piece.term) >= SHORTEST and piece.term.isalpha() and piece.term not in function_words():
                root = stem(piece.term)
                counts[root] += count
                words[root][piece.term, bare if pieces.width == 1 else piece.term] += count
    return [Met(root, count, *_form_of(words[root])) for root, count in counts.most_common()]


def _form_of(forms: Counter[tuple[str, str]]) -> tuple[str, str]:
    """Return the form of a word that is there most, one in small letters before others: headlines have capitals."""
    return max(forms, key=lambda form: (form[1].islower(), forms[form], form))


def _named_in(article: Article) -> Counter[Actor]:
    mentions = Mention.objects.filter(article=article, actor__hidden=False).select_related("actor")
    return Counter(one.actor for one in mentions)


def look_up_likes(tree: Node, counts: Counts, *, curator: bool) -> tuple[Node, tuple[Diagnostic, ...]]:
    """Return the tree with its `like:` parts looked up, and what is to be told of them.

    The database is asked for nothing when there are none. Where the index is no use they stay as they are.
    """
    asked = list(dict.fromkeys(likes_in(tree)))
    if not asked:
        return tree, ()
    seen = Article.objects.all() if curator else Article.objects.visible()
    articles = {
        one.permanent_id: one for one in seen.filter(permanent_id__in=[like.article for like in asked])
    }
    found: dict[Field | Like, Node] = {}
    faults = []
    for like in asked:
        if (article := articles.get(like.article)) is None:
            found[like] = Nothing()
            message = f"There is no article {like.article} in this archive. An id is what an article's address ends in."
            faults.append(Diagnostic(message))
            continue
        try:
            found[like] = similar_to(article, counts)
        except SearchUnavailable:
            return tree, ()  # the search itself will tell
    return replaced(tree, found), tuple(faults)
