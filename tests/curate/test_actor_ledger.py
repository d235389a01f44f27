"""The ledger of verdicts on actors holds whatever is ruled, undone and read again, in any order."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from articles.curate import ChangedMeanwhile, actors
from articles.curate.rulings_exchange import import_rulings
from articles.curate.rulings_file import export_rulings, read_rulings
from articles.ingest.actors import ArchiveDirectory
from articles.ingest.reset import throw_away
from articles.ingest.settle import settle, settle_everything, standing
from articles.ingest.sides import find_waiting
from articles.models import Actor, Alias, Article, JoinCandidate, Mention, Quote, Role, Ruling, StoredPage
from articles.resolve.verdicts import spellings_held
from tests.curate.invented_actors import (
    Named,
    body,
    effective_state,
    found_in,
    grouped_by_pages,
    person,
    take_in,
    told_by_pages,
    write,
)
from tests.factories import make_page

PEOPLE = [
    person("Osanna Brekk", "Brekk", "O. Brekk"),
    person("Ossana Breck"),
    person("Brekk"),
    person("Rafe Ondry", "Ondry"),
    person("Rafe Ondri"),
    person("Ilmar Tessedin", "Tessedin"),
    body("Harbour Council", "the council"),
    body("Council of the Harbour"),
]
NAMES = ["Osanna Brekk", "Brekk", "Ondry", "Rafe Ondry", "Vell Arno", "the council"]
UNCHANGING = [
    field.name
    for field in Ruling._meta.concrete_fields
    if not field.name.startswith(("undone_", "left_actor", "right_actor"))
]
numbers = st.integers(0, 50)


class Ledger(RuleBasedStateMachine):
    """Pages come in and are read again while a curator rules and undoes; each example is rolled back."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.curator = User.objects.create_user("lena")
        self.directory = ArchiveDirectory()
        self.spans: dict[int, int] = {}  # article number to the mentions that it must have
        self.rows: dict[int, dict[str, Any]] = {}  # every ruling as it was made
        self.epoch = 0  # grows when the machine writes
        self.states: dict[tuple[int, frozenset[int]], Any] = {}
        self.rewritten = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def _pick(self, found: Any, number: int) -> Any:
        rows = list(found.order_by("pk"))
        return rows[number % len(rows)] if rows else None

    def _root(self, number: int) -> Actor:
        return self._pick(Actor.objects.filter(merged_into=None), number)

    @initialize(first=st.lists(st.sampled_from(PEOPLE), min_size=2, max_size=4, unique=True))
    def begin(self, first: list[Any]) -> None:
        self.ingest(first)

    @rule(named=st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True))
    def ingest(self, named: list[Any]) -> None:
        article = take_in(named, self.directory)
        self.spans[article.pk] = sum(len(spellings) for _, spellings, _ in named)
        self.epoch += 1

    @rule(
        number=numbers,
        named=st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True),
        afresh=st.booleans(),
    )
    def read_again(self, *, number: int, named: list[Any], afresh: bool) -> None:
        article = self._pick(Article.objects.all(), number)
        write(article, found_in(named)[1], None if afresh else self.directory)
        self.spans[article.pk] = sum(len(spellings) for _, spellings, _ in named)
        self.epoch += 1
        self.rewritten += 1

    def _rule(self, ask: Any) -> None:
        try:
            with transaction.atomic():
                ruling = ask()
        except ChangedMeanwhile:
            raise AssertionError("Nobody else is ruling.") from None
        except ValueError:  # refused, and nothing was written: the invariants see to it
            return
        self.rows.setdefault(ruling.pk, Ruling.objects.filter(pk=ruling.pk).values(*UNCHANGING).get())

    @rule(one=numbers, other=numbers)
    def merge(self, one: int, other: int) -> None:
        self._rule(lambda: actors.merge(self._root(one), self._root(other), by=self.curator))

    @rule(one=numbers, other=numbers)
    def different(self, one: int, other: int) -> None:
        self._rule(lambda: actors.rule_different(self._root(one), self._root(other), by=self.curator))

    @rule(one=numbers, other=numbers)
    def unsure(self, one: int, other: int) -> None:
        self._rule(lambda: actors.rule_unsure(self._root(one), self._root(other), by=self.curator))

    @rule(number=numbers, to=st.none() | numbers)
    def split(self, number: int, to: int | None) -> None:
        mention = self._pick(Mention.objects.all(), number)
        other = None if to is None else self._root(to)
        self._rule(lambda: actors.split_spelling(mention.actor, mention.surface, to=other, by=self.curator))

    @rule(number=numbers, to=st.none() | numbers)
    def reassign(self, number: int, to: int | None) -> None:
        mention = self._pick(Mention.objects.all(), number)
        other = None if to is None else self._root(to)
        self._rule(lambda: actors.reassign_mention(mention, to=other, by=self.curator))

    @rule(number=numbers, here=st.booleans())
    def nobody(self, *, number: int, here: bool) -> None:
        mention = self._pick(Mention.objects.all(), number)
        where = mention if here else None
        self._rule(lambda: actors.not_a_name(mention.actor, mention.surface, mention=where, by=self.curator))

    @rule(number=numbers, name=st.sampled_from(NAMES))
    def rename(self, number: int, name: str) -> None:
        self._rule(lambda: actors.rename(self._root(number), name, by=self.curator))

    @rule(number=numbers, name=st.sampled_from(NAMES))
    def respell(self, number: int, name: str) -> None:
        self._rule(lambda: actors.add_alias(self._root(number), name, by=self.curator))

    @rule(number=numbers)
    def drop_spelling(self, number: int) -> None:
        self._rule(lambda: actors.remove_alias(self._pick(Alias.objects.all(), number), by=self.curator))

    @rule(number=numbers, kind=st.sampled_from(["person", "organisation", "state"]))
    def rekind(self, number: int, kind: str) -> None:
        self._rule(lambda: actors.set_kind(self._root(number), kind, by=self.curator))

    @rule(number=numbers)
    def hide(self, number: int) -> None:
        self._rule(lambda: actors.not_an_actor(self._root(number), by=self.curator))

    @precondition(lambda self: self.rows)
    @rule(number=numbers)
    def undo_any(self, number: int) -> None:
        ruling = self._pick(Ruling.objects.standing(), number)
        if ruling is not None:
            actors.undo(ruling, by=self.curator)

    @precondition(lambda self: self.rows)
    @rule()
    def undo_the_last(self) -> None:
        ruling = Ruling.objects.standing().order_by("-pk").first()
        if ruling is not None:
            actors.undo(ruling, by=self.curator)

    @invariant()
    def every_mention_is_there_and_means_one_actor(self) -> None:
        for article, number in self.spans.items():
            assert Mention.objects.filter(article=article).count() == number
        assert not Mention.objects.filter(actor__merged_into__isnull=False).exists()
        assert not Actor.objects.filter(merged_into__merged_into__isnull=False).exists()
        for quote in Quote.objects.select_related("speaker_mention"):
            assert quote.speaker_mention is not None
            assert quote.speaker_id == quote.speaker_mention.actor_id
        for role in Role.objects.select_related("mention"):
            assert role.mention is not None
            assert role.actor_id == role.mention.actor_id

    @invariant()
    def rulings_are_never_overwritten(self) -> None:
        assert {row["id"]: row for row in Ruling.objects.values(*UNCHANGING)} == self.rows

    @invariant()
    def the_same_rulings_make_the_same_of_the_same_pages(self) -> None:
        """What stood before a ruling stands again when it is undone, whatever lies between."""
        key = self.epoch, frozenset(Ruling.objects.standing().values_list("pk", flat=True))
        now = effective_state()
        assert self.states.setdefault(key, now) == now

    @invariant()
    def what_is_stored_is_what_follows_from_the_rulings(self) -> None:
        now, said = standing()
        rows = Mention.objects.select_related("machine_actor", "article__page")
        for mention in rows:
            assert mention.actor_id == now.actor_of(
                mention.machine_actor_id,
                kind=mention.machine_actor.machine_kind,
                surface=mention.surface,
                local_name=mention.local_name,
                page=mention.article.page.sha256,
            )
        ruled = set(Alias.every.filter(origin="person").values_list("actor", "surface"))
        assert ruled == spellings_held(said)
        for alias in Alias.every.all():
            assert alias.dropped == now.drops(alias.actor_id, alias.surface)
        for pair in JoinCandidate.objects.all():
            sides = now.root(pair.left_id), now.root(pair.right_id)
            counts = [Mention.objects.filter(actor=side).count() for side in sides]
            assert pair.settles == (min(counts) if len(set(sides)) > 1 else 0)

    @invariant()
    def a_part_is_settled_as_the_whole(self) -> None:
        before = effective_state()
        settle_everything()
        assert effective_state() == before


