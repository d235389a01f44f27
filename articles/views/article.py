"""One article: for reading, and as it came."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.models import Article, Status
from articles.search.asked_actors import sought_actors
from articles.search.request import SearchRequest
from articles.views.evidence import shown_fields
from articles.views.reading import lay_out
from articles.views.search_links import back_to_search
from articles.views.source_lines import count_lines, source_lines
from articles.views.story import other_versions, parts_of


@require_safe
def article(request: HttpRequest, permanent_id: str) -> HttpResponse:
    """Show an article: its text with what is marked in it, and its fields with their evidence."""
    found = _readable(request, permanent_id)
    query = request.GET.get("q", "")
    lines = source_lines(found)
    return render(
        request,
        "articles/article.html",
        {
            "article": found,
            "reading": lay_out(found, query=query, sought=sought_actors(SearchRequest.read(request.GET))),
            "fields": shown_fields(found, lines),
            "lines": count_lines(lines),
            "other_versions": other_versions(found),
            "parts": parts_of(found),
            "query": query,
            "back_url": back_to_search(request.GET),
        },
    )


@require_safe
def article_raw(request: HttpRequest, permanent_id: str) -> HttpResponse:
    """Show the page as it came: every line, what it was taken for, and why."""
    found = _readable(request, permanent_id)
    lines = source_lines(found)
    context = {"article": found, "lines": lines, "counts": count_lines(lines)}
    if found.page.media_type == "text/html":
        context["source"] = found.page.as_raw_page().text
    return render(request, "articles/raw.html", context)


def _readable(request: HttpRequest, permanent_id: str) -> Article:
    """Return the article; one that a curator hid is there for staff only."""
    articles = Article.objects.select_related("outlet", "page", "story")
    found = get_object_or_404(articles, permanent_id=permanent_id)
    if found.status == Status.HIDDEN and not request.user.is_staff:
        raise Http404("A curator took this article out of the archive.")
    return found
