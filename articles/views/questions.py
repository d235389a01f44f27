"""What the queue asks: whether two actors are one, or which of several an actor is that has one word for a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from articles.models import Actor, JoinCandidate
from articles.models.join_candidate import FIRST_COMES


@dataclass(frozen=True, slots=True)
class Choice:
    """One actor that the asked one may be, and why the machine thinks so."""

    actor: Actor
    reason: str


@dataclass(frozen=True, slots=True)
class Question:
    """Which of the choices the asked actor is; they come in the order of what a verdict settles.

    `candidates` are the numbers of the pairs that one verdict decides, `settles` the mentions.
    """

    asked: Actor
    choices: tuple[Choice, ...]
    candidates: tuple[int, ...]
    settles: int

    @property
    def actors(self) -> tuple[Actor, ...]:
        """The choices, without their reasons."""
        return tuple(choice.actor for choice in self.choices)

    @property
    def shared_reason(self) -> str:
        """The reason that holds for every choice; empty when they differ."""
        reasons = {choice.reason for choice in self.choices}
        return reasons.pop() if len(reasons) == 1 else ""


def question_of(candidate: JoinCandidate) -> Question | None:
    """Return the question that an open pair belongs to; None for a plain pair."""
    row: Any = JoinCandidate.objects.with_asked().get(pk=candidate.pk)
    return questions_of([row]).get(row.pk)


def questions_of(candidates: Iterable[Any]) -> dict[int, Question]:
    """Return the questions with several choices that these pairs, as of `with_asked`, stand for."""
    shown = {candidate.asked: candidate.pk for candidate in candidates if candidate.asked.isdigit()}
    if not shown:
        return {}
    pairs: dict[str, list[Any]] = {asked: [] for asked in shown}
    actors = "left__merged_into", "right__merged_into"
    waiting = JoinCandidate.objects.to_review().with_asked().filter(asked__in=shown)
    for pair in waiting.select_related(*actors).order_by(*FIRST_COMES):
        pairs[pair.asked].append(pair)
    found = {}
    for asked, of_it in pairs.items():
        question = _question(int(asked), of_it)
        if question is not None:
            found[shown[asked]] = question
    return found


def root_of(actor: Actor) -> Actor:
    """Return the actor that this one stands for."""
    return actor.merged_into or actor


def _question(asked: int, pairs: list[JoinCandidate]) -> Question | None:
    choices: dict[int, Choice] = {}
    actor = None
    for pair in pairs:
        left, right = root_of(pair.left), root_of(pair.right)
        actor, other = (left, right) if left.pk == asked else (right, left)
        choices.setdefault(other.pk, Choice(other, pair.reason))
    if actor is None or len(choices) < 2:  # noqa: PLR2004  # two make it a question of which
        return None
    return Question(
        actor, tuple(choices.values()), tuple(pair.pk for pair in pairs), max(pair.settles for pair in pairs)
    )
