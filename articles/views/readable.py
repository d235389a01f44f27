"""The article that an address names, for those who may read it."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from articles.models import Article, Status


def readable_article(request: HttpRequest, permanent_id: str) -> Article:
    """Return the article; one that a curator hid is there for staff only."""
    articles = Article.objects.select_related("outlet", "page", "story")
    found = get_object_or_404(articles, permanent_id=permanent_id)
    if found.status == Status.HIDDEN and not request.user.is_staff:
        raise Http404("A curator took this article out of the archive.")
    return found
