"""Names, roles and quotes in a text. Pure: spaCy, word lists and rules; no Django, no network.

`load_finder()` is the door: it gives a MentionFinder whose `find(text)` returns `Mentions`.
"""

from articles.mentions.authority import Authority, AuthorityError, load_authority
from articles.mentions.find import ArticleTexts, MentionFinder, load_finder
from articles.mentions.model import ModelError
from articles.mentions.spans import Kind, Mentions, NameSpan, PlaceSpan, QuoteSpan, RoleSpan, Zone

__all__ = [
    "ArticleTexts",
    "Authority",
    "AuthorityError",
    "Kind",
    "MentionFinder",
    "Mentions",
    "ModelError",
    "NameSpan",
    "PlaceSpan",
    "QuoteSpan",
    "RoleSpan",
    "Zone",
    "load_authority",
    "load_finder",
]
