"""The queue of actors that may be one: the evidence of both sides, one key for a verdict, undo, next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from articles.curate.actors import Contradiction, merge, rule_different, rule_unsure, seen_of, undo
from articles.curate.articles import ChangedMeanwhile
from articles.mentions.plain import plain_view, sentences
from articles.models import Actor, Article, JoinCandidate, Mention, Ruling
from articles.models.article import VISIBLE
from articles.models.join_candidate import JoinCandidateQuerySet
from articles.search.actor_names import actors_spelled
from articles.views.actor_facts import (
    ActorRoles,
    Companion,
    Span,
    Spelling,
    appears_with,
    roles_of,
    span_of,
    spellings_of,
)
from articles.views.lines import curators_only
from articles.views.marking import ActorSpan, mark
from articles.views.paging import page_of

PER_PAGE = 30
SENTENCES_SHOWN = 4
SPELLINGS_SHOWN = 8
COMMON_SHOWN = 16  # actors named with both
# Pairs put off in one sitting are kept in the session; the oldest come back when there are more.
MOST_SKIPPED = 500
LONGEST_REASON = 500

SKIPPED, LAST = "review_skipped", "review_last"


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that names the actor, and where it stands."""

    article: Article
    html: SafeString


@dataclass(frozen=True, slots=True)
class SideEvidence:
    """What a curator compares of one actor."""

    actor: Actor
    span: Span
    spellings: list[Spelling]
    roles: ActorRoles
    examples: list[Example]
    companions: list[Companion]


@curators_only
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """List the pairs that wait for a verdict, those first that settle most; `?name=` finds a spelling."""
    name = _name(request)
    return render(
        request,
        "curate/review.html",
        {
            "page": page_of(request, _waiting(name).select_related("left", "right"), per_page=PER_PAGE),
            "name": name,
            "last": _last(request),
        },
    )


@curators_only
@require_safe
def review_next(request: HttpRequest) -> HttpResponse:
    """Go to the first pair that waits and was not put off in this sitting."""
    name = _name(request)
    candidate = _waiting(name).exclude(pk__in=request.session.get(SKIPPED, [])).first()
    if candidate is None:
        put_off = len(request.session.pop(SKIPPED, []))
        waits = "pair that you put off waits" if put_off == 1 else f"{put_off} pairs that you put off wait"
        words = f"The {waits} in this list." if put_off else "No pair waits any more."
        messages.info(request, f"You have been through all pairs. {words}")
        return redirect(_with_name(reverse("review"), name))
    return redirect(_with_name(reverse("review_pair", args=[candidate.pk]), name))


@curators_only
@require_safe
def review_pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Show both sides of a pair, with what tells them apart and what they share."""
    candidate = get_object_or_404(JoinCandidate.objects.select_related("left", "right"), pk=pk)
    left, right = (_root(actor) for actor in (candidate.left, candidate.right))
    if candidate.status != JoinCandidate.Status.OPEN or left == right:
        messages.info(request, f"{left} and {right} do not wait any more: {candidate.get_status_display()}.")
        return redirect("review")
    name = _name(request)
    sides = [_side(left), _side(right)]
    return render(
        request,
        "curate/review_pair.html",
        {
            "candidate": candidate,
            "sides": sides,
            "shared": _in_common(left, right),
            "seen": seen_of(left, right),
            "waiting": _waiting(name).count(),
            "name": name,
            "last": _last(request),
        },
    )


@curators_only
@require_POST
def review_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a verdict on a pair and go to the next one; whoever is late is told what happened meanwhile."""
    candidate = get_object_or_404(JoinCandidate.objects.select_related("left", "right"), pk=pk)
    name = " ".join(request.POST.get("name", "").split())
    left, right = (_root(actor) for actor in (candidate.left, candidate.right))
    verdict = request.POST.get("verdict", "")
    if verdict == "skip":
        skipped = [*request.session.get(SKIPPED, []), candidate.pk]
        request.session[SKIPPED] = skipped[-MOST_SKIPPED:]
        return redirect(_with_name(reverse("review_next"), name))
    rule = VERDICTS.get(verdict)
    if rule is None:
        messages.error(request, "Say whether the two are the same or different, or put the pair off.")
        return redirect("review_pair", pk=pk)
    one, other = (right, left) if verdict == "same-left" else (left, right)
    try:
        ruling = rule(
            one,
            other,
            by=request.user,
            reason=request.POST.get("reason", "")[:LONGEST_REASON],
            seen=request.POST.get("seen") or None,
        )
    except (ChangedMeanwhile, Contradiction, ValueError) as error:
        messages.error(request, str(error))
        return redirect("review_pair", pk=pk)
    request.session[LAST] = ruling.pk
    return redirect(_with_name(reverse("review_next"), name))