@pytest.mark.slow
@pytest.mark.django_db
def test_the_ledger_holds_whatever_is_ruled_and_undone() -> None:
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            # Shrinking a failure would take minutes; it prints its steps.
            phases=(Phase.reuse, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )


# Names of which the machine is sure whatever was ruled: what it joins depends on nothing but the pages.
SURE = [
    person("Osanna Brekk", "Brekk"),
    person("Rafe Ondry", "Ondry"),
    person("Ilmar Tessedin", "Tessedin"),
    person("Oda Vell"),
    body("Harbour Council", "the council"),
]
pages = st.lists(st.lists(st.sampled_from(SURE), min_size=1, max_size=4, unique=True), min_size=1, max_size=4)
asked = st.lists(
    st.tuples(
        st.sampled_from(
            ["merge", "different", "split", "reassign", "rename", "alias", "kind", "hide", "undo"]
        ),
        numbers,
        numbers,
    ),
    max_size=8,
)


def ask(what: str, one: int, other: int, curator: User) -> None:
    """Rule on some actors; what is refused changes nothing."""
    roots = list(Actor.objects.filter(merged_into=None).order_by("pk"))
    left, right = roots[one % len(roots)], roots[other % len(roots)]
    mention = list(Mention.objects.order_by("pk"))[one % Mention.objects.count()]
    standing = list(Ruling.objects.standing().order_by("pk"))
    to = right if other % 2 else None
    ways = {
        "merge": lambda: actors.merge(left, right, by=curator),
        "different": lambda: actors.rule_different(left, right, by=curator),
        "split": lambda: actors.split_spelling(mention.actor, mention.surface, to=to, by=curator),
        "reassign": lambda: actors.reassign_mention(mention, to=to, by=curator),
        "rename": lambda: actors.rename(left, ["Madam Brekk", "The Envoy"][other % 2], by=curator),
        "alias": lambda: actors.add_alias(left, ["Madam Brekk", "Oda Vell"][other % 2], by=curator),
        "kind": lambda: actors.set_kind(left, "state", by=curator),
        "hide": lambda: actors.not_an_actor(left, by=curator),
        "undo": lambda: standing and actors.undo(standing[one % len(standing)], by=curator),
    }
    with suppress(ValueError), transaction.atomic():
        ways[what]()


