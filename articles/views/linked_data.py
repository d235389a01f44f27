"""What a page says of itself as JSON-LD, in the words of schema.org."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe


def for_script(said: Mapping[str, Any]) -> SafeString:
    """Return what is said, less what is empty, as JSON for a <script>, with nothing in it that could end one."""
    text = json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False)
    for sign, code in (("<", "\\u003C"), (">", "\\u003E"), ("&", "\\u0026")):
        text = text.replace(sign, code)
    return mark_safe(text)  # noqa: S308  # no sign of HTML is left in it


def website(request: HttpRequest) -> SafeString:
    """Return schema.org's WebSite: the archive's name and how its search is asked."""
    search = request.build_absolute_uri(reverse("search"))
    return for_script(
        {
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": settings.ARCHIVE_NAME,
            "url": request.build_absolute_uri(reverse("home")),
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"},
                "query-input": "required name=search_term_string",
            },
        }
    )