@curators_only
@require_POST
def undo_ruling(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a ruling on actors, and go where the curator came from."""
    ruling = get_object_or_404(Ruling.objects.on_actors(), pk=pk)
    undo(ruling, by=request.user)
    if request.session.get(LAST) == ruling.pk:
        del request.session[LAST]
    messages.success(request, f"Taken back: {ruling}.")
    following = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(following, allowed_hosts={request.get_host()}):
        following = reverse("review")
    return redirect(following)


# What a key says; with "same-left" the left actor's name holds for both.
VERDICTS: dict[str, Callable[..., Ruling]] = {
    "same-left": merge,
    "same-right": merge,
    "different": rule_different,
    "unsure": rule_unsure,
}


def _waiting(name: str) -> JoinCandidateQuerySet:
    waiting = JoinCandidate.objects.to_review()
    if not name:
        return waiting
    spelled = Actor.objects.filter(
        Q(pk__in=actors_spelled(name).values("pk")) | Q(merged_into__in=actors_spelled(name).values("pk"))
    ).values("pk")
    return waiting.filter(Q(left__in=spelled) | Q(right__in=spelled))


def _name(request: HttpRequest) -> str:
    return " ".join(request.GET.get("name", "").replace("\0", "").split())[:200]


def _with_name(address: str, name: str) -> str:
    return f"{address}?{urlencode({'name': name})}" if name else address


def _root(actor: Actor) -> Actor:
    return actor.merged_into or actor


def _last(request: HttpRequest) -> Ruling | None:
    """Return this curator's last verdict here, as long as it stands."""
    return Ruling.objects.standing().filter(pk=request.session.get(LAST, 0)).first()


def _side(actor: Actor) -> SideEvidence:
    articles = Article.objects.visible().filter(pk__in=Mention.objects.filter(actor=actor).values("article"))
    return SideEvidence(
        actor=actor,
        span=span_of(articles),
        spellings=spellings_of(actor)[:SPELLINGS_SHOWN],
        roles=roles_of(actor),
        examples=_examples(actor),
        companions=appears_with(actor, articles),
    )


def _in_common(left: Actor, right: Actor) -> list[Actor]:
    """Return the actors that articles of either name, those most named with the rarer of the two first."""
    with_left, with_right = (
        Mention.objects.filter(
            article__in=Mention.objects.filter(actor=actor, article__status__in=VISIBLE).values("article")
        )
        .filter(actor__hidden=False, actor__merged_into=None)
        .exclude(actor__in=(left, right))
        .values("actor")
        .annotate(shared=Count("article", distinct=True))
        .values_list("actor", "shared")
        for actor in (left, right)
    )
    often, others = dict(with_left), dict(with_right)
    rank = {actor: min(often[actor], others[actor]) for actor in often.keys() & others.keys()}
    found = Actor.objects.in_bulk(sorted(rank, key=lambda actor: (-rank[actor], actor))[:COMMON_SHOWN])
    return sorted(found.values(), key=lambda actor: (-rank[actor.pk], actor.name))


def _examples(actor: Actor) -> list[Example]:
    """Return the first sentence with the actor of each of its newest articles."""
    mentions = (
        Mention.objects.filter(actor=actor, zone="body", article__status__in=VISIBLE)
        .select_related("article__outlet")
        .order_by("-article__published_to", "article", "start")
    )
    found: dict[int, Example] = {}
    for mention in mentions[: SENTENCES_SHOWN * 20]:
        if mention.article_id in found:
            continue
        body = mention.article.body
        for sentence in sentences(plain_view(body)):
            if sentence.start <= mention.start < sentence.end:
                span = ActorSpan(
                    mention.start - sentence.start,
                    mention.end - sentence.start,
                    url=actor.get_absolute_url(),
                    title=actor.name,
                    kind=actor.kind,
                )
                html = mark(body[sentence.start : sentence.end], actors=[span])
                found[mention.article_id] = Example(mention.article, html)
                break
        if len(found) == SENTENCES_SHOWN:
            break
    return list(found.values())
