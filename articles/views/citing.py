"""Articles as they are cited: files for reference managers, and what an article's page says of itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from articles.citation import Citation, bibtex, csl, person_name, ris, to_bibtex, to_csl, to_meta, to_ris
from articles.clean.dating.edtf import to_edtf
from articles.models import Article
from articles.search.edtf import read_off_the_text
from articles.search.export import MOST_CITED, found_articles
from articles.search.request import SearchRequest
from articles.views.linked_data import for_script
from articles.views.readable import readable_article

LONGEST_DESCRIPTION = 300  # characters; what sites that show a link make use of


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file that citations are written as: each as `one` says, `between` them, `before` and `after` all."""

    ending: str
    label: str
    content_type: str
    one: Callable[[Citation], str]
    before: str = ""
    between: str = ""
    after: str = ""

    def pieces(self, citations: Iterable[Citation]) -> Iterator[str]:
        """Yield the file as its citations come."""
        yield self.before
        for number, citation in enumerate(citations):
            yield f"{self.between if number else ''}{self.one(citation)}"
        yield self.after


FORMATS = {
    each.ending: each
    for each in (
        Format("ris", "RIS", ris.CONTENT_TYPE, to_ris),
        Format("bib", "BibTeX", bibtex.CONTENT_TYPE, to_bibtex),
        Format(
            "json",
            "CSL-JSON",
            csl.CONTENT_TYPE,
            lambda cited: json.dumps(to_csl(cited), ensure_ascii=False, indent=1),
            before="[\n",
            between=",\n",
            after="\n]\n",
        ),
    )
}


@require_safe
def cite(request: HttpRequest, permanent_id: str, ending: str) -> HttpResponseBase:
    """Give one article as a file for a reference manager."""
    if ending not in FORMATS:
        raise Http404("Articles are cited as .ris, .bib or .json.")
    found = readable_article(request, permanent_id)
    return citation_file([full_citation(found, request)], FORMATS[ending], name=found.permanent_id)


def cited_results(request: HttpRequest, asked: SearchRequest, form: Format) -> HttpResponseBase:
    """Send the first MOST_CITED results of a search as a file for a reference manager; raises as the search does."""
    parts = found_articles(asked, most=MOST_CITED, curator=request.user.is_staff)
    cited = (citation for articles in parts for citation in full_citations(articles, request))
    return citation_file(cited, form, name="results")


def citation_file(citations: Iterable[Citation], form: Format, *, name: str) -> HttpResponseBase:
    """Return citations as a file to keep, sent as they come."""
    return StreamingHttpResponse(
        form.pieces(citations),
        content_type=form.content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}.{form.ending}"'},
    )


def full_citation(article: Article, request: HttpRequest) -> Citation:
    """Return what is cited of an article, with what its page and its evidence tell."""
    return full_citations([article], request)[0]


def full_citations(articles: Sequence[Article], request: HttpRequest) -> list[Citation]:
    """Return what is cited of each article, with what its page and its evidence tell; two queries."""
    uncertain = read_off_the_text(articles)
    return [
        replace(citation_of(one, request), dated_by_content=one.pk in uncertain, url=one.page.url)
        for one in articles
    ]


def citation_of(article: Article, request: HttpRequest) -> Citation:
    """Return what the article itself tells for a citation, with its address as the reader reaches it."""
    return Citation(
        key=article.permanent_id,
        headline=article.headline,
        kept_at=request.build_absolute_uri(reverse("article", args=[article.permanent_id])),
        archive=settings.ARCHIVE_NAME,
        authors=tuple(map(person_name, article.authors)),
        outlet=article.outlet.name if article.outlet else "",
        published=article.published,
        dateline=article.dateline,
        section=article.section,
        language=article.language,
    )


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of an article's page says to reference managers, search engines and other sites."""

    canonical: str
    meta: list[tuple[str, str]]
    properties: list[tuple[str, str]]
    linked_data: SafeString


def head_of(article: Article, citation: Citation) -> Head:
    """Return the <meta> names, the Open Graph properties and the JSON-LD of an article."""
    description = (article.subtitle or article.body)[:LONGEST_DESCRIPTION]
    exact = article.published_precision == "day" and not citation.dated_by_content
    properties = [
        ("og:type", "article"),
        ("og:title", citation.title),
        ("og:site_name", citation.archive),
        ("og:url", citation.kept_at),
        ("og:description", " ".join(description.split())),
        *([("article:published_time", to_edtf(article.published))] if exact else []),
        *(("article:author", str(author)) for author in citation.authors),
    ]
    return Head(citation.kept_at, to_meta(citation), properties, _linked_data(article, citation, exact=exact))


def _linked_data(article: Article, citation: Citation, *, exact: bool) -> SafeString:
    """Return schema.org's NewsArticle."""
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": citation.kept_at,
        "headline": citation.title,
        "alternativeHeadline": article.subtitle,
        "datePublished": to_edtf(article.published) if exact else "",
        "temporalCoverage": to_edtf(article.published) if article.published.known and not exact else "",
        "author": [{"@type": "Person", "name": str(author)} for author in citation.authors],
        "publisher": {"@type": "Organization", "name": citation.outlet} if citation.outlet else None,
        "inLanguage": article.language,
        "articleSection": article.section,
        "dateline": article.dateline,
        "isBasedOn": citation.url,
        "wordCount": len(article.body.split()),
        "isPartOf": {"@type": "ArchiveComponent", "name": citation.archive},
    }
    return for_script(said)
