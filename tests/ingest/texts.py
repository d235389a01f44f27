"""Invented texts, and articles of them that are linked as ingest links them."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from articles.ingest import link_copies
from articles.models import Article
from tests.factories import make_article

DAY = date(2012, 5, 14)
WORDS = [
    f"{first}{second}"
    for first in ("sel", "kar", "ves", "orm", "tes")
    for second in ("ma", "rin", "und", "ko")
]


def invented(seed: int, *, length: int = 150) -> str:
    """Return a text of so many words, the same for the same seed and unlike any other."""
    chance = random.Random(seed)  # nothing here is secret
    return " ".join(f"{chance.choice(WORDS)}{chance.randint(0, 99)}" for _ in range(length))


def linked(body: str, **fields: Any) -> Article:
    """Make an article, of DAY unless said otherwise, and link its copies."""
    article = make_article(body=body, **{"published": DAY, **fields})
    link_copies(article)
    return article


def fresh(article: Article) -> Article:
    """Return the article as the database has it now."""
    return Article.objects.get(pk=article.pk)
