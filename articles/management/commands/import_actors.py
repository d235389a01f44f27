"""Take in actors with their spellings and dated offices from a file, or take such an import back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.curate.authority_import import ArchiveMovedOn, apply_plan, undo_import
from articles.curate.authority_plan import ImportPlan, PlannedEntry, State, plan
from articles.models.authority_batch import AuthorityBatch
from articles.resolve.authority_files import FORMATS, Format, guess_format, read_actor_file

SHOWN_ENTRIES, SHOWN_PROBLEMS = 50, 50
NAME_WIDTH, STATE_WIDTH = 36, 9  # columns; the reason follows
# Who stands behind an import from the command line, where nobody signs in.
BY_COMMAND = "import_actors"


class Command(BaseCommand):
    """`manage.py import_actors FILE [--dry-run] [--json]`: exit status 1 when the file cannot be read."""

    help = (
        "Take in actors from TOML, CSV, FollowTheMoney JSON lines or a PETRARCH/CAMEO actor dictionary. "
        "The same file again changes nothing; broken off, it goes on where it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE")
        parser.add_argument("--format", choices=("auto", *FORMATS), default="auto", help="default: auto")
        parser.add_argument(
            "--dry-run", action="store_true", help="tell what would join what, change nothing"
        )
        parser.add_argument("--json", action="store_true", help="one line an entry, then one with the counts")
        parser.add_argument("--list", action="store_true", help="list the imports with their numbers")
        parser.add_argument("--undo", type=int, metavar="NUMBER", help="take an import back")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            self._list()
        elif options["undo"] is not None:
            self._undo(options["undo"])
        elif options["file"] is None:
            raise CommandError("Name a file of actors, or --list, or --undo NUMBER.")
        else:
            self._import(options["file"], options)

    def _import(self, file: Path, options: dict[str, Any]) -> None:
        planned = _planned(file, options["format"])
        lines = json_lines(planned) if options["json"] else table_lines(planned)
        for line in lines:
            self.stdout.write(line)
        if options["dry_run"]:
            if not options["json"]:
                self.stdout.write("Nothing was changed (--dry-run).")
            return
        try:
            batch = apply_plan(planned, by=None, name=BY_COMMAND)
        except ArchiveMovedOn as moved:
            raise CommandError(str(moved)) from moved
        if not options["json"]:
            told = f"Taken in as import {batch.pk}." if batch else "Nothing new."
            self.stdout.write(told)

    def _list(self) -> None:
        for batch in AuthorityBatch.objects.all():
            state = "undone" if batch.undone_at else "taken in" if batch.finished_at else "broken off"
            self.stdout.write(
                f"{batch.pk:>4}  {batch.started_at:%Y-%m-%d %H:%M}  {state:<10}  {batch.source}"
            )

    def _undo(self, number: int) -> None:
        batch = AuthorityBatch.objects.standing().filter(pk=number).first()
        if batch is None:
            raise CommandError(f"There is no import {number} to take back; --list shows them.")
        gone = undo_import(batch, by=None, name=BY_COMMAND)
        self.stdout.write(
            f"Taken back: {gone['actors']} actors, {gone['variants']} spellings, {gone['offices']} offices. "
            f"{gone['kept']} actors stay, because pages, rulings or other imports mean them."
        )


def _planned(file: Path, form: str) -> ImportPlan:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error}") from error
    known = guess_format(content, name=file.name) if form == "auto" else Format(form)
    if known is None:
        raise CommandError(f"{file.name} does not tell its form. Say --format {' or '.join(FORMATS)}.")
    read = read_actor_file(content, form=known, name=file.name)
    return plan(read, source=file.name, form=known, content=content)


def table_lines(planned: ImportPlan) -> Iterator[str]:
    """Give the table for a terminal: what joins first, then doubts, what is added to known ones, what is new."""
    order = {state: at for at, state in enumerate((State.JOINS, State.DOUBTFUL, State.KNOWN, State.NEW))}
    changing = sorted((one for one in planned.entries if one.changes), key=lambda one: order[one.state])
    for one in changing[:SHOWN_ENTRIES]:
        yield f"{one.state.value:<{STATE_WIDTH}} {_cut(one.entry.name):<{NAME_WIDTH}} {_told(one)}".rstrip()
    if len(changing) > SHOWN_ENTRIES:
        yield f"… and {len(changing) - SHOWN_ENTRIES} more (--json lists all)"
    for problem in planned.problems[:SHOWN_PROBLEMS]:
        yield f"Problem, {problem}."
    if len(planned.problems) > SHOWN_PROBLEMS:
        yield f"… and {len(planned.problems) - SHOWN_PROBLEMS} more problems (--json lists all)"
    counts = planned.counts()
    yield (
        f"{planned.form.value}: {counts['new']} new, {counts['joins']} join an actor of the archive, "
        f"{counts['doubtful']} doubtful (they stay apart), {counts['known']} from an earlier import; "
        f"{counts['variants']} spellings and {counts['offices']} offices to add; {counts['problems']} problems."
    )


def json_lines(planned: ImportPlan) -> Iterator[str]:
    """Give one line an entry, one a problem, and a last one with the counts."""
    for one in planned.entries:
        record = {
            "line": one.entry.line,
            "name": one.entry.name,
            "kind": one.entry.kind.value,
            "state": one.state.value,
            "actor": one.root,
            "actor_name": one.actor_name or None,
            "score": round(one.score, 3),
            "reason": one.reason,
            "variants": list(one.variants),
            "offices": [{"title": o.title, "of": o.of, "from": o.start, "to": o.end} for o in one.offices],
            "candidates": [
                {"actor": int(c.key), "score": c.score, "reason": c.reason} for c in one.candidates
            ],
            "notes": list(one.entry.notes),
        }
        yield json.dumps(record, ensure_ascii=False)
    for problem in planned.problems:
        said = {"line": problem.line, "problem": problem.what, "cure": problem.cure}
        yield json.dumps(said, ensure_ascii=False)
    yield json.dumps({"form": planned.form.value, **planned.counts()})


def _told(one: PlannedEntry) -> str:
    added = [f"{len(one.variants)} spellings" if one.variants else "", f"{len(one.offices)} offices"]
    what = ", ".join(part for part in added if part and not part.startswith("0 "))
    whom = f"→ {one.actor_name} " if one.actor_name else ""
    why = f": {one.reason}" if one.state in {State.JOINS, State.DOUBTFUL} else ""
    return f"{whom}({what or 'nothing to add'}){why}"


def _cut(text: str) -> str:
    return text if len(text) <= NAME_WIDTH else f"{text[: NAME_WIDTH - 1]}…"