def take_in_all(named_by_page: list[list[Named]]) -> None:
    directory = ArchiveDirectory()
    for number, named in enumerate(named_by_page):
        known = StoredPage.objects.filter(name=f"{number}").first()
        take_in(named, directory, page=known or make_page(f"Page {number}", name=f"{number}"))
    while found := find_waiting(patient=False):
        settle(found)


@pytest.mark.slow
@pytest.mark.django_db
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(named_by_page=pages, rulings=asked)
def test_rulings_make_the_same_of_the_same_pages_after_a_reset_and_elsewhere(
    named_by_page: list[list[Named]], rulings: list[tuple[str, int, int]]
) -> None:
    with transaction.atomic():
        curator = User.objects.create_user("lena")
        take_in_all(named_by_page)
        for what, one, other in rulings:
            ask(what, one, other, curator)
        here = told_by_pages(), grouped_by_pages()
        lines = list(export_rulings())

        throw_away()
        take_in_all(named_by_page)
        assert (told_by_pages(), grouped_by_pages()) == here

        throw_away()
        Ruling.objects.all().delete()
        StoredPage.objects.all().delete()
        take_in_all(named_by_page)
        import_rulings(read_rulings(lines), dry_run=False)
        assert (told_by_pages(), grouped_by_pages()) == here
        assert list(export_rulings()) == lines

        throw_away()
        Ruling.objects.all().delete()
        StoredPage.objects.all().delete()
        import_rulings(read_rulings(lines), dry_run=False)
        take_in_all(named_by_page)
        assert (told_by_pages(), grouped_by_pages()) == here
        transaction.set_rollback(True)
