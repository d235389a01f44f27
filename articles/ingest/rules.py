"""The outlet rules of this archive: those that come with Dateline, and what curators taught it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.db.models import Q

from articles.clean import OutletRule, OutletRules, builtin_rules
from articles.clean.line_marks import LineMarks, line_marks
from articles.clean.outlet_phrases import phrase_key
from articles.models import Outlet, Ruling
from articles.models.ruling import Verdict

# The fields whose text actors are found in.
RULED_TEXTS = ("headline", "subtitle", "body")
# What a rule file may say of an outlet besides its name and its lines.
IDENTITY_LISTS = ("domains", "short_forms", "wording")
IDENTITY = (*IDENTITY_LISTS, "date_order", "is_agency")
# The two lists of whole lines in a rule file, by the label that each gives.
LISTS = {"chrome": "chrome", "body": "keep"}


@dataclass(frozen=True, slots=True)
class PageRulings:
    """What people said that matters for reading one page: rules with its own marks, and texts they set.

    `outlet` is the one they ruled the page to be of, "" for none; None when nobody did.
    """

    rules: OutletRules
    texts: Mapping[str, str]
    outlet: str | None = None


def archive_rules() -> OutletRules:
    """Return the built-in rules with the learnt ones; built again only when a curator changed them."""
    return _rules(Outlet.objects.rules_generation())


@lru_cache(maxsize=2)
def _rules(_generation: int) -> OutletRules:
    """Build the rules. Each generation is built once a process; a stale one is never asked for again."""
    builtin = builtin_rules()
    taught = dict(Outlet.objects.exclude(rules_stamp=0).values_list("name", "rules"))
    outlets = {rule.name: rule for rule in builtin.outlets}
    for name, table in taught.items():
        said = {key: value for key, value in table.get("imported", {}).items() if key in IDENTITY}
        if said:
            outlets[name] = _with_said(outlets.get(name) or OutletRule(name), said)
    return OutletRules(outlets.values(), marks=[marks_of(name, table) for name, table in taught.items()])


def _with_said(rule: OutletRule, said: Mapping[str, Any]) -> OutletRule:
    """Return a rule with what an imported table says besides: lists grow, single values are replaced."""
    values: dict[str, Any] = {
        key: tuple(dict.fromkeys((*getattr(rule, key), *value))) if key in IDENTITY_LISTS else value
        for key, value in said.items()
    }
    return replace(rule, **values)


def marks_of(outlet: str, table: Mapping[str, Any]) -> LineMarks:
    """Return the marks that a table of learnt rules makes."""
    return line_marks(outlet, chrome=table.get("chrome", ()), body=table.get("keep", ()))


def settled(rulings: Iterable[Ruling], *, imported: Mapping[str, Any] | None = None) -> dict[str, list[str]]:
    """Return the two lists of whole lines that hold: imported ones, then rulings, of which the last wins."""
    labels: dict[str, tuple[str, str]] = {}
    for label, name in LISTS.items():
        for phrase in (imported or {}).get(name, ()):
            labels[phrase_key(phrase)] = (phrase, label)
    for ruling in rulings:
        labels[phrase_key(ruling.said["line"])] = (ruling.said["line"], ruling.said["label"])
    return {
        name: sorted(phrase for phrase, given in labels.values() if given == label)
        for label, name in LISTS.items()
    }


def rulings_on(sha256: str, *, rules: OutletRules | None = None) -> PageRulings:
    """Return what people ruled about the page with this SHA-256, over the archive's rules or those given."""
    rules = rules if rules is not None else archive_rules()
    asked = Q(verdict=Verdict.LINE, left="") | Q(verdict=Verdict.FIELD, field__in=(*RULED_TEXTS, "outlet"))
    found = list(Ruling.objects.standing().filter(asked, page__sha256=sha256).order_by("made_at", "pk"))
    if not found:
        return PageRulings(rules, {})
    lines = [ruling for ruling in found if ruling.verdict == Verdict.LINE]
    values = {ruling.field: ruling.value or "" for ruling in found if ruling.verdict == Verdict.FIELD}
    outlet = values.pop("outlet", None)
    own = marks_of("", settled(lines)) if lines else None
    return PageRulings(rules.for_page(own, outlet=outlet), values, outlet)
