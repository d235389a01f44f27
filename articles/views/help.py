"""How to search, told to a reader."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import Article

# What can be typed, with what it finds; each line of the page is a search that can be tried.
EXAMPLES = (
    ("annan syria", "articles with both words; every word has to be there"),
    ("annan OR lavrov", "either word, or both"),
    ('"peace plan"', "these words in this order"),
    ('"plan syria"~5', "these words with at most 5 others between them"),
    ("annan -sarkozy", "the first word, without the second; NOT sarkozy says the same"),
    ("(annan OR lavrov) geneva", "parentheses say what belongs together"),
    ("diplom*", "every word that begins so: diplomat, diplomacy, diplomatic"),
    ("w?rd", "every word of this form; a ? is one letter, but at the end of a word it is a question mark"),
    ("neg*ation", "every word of this form; a * is any letters, or none"),
    (
        "brahimi~",
        "words nearly alike: one letter more, less, changed or swapped, two in words of six letters or more",
    ),
    ("brahimi~1", "words nearly alike by one letter; 2 is the most"),
)
FIELD_EXAMPLES = (
    ("title:annan", "in the headline only"),
    ("outlet:moscow", "in the name of the outlet"),
    ("author:marsh", "in the name of an author"),
    ('actor:"abdulbaset sieda"', "articles that name this actor, in any spelling the archive knows"),
    ("actor:annan actor:lavrov -actor:sarkozy", "articles that name the first two, and not the third"),
    ('office:"foreign minister of russia"', "articles that name whoever held this office when they appeared"),
    ("speaker:annan", "articles that quote this actor, in direct or reported speech"),
    ('quote:"peace plan"', "in what people are quoted as saying"),
    ("source:reuters", "in the name of the agency that the story was taken from"),
    (
        "place:damascus",
        "in the dateline, where the report was written, or named as a place in the text",
    ),
    ("tag:ceasefire", "in the name of a tag that curators put it under"),
    ("collection:envoys", "in the name of a collection that curators put it into"),
)
PLACED_EXAMPLES = (
    ("sentence:(annan assad)", "both words in one sentence; OR, - and phrases can stand in the parentheses"),
    ("paragraph:(annan assad -moscow)", "both words, and not the third, in one paragraph or in the headline"),
    ("atleast3:annan", "the word at least 3 times in the text"),
    ("first50:annan", "the word among the first 50 of the text, those of the headline counted"),
)
SOME_ID = "gq3tenbzgq2t"  # stands for an article's id, until the page names one that is here
VALUE_EXAMPLES = (
    ("date:2012-07", "published in July 2012; a year or a day can stand there as well"),
    ("date:2012-07..2012-09", "published in these months; one end may be left out"),
    ("date:>=2012-07-02", "published on this day or later; <, <= and > say the rest"),
    (
        "event:2012-06-30",
        "the text speaks of this day, whenever it was published: by its date, as yesterday, or as its month",
    ),
    ("event:2012-06..2012-08", "the text speaks of these months; a year it speaks of counts as a whole only"),
    ("is:undated", "no date is known"),
    ("is:doubtful", "a date is known, but no single month"),
    ("is:partial", "the page is one of several of an article"),
    ("is:hidden", "hidden from readers; only curators find them"),
    ("has:duplicates", "other articles tell the same story"),
    ("has:quotes", "somebody is quoted"),
    ("has:captions", "a picture’s caption is kept"),
    ("lang:en", "in this language, by its code"),
    (
        f"like:{SOME_ID}",
        "articles like the one with this id, the end of its address; the most alike first, its own story left out",
    ),
    ("words:>500", "of so many words; 100..500 says from and to"),
)

# The keys of static/js/keys.js and of what names one in data-key.
KEYS = (
    (("/",), "to the search box, from anywhere"),
    (("↓", "↑", "Enter"), "in the search box: choose a suggestion; Esc closes them"),
    (("j", "k"), "next and previous of a list; Enter opens it"),
    (("]", "["), "next and previous page of results, or, in an article, the next and previous result"),
    (("j", "k"), "in an article opened from results: the next and previous result as well"),
    (("n", "p"), "in such an article: next and previous hit"),
    (("u",), "from such an article back to the results, at the same place"),
    (
        ("g",),
        "in a list of articles or names at the curators’ desk: go through it; other keys stand on their buttons",
    ),
    (("?",), "shows this list"),
)


@require_safe
def search_help(request: HttpRequest) -> HttpResponse:
    """Show the search language by examples that can be tried."""
    context = {
        "examples": EXAMPLES,
        "field_examples": FIELD_EXAMPLES,
        "placed_examples": PLACED_EXAMPLES,
        "value_examples": with_an_id_from_here(VALUE_EXAMPLES),
        "keys": KEYS,
    }
    return render(request, "help.html", context)


def with_an_id_from_here(examples: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return examples with the id of the newest article in the place of SOME_ID; none of an empty archive."""
    newest = Article.objects.visible().newest_first().values_list("permanent_id", flat=True).first()
    return [
        (typed.replace(SOME_ID, newest or ""), found)
        for typed, found in examples
        if newest or SOME_ID not in typed
    ]
