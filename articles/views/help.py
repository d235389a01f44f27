"""How to search, told to a reader."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

# What can be typed, with what it finds; each line of the page is a search that can be tried.
EXAMPLES = (
    ("annan syria", "articles with both words; every word has to be there"),
    ("annan OR lavrov", "either word, or both"),
    ('"peace plan"', "these words in this order"),
    ('"plan syria"~5', "these words with at most 5 others between them"),
    ("annan -sarkozy", "the first word, without the second; NOT sarkozy says the same"),
    ("(annan OR lavrov) geneva", "parentheses say what belongs together"),
    ("diplom*", "every word that begins so: diplomat, diplomacy, diplomatic"),
)
FIELD_EXAMPLES = (
    ("title:annan", "in the headline only"),
    ("outlet:moscow", "in the name of the outlet"),
    ("author:marsh", "in the name of an author"),
    ('actor:"abdulbaset sieda"', "articles that name this actor, in any spelling the archive knows"),
    ('office:"foreign minister of russia"', "articles that name whoever held this office when they appeared"),
)


@require_safe
def search_help(request: HttpRequest) -> HttpResponse:
    """Show the search language by examples that can be tried."""
    context = {"examples": EXAMPLES, "field_examples": FIELD_EXAMPLES}
    return render(request, "help.html", context)
