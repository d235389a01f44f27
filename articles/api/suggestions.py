"""What the end of a query may become: actors in any spelling, outlets, fields, their values, operators.

What is suggested takes the place of `typed`, the end of the text that it was found for: of the last word, of
several that begin a name ("kofi an"), or of a field with what stands behind it (`actor:"kofi an`). Names that
hidden articles alone have are not suggested, as in the whole API.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from articles.models import Actor, Article, Mention, Outlet
from articles.models.article import VISIBLE
from articles.search.actor_names import actors_spelled
from articles.search.lexer import OPERATORS, QUOTES
from articles.search.values import TRAITS

SHORTEST = 2  # characters; one letter begins too many names to say anything
MOST_ACTORS, MOST_OUTLETS = 8, 4  # more suggestions nobody reads while typing
MOST_WEIGHED = 200  # actors among whom the most mentioned are chosen; they come while somebody is typing
MOST_WORDS = 3  # at the end of the text that may begin one name; each number of them is looked for

FIELDS = {
    "title": "in the headline",
    "outlet": "in the name of the outlet",
    "author": "in the name of an author",
    "actor": "an actor, in any spelling",
    "speaker": "who is quoted",
    "quote": "in what is quoted",
    "office": "whoever held an office",
    "place": "where it was written, or a place named in it",
    "source": "the agency it was taken from",
    "tag": "a curators’ tag",
    "collection": "a curators’ collection",
    "date": "when it was published: 2012-07, 2012-07..2012-09, >=2012-07-02",
    "event": "the days that the text speaks of: 2012-06-30",
    "words": "the length: >500",
    "lang": "the language’s code: en",
    "like": "articles like the one with this id",
    "is": "undated, doubtful, partial",
    "has": "duplicates, quotes, captions",
}
# Forms of the language that are no field's name: as they are written, and what they do.
OTHER_FORMS = {
    "OR": "either what stands before or what follows",
    "NOT": "without what follows; a - says the same",
    "sentence:()": "words in one sentence",
    "paragraph:()": "words in one paragraph",
    "atleast3:": "a word so many times",
    "first50:": "a word among the first 50",
}

NAMED = ("actor", "speaker")
BEHIND_FIELD = re.compile(
    rf"(?:^|(?<=[\s(+-]))(?P<field>{'|'.join((*NAMED, 'outlet', *TRAITS))}):"
    rf"(?:(?P<word>[^\s(){QUOTES}]*)|[{QUOTES}](?P<quoted>[^{QUOTES}]*))$",
    re.IGNORECASE,
)
WORD = rf"[^\s(){QUOTES}:]+"
ENDING = re.compile(rf"(?:^|(?<=[\s(])){WORD}(?:\s+{WORD}){{0,{MOST_WORDS - 1}}}$")


def suggestions_for(text: str) -> list[dict[str, Any]]:
    """Return what the end of a text may become, the likeliest first; [] when it ends in a space or one letter.

    1. Behind a field's name, its values. 2. Else actors and outlets that begin as the last words do, as many
    of them as begin a name. 3. Before those of the last word alone, fields and operators that begin so.
    """
    # 1.
    if behind := BEHIND_FIELD.search(text):
        begun = behind["word"] if behind["quoted"] is None else behind["quoted"]
        return list(_values(behind["field"].lower(), begun.strip(), behind[0]))
    # 2. and 3. Inside quotation marks that are still open stand words of a phrase.
    if sum(text.count(quote) for quote in QUOTES) % 2:
        return []
    for typed in _endings(text):
        named = [*_actors(typed, typed), *_outlets(typed, typed)]
        found = named if " " in typed else [*_forms(typed), *named]
        if found:
            return found
    return []


def _endings(text: str) -> Iterable[str]:
    """Yield the last words of a text, the most of them first, none before an operator."""
    found = ENDING.search(text)
    ending = found[0] if found else ""
    words = list(re.finditer(r"\S+", ending))
    for place, word in enumerate(words):
        begun = ending[word.start() :].lstrip("+-")
        held = {other[0] for other in words[place:-1]} & OPERATORS
        if not held and len(begun) >= SHORTEST:
            yield begun


def _values(field: str, begun: str, typed: str) -> Iterable[dict[str, Any]]:
    if field in NAMED:
        return _actors(begun, typed, field=field) if len(begun) >= SHORTEST else ()
    if field == "outlet":
        return _outlets(begun, typed)
    return (
        _suggestion("value", f"{field}:{value}", "", typed=typed)
        for value in TRAITS[field]
        if value.startswith(begun.lower()) and value != "hidden"  # which curators alone find
    )


def _forms(typed: str) -> Iterable[dict[str, Any]]:
    for name, detail in FIELDS.items():
        if name.startswith(typed.lower()):
            yield _suggestion("field", f"{name}:", detail, typed=typed)
    for form, detail in OTHER_FORMS.items():
        if form.lower().startswith(typed.lower()):
            yield _suggestion("operator", form, detail, typed=typed)


def _actors(name: str, typed: str, *, field: str = "actor") -> Iterable[dict[str, Any]]:
    seen = Exists(Mention.objects.filter(actor=OuterRef("pk"), article__status__in=VISIBLE))
    begun = actors_spelled(name).filter(seen).order_by("pk")
    weighed = list(begun.values_list("pk", flat=True)[:MOST_WEIGHED])
    ranked = Actor.objects.filter(pk__in=weighed).annotate(uses=Count("mentions")).order_by("-uses", "pk")
    chosen = list(ranked.values_list("pk", flat=True)[:MOST_ACTORS])
    counted: QuerySet[Any] = Actor.objects.filter(
        pk__in=chosen
    ).with_counts()  # the counts are unknown to mypy
    for actor in counted.order_by("-article_count", "pk"):
        yield _suggestion(
            "actor",
            actor.name,
            actor.get_kind_display(),
            typed=typed,
            query=f'{field}:"{_unquoted(actor.name)}"',
            url=actor.get_absolute_url(),
            count=actor.article_count,
        )


def _outlets(name: str, typed: str) -> Iterable[dict[str, Any]]:
    seen = Exists(Article.objects.visible().filter(outlet=OuterRef("pk")))
    outlets = Outlet.objects.filter(seen, name__icontains=name).order_by("name")
    for outlet in outlets[:MOST_OUTLETS]:
        yield _suggestion(
            "outlet",
            outlet.name,
            "outlet",
            typed=typed,
            query=f'outlet:"{_unquoted(outlet.name)}"',
            url=outlet.get_absolute_url(),
        )


def _suggestion(
    kind: str,
    text: str,
    detail: str,
    *,
    typed: str,
    query: str = "",
    url: str | None = None,
    count: int | None = None,
) -> dict[str, Any]:
    return {
        "kind": kind,
        "text": text,
        "detail": detail,
        "query": query or text,
        "url": url,
        "typed": typed,
        "count": count,
    }


def _unquoted(name: str) -> str:
    return " ".join(name.replace('"', " ").split())
