"""Putting an actor right: merge, split, rename, and the history of what was ruled, each to be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from articles.curate.actors import (
    Contradiction,
    add_alias,
    history,
    merge,
    not_a_name,
    not_an_actor,
    reassign_mention,
    rename,
    rule_different,
    seen_of,
    set_kind,
    split_spelling,
)
from articles.curate.articles import ChangedMeanwhile, Person
from articles.models import Actor, Mention, Ruling
from articles.models.actor import Kind
from articles.search.actor_names import actors_spelled
from articles.views.actor_facts import spellings_of
from articles.views.lines import curators_only
from articles.views.review import LAST

MOST_OTHERS = 20  # actors offered for a name that was typed
LONGEST_NAME = 300
LONGEST_REASON = 500


@curators_only
@require_http_methods(["GET", "HEAD", "POST"])
def curate_actor(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what can be ruled on an actor and what was; take one verdict. `?other=` looks another actor up."""
    actor = get_object_or_404(Actor.objects.select_related("merged_into"), pk=pk)
    if actor.merged_into:
        return redirect("curate_actor", pk=actor.merged_into.pk)
    if request.method == "POST":
        return _rule(request, actor)
    other = " ".join(request.GET.get("other", "").replace("\0", "").split())[:LONGEST_NAME]
    return render(
        request,
        "curate/actor.html",
        {
            "actor": actor,
            "other": other,
            "others": _others(actor, other),
            "spellings": spellings_of(actor),
            "kinds": Kind.choices,
            "members": Actor.objects.filter(merged_into=actor),
            "history": history(actor).select_related("made_by"),
            "seen": seen_of(actor),
        },
    )


@curators_only
@require_http_methods(["GET", "HEAD", "POST"])
def curate_mention(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who a name in one article really is; `?other=` looks an actor up."""
    mention = get_object_or_404(Mention.objects.select_related("actor", "article__page"), pk=pk)
    actor = mention.actor
    if request.method == "POST":
        article = mention.article
        chosen = request.POST.get("to", "")

        def ruling() -> Ruling:
            if not chosen:
                raise ValueError("Choose who it is, then rule again.")
            reason = request.POST.get("reason", "")[:LONGEST_REASON]
            if chosen == "nobody":
                return not_a_name(actor, mention.surface, mention=mention, by=request.user, reason=reason)
            to = None if chosen == "new" else _actor(chosen)
            return reassign_mention(mention, to=to, by=request.user, reason=reason)

        _try(request, ruling)
        return redirect(article)
    other = " ".join(request.GET.get("other", mention.surface).replace("\0", "").split())[:LONGEST_NAME]
    return render(
        request,
        "curate/mention.html",
        {"mention": mention, "actor": actor, "other": other, "others": _others(actor, other)},
    )


def _rule(request: HttpRequest, actor: Actor) -> HttpResponse:
    action = ACTIONS.get(request.POST.get("action", ""))
    if action is None:
        raise Http404("There is no such verdict.")
    reason = request.POST.get("reason", "")[:LONGEST_REASON]
    _try(request, lambda: action(actor, request.POST, request.user, reason))
    root = Actor.objects.select_related("merged_into").get(pk=actor.pk)
    return redirect(reverse("curate_actor", args=[(root.merged_into or root).pk]))


def _try(request: HttpRequest, verdict: Callable[[], Ruling]) -> None:
    """Take a verdict, and tell the curator what became of it."""
    try:
        ruling = verdict()
    except (ChangedMeanwhile, Contradiction, ValueError) as error:
        messages.error(request, str(error))
    else:
        request.session[LAST] = ruling.pk
        messages.success(request, f"Ruled: {ruling}.")


def _seen(data: QueryDict) -> str | None:
    return data.get("seen") or None


def _merge(actor: Actor, data: QueryDict, by: Person, reason: str) -> Ruling:
    return merge(actor, _actor(data.get("other", "")), by=by, reason=reason)


def _merge_under_mine(actor: Actor, data: QueryDict, by: Person, reason: str) -> Ruling:
    return merge(_actor(data.get("other", "")), actor, by=by, reason=reason)


def _different(actor: Actor, data: QueryDict, by: Person, reason: str) -> Ruling:
    return rule_different(actor, _actor(data.get("other", "")), by=by, reason=reason)


def _split(actor: Actor, data: QueryDict, by: Person, reason: str) -> Ruling:
    return split_spelling(actor, data.get("spelling", ""), by=by, reason=reason, seen=_seen(data))


def _no_name(actor: Actor, data: QueryDict, by: Person, reason: str) -> Ruling:
    return not_a_name(actor, data.get("spelling", ""), by=by, reason=reason)


def _rename(actor: Actor, data: QueryDict, by: Person, reason: str) -> Ruling:
    return rename(actor, _text(data, "name", "a name"), by=by, reason=reason)


def _alias(actor: Actor, data: QueryDict, by: Person, reason: str) -> Ruling:
    return add_alias(actor, _text(data, "spelling", "a spelling"), by=by, reason=reason)


def _kind(actor: Actor, data: QueryDict, by: Person, reason: str) -> Ruling:
    return set_kind(actor, data.get("kind", ""), by=by, reason=reason)


def _nobody(actor: Actor, data: QueryDict, by: Person, reason: str) -> Ruling:  # noqa: ARG001  # one form for all
    return not_an_actor(actor, by=by, reason=reason)


ACTIONS: dict[str, Callable[[Actor, QueryDict, Person, str], Ruling]] = {
    "merge": _merge,
    "merge-under-mine": _merge_under_mine,
    "different": _different,
    "split": _split,
    "not-a-name": _no_name,
    "rename": _rename,
    "alias": _alias,
    "kind": _kind,
    "not-an-actor": _nobody,
}


def _text(data: QueryDict, name: str, what: str) -> str:
    text = " ".join(data.get(name, "").replace("\0", "").split())[:LONGEST_NAME]
    if not text:
        raise ValueError(f"Type {what} first.")
    return text


def _actor(number: str) -> Actor:
    found = Actor.objects.filter(pk=int(number)).first() if number.isascii() and number.isdigit() else None
    if found is None:
        raise ValueError("Choose the other actor from the list.")
    return found


def _others(actor: Actor, name: str) -> list[Actor]:
    """Return the actors that a typed name may mean, without this one, the most mentioned first."""
    if not name:
        return []
    found: QuerySet[Any] = actors_spelled(name).exclude(pk=actor.pk).with_counts()  # unknown to the plugin
    return list(found.order_by("-article_count", "name")[:MOST_OTHERS])
