"""The description by which a browser offers the archive as a search engine of its own (OpenSearch 1.1)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """Give the description, with addresses as this reader reaches them."""
    addresses = {name: request.build_absolute_uri(reverse(name)) for name in ("search", "home")}
    return render(
        request,
        "opensearch.xml",
        addresses,
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )
