"""Taking in rulings that were made elsewhere: none of those made here is overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.contrib.auth.models import User
from django.db import transaction

from articles.clean.outlet_phrases import phrase_key
from articles.curate.rulings_file import FileLine
from articles.ingest.reclean import reclean_article
from articles.ingest.regroup import regroup
from articles.ingest.rules import settled
from articles.ingest.settle import settle, standing
from articles.ingest.shelves import settle_shelves
from articles.ingest.sides import find_sides, find_waiting
from articles.ingest.stories import note_ruled_same, take_turns
from articles.models import Article, Outlet, Ruling, StoredPage
from articles.models.ruling import ON_ARTICLES, ON_PAGES, SHELVING, RulingQuerySet, Verdict
from articles.search.pending import schedule

State = Literal["applied", "waiting", "conflicting", "known", "undone"]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one line; `note` says what it waits for, or which ruling of here forbids it.

    "undone" is one that was undone: kept as such, or undone here as it was there.
    """

    number: int
    state: State
    ruling: str
    note: str = ""


def import_rulings(lines: Sequence[FileLine], *, dry_run: bool) -> list[Imported]:
    """Take in the rulings of a file, in one transaction, and tell what became of each line.

    The same ruling twice is one. With `dry_run` nothing is written.
    1. Those that are here already: an undo is taken over. 2. The new ones that no ruling of here forbids.
    3. Their sides are found, and what joins who were ruled apart is given back. 4. What follows from them:
    actors, outlets, stories. 5. After that, the articles whose fields or lines were ruled on are read again.
    """
    with transaction.atomic():
        take_turns()
        exchange = _Exchange(lines)
        reports = exchange.run()
        if dry_run:
            transaction.set_rollback(True)
    if not dry_run:
        for article in Article.objects.filter(page__in=exchange.pages).order_by("pk"):  # 5.
            reclean_article(article)
        schedule()
    return reports


class _Exchange:
    def __init__(self, lines: Sequence[FileLine]) -> None:
        self._lines = sorted(lines, key=lambda line: (line.columns["made_at"], line.key))
        self._new: dict[int, tuple[FileLine, Ruling]] = {}  # by the ruling's number
        self._reports: list[Imported] = []
        self._undone: list[Ruling] = []
        self._outlets: set[int] = set()
        self.pages: set[int] = set()
        names = {name for line in lines for name in self._people(line)}
        self._users = {user.username: user for user in User.objects.filter(username__in=names)}
        self._last_here = Ruling.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def run(self) -> list[Imported]:
        known = {
            ruling.key: ruling for ruling in Ruling.objects.filter(key__in=[line.key for line in self._lines])
        }
        for line in self._lines:
            there = known.get(line.key)
            if there is not None:
                self._take_over(line, there)  # 1.
            else:
                known[line.key] = self._add(line)  # 2.
        self._find_sides()  # 3.
        self._settle()  # 4.
        return sorted(self._reports, key=lambda report: report.number)

    @staticmethod
    def _people(line: FileLine) -> tuple[str, str]:
        return line.columns["made_by_name"], line.columns.get("undone_by_name", "")

    def _take_over(self, line: FileLine, ruling: Ruling) -> None:
        """Undo a ruling here that was undone there; whatever else differs, the one here stands."""
        if ruling.undone_at is None and "undone_at" in line.columns:
            ruling.undone_at = line.columns["undone_at"]
            ruling.undone_by_name = line.columns["undone_by_name"]
            ruling.undone_by = self._users.get(ruling.undone_by_name)
            ruling.save(update_fields=["undone_at", "undone_by_name", "undone_by"])
            self._undone.append(ruling)
            self._follow(ruling)
            self._report(line, ruling, "undone")
        else:
            self._report(line, ruling, "known")

    def _add(self, line: FileLine) -> Ruling:
        made_by, undone_by = self._people(line)
        columns = dict(line.columns)
        if columns["on_page"]:
            columns["page"] = StoredPage.objects.filter(sha256=columns["on_page"]).first()
        if columns["verdict"] == Verdict.LINE:
            outlet = Outlet.objects.named(line.outlet) if line.outlet else None
            columns["value"] = columns["value"] | {"outlet": outlet.pk if outlet else None}
        ruling = Ruling(**columns, made_by=self._users.get(made_by), undone_by=self._users.get(undone_by))
        otherwise = self._paired_otherwise if ruling.kind == ON_ARTICLES else self._said_otherwise
        forbidding = None if ruling.undone_at else otherwise(ruling)
        if forbidding is not None:
            self._report(line, ruling, "conflicting", _because(forbidding))
            return ruling
        ruling.save()
        self._new[ruling.pk] = line, ruling
        self._follow(ruling)
        return ruling

    def _paired_otherwise(self, ruling: Ruling) -> Ruling | None:
        """Return the ruling made here on the same two articles that says something else of them."""
        here = Ruling.objects.standing().filter(pk__lte=self._last_here, kind=ON_ARTICLES)
        return here.filter(left=ruling.left, right=ruling.right).exclude(verdict=ruling.verdict).first()

    def _said_otherwise(self, ruling: Ruling) -> Ruling | None:
        """Return the ruling made here that says something else of the same thing, if there is one."""
        here: RulingQuerySet = Ruling.objects.standing().filter(
            pk__lte=self._last_here, verdict=ruling.verdict
        )
        if ruling.verdict in (Verdict.FIELD, *SHELVING):
            alike = here.filter(on_page=ruling.on_page, field=ruling.field, left=ruling.left)
            last = alike.in_time_order().last()
            return last if last is not None and _says(last) != _says(ruling) else None
        if ruling.verdict == Verdict.LINE:
            return self._marked_otherwise(here, ruling)
        alike = here.filter(kind=ruling.kind)
        if ruling.verdict in (Verdict.NAME, Verdict.KIND):
            find_sides(ruling)
            last = alike.filter(left_actor=ruling.left_actor_id or 0).in_time_order().last()
            return last if last is not None and last.right != ruling.right else None
        if ruling.verdict == Verdict.ALIAS:
            last = alike.filter(right=ruling.right).in_time_order().last()
            return last if last is not None and last.left != ruling.left else None
        if ruling.verdict in (Verdict.IS_REALLY, Verdict.NOT_A_NAME) and ruling.on_page:
            last = alike.filter(on_page=ruling.on_page, spelling=ruling.spelling).in_time_order().last()
            return last if last is not None and last.right != ruling.right else None
        return None

    def _marked_otherwise(self, here: RulingQuerySet, ruling: Ruling) -> Ruling | None:
        same_place = here.filter(left=ruling.left)
        if not ruling.left:
            same_place = same_place.filter(on_page=ruling.on_page)
        key = phrase_key(ruling.said["line"])
        alike = [each for each in same_place.in_time_order() if phrase_key(each.said["line"]) == key]
        return alike[-1] if alike and alike[-1].said["label"] != ruling.said["label"] else None

    def _follow(self, ruling: Ruling) -> None:
        """Note what is to be worked out anew after this ruling."""
        if ruling.verdict == Verdict.LINE and ruling.said["outlet"]:
            self._outlets.add(ruling.said["outlet"])
        elif ruling.verdict in (Verdict.FIELD, Verdict.LINE) and ruling.page is not None:
            self.pages.add(ruling.page.pk)

    def _shelve(self) -> None:
        """Put pages under the tags and into the collections that the new rulings name, and take them off."""
        for ruling in [*self._undone, *(ruling for _, ruling in self._new.values())]:
            if ruling.verdict in SHELVING and ruling.page is not None:
                settle_shelves(ruling.page, verdict=ruling.verdict, slug=ruling.left)

    def _find_sides(self) -> None:
        """Find the actors that are meant, and take out again what contradicts rulings made here.

        Of two that contradict each other and are both new the one that joins goes.
        """
        find_waiting()
        while True:
            conflicts = [
                (conflict.said, conflict.forbidden_by)
                if conflict.said in self._new
                else (conflict.forbidden_by, conflict.said)
                for conflict in standing()[0].conflicts
            ]
            rejected = {pk: because for pk, because in conflicts if pk in self._new}
            if not rejected:
                return
            for pk, because in rejected.items():
                line, ruling = self._new.pop(pk)
                self._report(line, ruling, "conflicting", _because(Ruling.objects.get(pk=because)))
            Ruling.objects.filter(pk__in=rejected).delete()  # made in this transaction, and seen by nobody

    def _settle(self) -> None:
        on_actors = Ruling.objects.on_actors().filter(pk__in=self._new)
        settle([*on_actors, *self._undone])
        while found := find_waiting():  # spellings and actors that the others brought
            settle(found)
        for outlet in Outlet.objects.select_for_update().filter(pk__in=self._outlets):
            imported = outlet.rules.get("imported", {})
            lists = settled(Ruling.objects.on_lines_for(outlet), imported=imported)
            outlet.set_rules({**lists, "imported": imported})
        self._regroup()
        self._shelve()
        waiting = set(Ruling.objects.waiting().filter(pk__in=self._new).values_list("pk", flat=True))
        for pk, (line, ruling) in self._new.items():
            if ruling.undone_at:
                self._report(line, ruling, "undone")
            elif pk in waiting or self._misses_page(ruling):
                self._report(line, ruling, "waiting", _what_is_missing(Ruling.objects.get(pk=pk)))
            else:
                self._report(line, ruling, "applied")

    def _regroup(self) -> None:
        """Work out anew the stories of articles that were ruled on in pairs."""
        rulings = [*self._undone, *(ruling for _, ruling in self._new.values())]
        names = {side for each in rulings if each.kind == ON_ARTICLES for side in (each.left, each.right)}
        articles = list(Article.objects.filter(permanent_id__in=names).order_by("pk"))
        for article in articles:
            note_ruled_same(article)
        if articles:
            regroup([article.pk for article in articles])

    @staticmethod
    def _misses_page(ruling: Ruling) -> bool:
        alone = not ruling.left or ruling.verdict in SHELVING
        return bool(ruling.on_page) and ruling.page is None and alone

    def _report(self, line: FileLine, ruling: Ruling, state: State, note: str = "") -> None:
        self._reports.append(Imported(line.number, state, str(ruling), note))


def _says(ruling: Ruling) -> Any:
    """Return what a ruling on a field or a shelf says; a shelf's name is no part of it."""
    return ruling.said["on"] if ruling.verdict in SHELVING else ruling.value


def _because(ruling: Ruling) -> str:
    return f"here {ruling.made_by_name} ruled on {ruling.day} that {ruling}"


def _what_is_missing(ruling: Ruling) -> str:
    if ruling.verdict in ON_PAGES:
        return f"for the page {ruling.on_page}"
    sides: list[Any] = []
    if ruling.left_actor_id is None:
        sides.append(ruling.left)
    if ruling.right_actor_id is None and ruling.right and ruling.right_kind:
        sides.append(ruling.right)
    return f"for {' and '.join(sides)}"
