"""The queue of actors that may be one: the evidence of all sides, one key for a verdict, undo, next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from articles.curate.actors import (
    Contradiction,
    merge,
    rule_different,
    rule_unsure,
    rule_which,
    seen_of,
    undo_verdict,
    unsure_which,
)
from articles.curate.articles import ChangedMeanwhile
from articles.models import JoinCandidate, Ruling
from articles.models.join_candidate import JoinCandidateQuerySet
from articles.models.ruling import RulingQuerySet
from articles.search.actor_names import actors_spelled
from articles.views.lines import curators_only
from articles.views.paging import page_of
from articles.views.questions import Question, question_of, questions_of, root_of
from articles.views.side_evidence import in_common, side_evidence

PER_PAGE = 30
# Pairs put off in one sitting are kept in the session; the oldest come back when there are more.
MOST_SKIPPED = 500
LONGEST_REASON = 500

SKIPPED, LAST = "review_skipped", "review_last"
_SIDES = "left__merged_into", "right__merged_into"


@curators_only
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """List what waits for a verdict, that first which settles most; `?name=` finds a spelling."""
    name = _name(request)
    page = page_of(request, _waiting(name).questions().select_related("left", "right"), per_page=PER_PAGE)
    several = questions_of(page)
    return render(
        request,
        "curate/review.html",
        {
            "page": page,
            "rows": [(candidate, several.get(candidate.pk)) for candidate in page],
            "name": name,
            "last": _last(request),
        },
    )


@curators_only
@require_safe
def review_next(request: HttpRequest) -> HttpResponse:
    """Go to the first question that waits and was not put off in this sitting."""
    name = _name(request)
    candidate = _waiting(name).exclude(pk__in=request.session.get(SKIPPED, [])).questions().first()
    if candidate is None:
        put_off = bool(request.session.pop(SKIPPED, []))
        words = "What you put off waits in this list." if put_off else "Nothing waits any more."
        messages.info(request, f"You have been through all. {words}")
        return redirect(_with_name(reverse("review"), name))
    return redirect(_with_name(reverse("review_pair", args=[candidate.pk]), name))


@curators_only
@require_safe
def review_pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Show both sides of a pair, or all actors that one may be, with what tells them apart."""
    candidate = get_object_or_404(JoinCandidate.objects.select_related(*_SIDES), pk=pk)
    left, right = (root_of(actor) for actor in (candidate.left, candidate.right))
    if candidate.status != JoinCandidate.Status.OPEN or left == right:
        messages.info(request, f"{left} and {right} do not wait any more: {candidate.get_status_display()}.")
        return redirect("review")
    name = _name(request)
    context = {
        "candidate": candidate,
        "waiting": _waiting(name).questions().count(),
        "name": name,
        "last": _last(request),
    }
    question = question_of(candidate)
    if question is not None:
        sides = [(choice, side_evidence(choice.actor)) for choice in question.choices]
        context |= {
            "question": question,
            "asked": side_evidence(question.asked),
            "sides": sides,
            "seen": seen_of(question.asked, *question.actors),
        }
        return render(request, "curate/review_which.html", context)
    context |= {
        "sides": [side_evidence(left), side_evidence(right)],
        "shared": in_common(left, right),
        "seen": seen_of(left, right),
    }
    return render(request, "curate/review_pair.html", context)


@curators_only
@require_POST
def review_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a verdict and go to the next question; whoever is late is told what happened meanwhile."""
    candidate = get_object_or_404(JoinCandidate.objects.select_related(*_SIDES), pk=pk)
    name = " ".join(request.POST.get("name", "").split())
    asked_of_several = "choice" in request.POST
    question = question_of(candidate) if asked_of_several else None
    if request.POST.get("verdict") == "skip":
        skipped = [*request.session.get(SKIPPED, []), *(question.candidates if question else [candidate.pk])]
        request.session[SKIPPED] = skipped[-MOST_SKIPPED:]
        return redirect(_with_name(reverse("review_next"), name))
    try:
        made = _rule_which(request, question) if asked_of_several else [_rule_pair(request, candidate)]
    except (ChangedMeanwhile, Contradiction, ValueError) as error:
        messages.error(request, str(error))
        return redirect("review_pair", pk=pk)
    if made:
        request.session[LAST] = made[-1].pk
    return redirect(_with_name(reverse("review_next"), name))


def _rule_pair(request: HttpRequest, candidate: JoinCandidate) -> Ruling:
    verdict = request.POST.get("verdict", "")
    rule = VERDICTS.get(verdict)
    if rule is None:
        raise ValueError("Say whether the two are the same or different, or put the pair off.")
    left, right = (root_of(actor) for actor in (candidate.left, candidate.right))
    one, other = (right, left) if verdict == "same-left" else (left, right)
    return rule(one, other, **_given(request))


def _rule_which(request: HttpRequest, question: Question | None) -> list[Ruling]:
    """Rule as the button says: the number of an actor, "none" or "unsure"; on those that the page showed."""
    shown = set(request.POST.getlist("choice"))
    if question is None or shown != {str(actor.pk) for actor in question.actors}:
        raise ChangedMeanwhile(
            "Who it may be has changed while you had the page open. Nothing of yours was saved. "
            "Look at those it may be now, and rule again."
        )
    verdict = request.POST.get("verdict", "")
    given = _given(request)
    if verdict == "unsure":
        return unsure_which(question.asked, question.actors, **given)
    same = next((actor for actor in question.actors if str(actor.pk) == verdict), None)
    if same is None and verdict != "none":
        raise ValueError("Say which of them it is, that it is none of them, or put it off.")
    return rule_which(question.asked, question.actors, same=same, **given)


def _given(request: HttpRequest) -> dict[str, Any]:
    return {
        "by": request.user,
        "reason": request.POST.get("reason", "")[:LONGEST_REASON],
        "seen": request.POST.get("seen") or None,
    }


@curators_only
@require_POST
def undo_ruling(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a verdict on actors whole, and go where the curator came from."""
    ruling = get_object_or_404(Ruling.objects.on_actors(), pk=pk)
    undone = undo_verdict(ruling, by=request.user)
    if request.session.get(LAST) in {pk, *(each.pk for each in undone)}:
        del request.session[LAST]
    if undone:
        messages.success(request, f"Taken back: {'; '.join(map(str, undone))}.")
    else:
        messages.info(request, "This verdict was taken back before.")
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
    return waiting.asking_of(actors_spelled(name))


def _name(request: HttpRequest) -> str:
    return " ".join(request.GET.get("name", "").replace("\0", "").split())[:200]


def _with_name(address: str, name: str) -> str:
    return f"{address}?{urlencode({'name': name})}" if name else address


def _last(request: HttpRequest) -> RulingQuerySet:
    """Return the rulings of this curator's last verdict here, as long as they stand."""
    last = Ruling.objects.filter(pk=request.session.get(LAST, 0)).first()
    return Ruling.objects.standing().of_one_verdict(last) if last else Ruling.objects.none()
