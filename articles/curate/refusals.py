"""Refused pages that a person has seen: set aside, and brought back.

A refusal is no fact of the archive, so that setting one aside is no ruling: it is noted in Django's own log of
what staff did, which keeps all that is needed to bring it back.
"""

from __future__ import annotations

import json

from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime

from articles.curate.articles import ChangedMeanwhile
from articles.models import RefusedPage, StoredPage

NAME_SHOWN = 200  # characters that the log keeps of a name; the whole one stands in its message


def seen_of(refused: RefusedPage) -> str:
    """Return what tells this refusal from a later one of the same page."""
    return refused.refused_at.isoformat()


def set_aside(number: int, *, by: User, seen: str) -> LogEntry:
    """Take a refusal that a person has seen off the desk, and return the note from which it comes back.

    Raises ChangedMeanwhile when it is gone, or the page was refused anew after `seen`.
    """
    with transaction.atomic():
        refused = RefusedPage.objects.select_for_update().filter(pk=number).first()
        if refused is None:
            raise ChangedMeanwhile(_who_was_quicker(number))
        if seen_of(refused) != seen:
            raise ChangedMeanwhile(
                f"{refused.name} was refused again while you looked. Nothing was set aside. Read it once more."
            )
        noted = {
            "name": refused.name,
            "reason": refused.reason,
            "cure": refused.cure,
            "refused_at": seen,
        }
        refused.delete()
        return _note(number, by=by, name=noted["name"], flag=DELETION, message=json.dumps(noted))


def bring_back(note: LogEntry, *, by: User) -> RefusedPage | None:
    """Put a refusal on the desk again; None when that was done before, or the page has come in since."""
    number, noted = int(note.object_id or 0), json.loads(note.change_message)
    with transaction.atomic():
        newer = notes().filter(object_id=note.object_id, pk__gt=note.pk).exists()
        here = StoredPage.objects.filter(name=noted["name"]).exists()
        if newer or here or RefusedPage.objects.filter(name=noted["name"]).exists():
            return None
        texts = {field: noted[field] for field in ("name", "reason", "cure")}
        refused = RefusedPage.objects.create(pk=number, **texts)
        # The day of the refusal, not of today: saving would set it anew.
        RefusedPage.objects.filter(pk=number).update(refused_at=parse_datetime(noted["refused_at"]))
        _note(number, by=by, name=refused.name, flag=ADDITION, message="")
    return refused


def notes() -> QuerySet[LogEntry]:
    """Return what is noted of refused pages, the latest first."""
    return LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(RefusedPage))


def _note(number: int, *, by: User, name: str, flag: int, message: str) -> LogEntry:
    return LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(RefusedPage),
        object_id=str(number),
        object_repr=name[:NAME_SHOWN],
        action_flag=flag,
        change_message=message,
    )


def _who_was_quicker(number: int) -> str:
    last = notes().filter(object_id=str(number)).first()
    if last is None:
        return "This page is not refused any more: it has come in meanwhile."
    return f"{last.user} set {last.object_repr} aside while you looked. There is nothing left to do."
