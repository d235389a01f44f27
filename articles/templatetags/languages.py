"""The language of what is shown: pages are English, the articles in them are whatever they are."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Article

register = template.Library()

# Written from right to left, by their ISO 639 codes.
RIGHT_TO_LEFT = frozenset(("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"))


@register.filter
def tongue(article: Article | None) -> SafeString:
    """Return the attributes of an element that holds an article's words: `lang="he" dir="rtl"`.

    By the language browsers hyphenate, choose quotation marks and letter forms, and screen readers their voice. A
    paragraph that begins with a foreign name still runs as its language does; where that is unknown, or may be
    mistaken for one that runs to the right, the first letter decides.
    """
    language = article.language if article else ""
    if not language:
        return format_html('dir="{}"', "auto")
    runs = "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "auto"
    return format_html('lang="{}" dir="{}"', language, runs)
