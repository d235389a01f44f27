"""Refused pages that a person has seen: set aside, and brought back.

A refusal is no fact of the archive, so that setting one aside is no ruling: it is noted in Django's own log of
what staff did, which keeps all that is needed to bring it back.
"""

from __future__ import annotations

import json

from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime

from articles.curate.articles import ChangedMeanwhile
from articles.curate.staff_log import note, notes_on
from articles.models import RefusedPage, StoredPage


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
        return note(RefusedPage, number, by=by, name=noted["name"], flag=DELETION, message=json.dumps(noted))


def bring_back(noted: LogEntry, *, by: User) -> RefusedPage | None:
    """Put a refusal on the desk again; None when that was done before, or the page has come in since."""
    number, kept = int(noted.object_id or 0), json.loads(noted.change_message)
    with transaction.atomic():
        newer = notes().filter(object_id=noted.object_id, pk__gt=noted.pk).exists()
        here = StoredPage.objects.filter(name=kept["name"]).exists()
        if newer or here or RefusedPage.objects.filter(name=kept["name"]).exists():
            return None
        texts = {field: kept[field] for field in ("name", "reason", "cure")}
        refused = RefusedPage.objects.create(pk=number, **texts)
        # The day of the refusal, not of today: saving would set it anew.
        RefusedPage.objects.filter(pk=number).update(refused_at=parse_datetime(kept["refused_at"]))
        note(RefusedPage, number, by=by, name=refused.name, flag=ADDITION, message="")
    return refused


def notes() -> QuerySet[LogEntry]:
    """Return what is noted of refused pages, the latest first."""
    return notes_on(RefusedPage)


def _who_was_quicker(number: int) -> str:
    last = notes().filter(object_id=str(number)).first()
    if last is None:
        return "This page is not refused any more: it has come in meanwhile."
    return f"{last.user} set {last.object_repr} aside while you looked. There is nothing left to do."
