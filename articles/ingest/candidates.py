"""Doubtful pairs for people to decide: stored when a page comes in, and kept up to date by verdicts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone

from articles.models import Actor, JoinCandidate, Mention, Ruling
from articles.resolve.verdicts import Standing

# A score that rose by less says nothing new of a pair on which a person could not decide.
MORE_TO_SAY = 0.05


@dataclass(frozen=True, slots=True)
class Doubt:
    """An actor that may be another one after all; both are numbers of the machine's actors."""

    base: int
    other: int
    score: float
    reason: str


def note_doubts(doubts: Iterable[Doubt]) -> set[int]:
    """Store doubtful pairs, or what is newly said of them, and return the actors whose candidates changed."""
    wanted: dict[tuple[int, int], Doubt] = {}
    for doubt in doubts:
        pair = (min(doubt.base, doubt.other), max(doubt.base, doubt.other))
        if pair[0] != pair[1] and (pair not in wanted or wanted[pair].score < doubt.score):
            wanted[pair] = doubt
    if not wanted:
        return set()
    known = {
        (row.left_id, row.right_id): row
        for row in JoinCandidate.objects.filter(
            left__in={left for left, _ in wanted}, right__in={right for _, right in wanted}
        )
    }
    new = [
        JoinCandidate(left_id=pair[0], right_id=pair[1], score=doubt.score, reason=doubt.reason)
        for pair, doubt in wanted.items()
        if pair not in known
    ]
    JoinCandidate.objects.bulk_create(new)
    better = [
        (known[pair], doubt)
        for pair, doubt in wanted.items()
        if pair in known and doubt.score >= known[pair].score + MORE_TO_SAY
    ]
    for row, doubt in better:
        row.score, row.reason, row.changed_at = doubt.score, doubt.reason, timezone.now()
    JoinCandidate.objects.bulk_update([row for row, _ in better], ["score", "reason", "changed_at"])
    return {side for row in (*new, *(row for row, _ in better)) for side in (row.left_id, row.right_id)}


def refresh_candidates(actors: Collection[int], now: Standing) -> None:
    """Bring the status of all candidates of these actors up to date, and how many mentions each settles.

    Candidates of actors that were joined with these count as theirs.
    """
    of_them = Q(left__in=actors) | Q(right__in=actors)
    of_joined = Q(left__merged_into__in=actors) | Q(right__merged_into__in=actors)
    rows = list(JoinCandidate.objects.filter(of_them | of_joined))
    if not rows:
        return
    roots = {now.root(side) for row in rows for side in (row.left_id, row.right_id)}
    counts = dict(
        Mention.objects.filter(actor__in=roots).order_by().values_list("actor").annotate(number=Count("pk"))
    )
    hidden = set(Actor.objects.filter(pk__in=roots, hidden=True).values_list("pk", flat=True))
    times = _times(now, roots)
    changed = []
    for row in rows:
        before = row.status, row.settles
        left, right = now.root(row.left_id), now.root(row.right_id)
        row.status = _status(row, now, hidden=hidden, times=times)
        row.settles = min(counts.get(left, 0), counts.get(right, 0)) if left != right else 0
        if before != (row.status, row.settles):
            changed.append(row)
    JoinCandidate.objects.bulk_update(changed, ["status", "settles"])


def _status(
    row: JoinCandidate, now: Standing, *, hidden: set[int], times: Mapping[int, datetime]
) -> JoinCandidate.Status:
    left, right = now.root(row.left_id), now.root(row.right_id)
    if left == right:
        return JoinCandidate.Status.SAME
    if now.kept_apart(left, right) is not None:
        return JoinCandidate.Status.DIFFERENT
    if left in hidden or right in hidden:
        return JoinCandidate.Status.MOOT
    unsure = now.unsure.get(frozenset((left, right)))
    if unsure is not None and times[unsure] >= row.changed_at:
        return JoinCandidate.Status.UNSURE
    return JoinCandidate.Status.OPEN


def _times(now: Standing, roots: set[int]) -> dict[int, datetime]:
    """Return when the verdicts of "cannot be decided" on these actors were made."""
    asked = [said for pair, said in now.unsure.items() if pair <= roots]
    return dict(Ruling.objects.filter(pk__in=asked).values_list("pk", "made_at")) if asked else {}
