"""Dates as a person writes them, with what is not known left unsaid."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.clean.article import DateInterval
from articles.clean.days_in_words import UNDATED, day_in_words, interval_in_words
from articles.models import Role

register = template.Library()


@register.filter
def in_words(when: DateInterval) -> str:
    """Return "2 July 2012", "July 2012", "2012", "between 4 March and 7 May 2012" or "undated"."""
    return interval_in_words(when)


@register.filter
def in_time(when: DateInterval) -> SafeString:
    """Return the date in words inside <time>, where HTML has a form for it: a day, a month or a year."""
    words = in_words(when)
    if when.start is None or when.precision not in _MACHINE_FORMS:
        return format_html('<span class="doubt">{}</span>', words)
    machine = when.start.isoformat()[: _MACHINE_FORMS[when.precision]]
    return format_html('<time datetime="{}">{}</time>', machine, words)


@register.filter
def day(when: date | None) -> str:
    """Return "2 July 2012"."""
    return day_in_words(when) if when else UNDATED


@register.filter
def term(role: Role) -> str:
    """Return the time in office as far as it is known: "2011 to 2016", "from May 2011", "to 2 July 2012"."""
    began = _known(role.held_from, role.held_from_precision)
    ended = _known(role.held_to, role.held_to_precision)
    if began and ended:
        return began if began == ended else f"{began} to {ended}"
    return f"from {began}" if began else f"to {ended}" if ended else "time in office unknown"


def _known(when: date | None, precision: str) -> str:
    """Return what is known of a day: "2011" of 1 January 2011 when its precision is the year."""
    if when is None:
        return ""
    return {"year": str(when.year), "month": f"{when:%B} {when.year}"}.get(precision) or day_in_words(when)


_MACHINE_FORMS = {"day": 10, "month": 7, "year": 4}  # characters of 2012-07-02 that are known
