"""Notes on an article: written, worded anew, taken away. Curators alone see them; nothing written is lost."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from articles.curate.articles import ChangedMeanwhile, Person
from articles.models import Note, StoredPage


def write(page: StoredPage, text: str, *, by: Person) -> Note:
    """Write a note. Raises ValueError when there is nothing in it."""
    return Note.objects.create(page=page, text=_worded(text), **_author(by))


def word_anew(note: Note, text: str, *, by: Person) -> Note:
    """Put another wording in the place of a note; the old one stays in its history.

    Raises ChangedMeanwhile when somebody did before, or took it away; ValueError when there is nothing in it.
    """
    worded = _worded(text)
    with transaction.atomic():
        _still_current(note)
        return Note.objects.create(page=note.page, text=worded, replaces=note, **_author(by))


def take_away(note: Note, *, by: Person) -> None:
    """Take a note away. Raises ChangedMeanwhile when somebody did before, or worded it anew."""
    with transaction.atomic():
        _still_current(note)
        Note.objects.filter(pk=note.pk).update(removed_at=timezone.now(), removed_by_name=str(by))


def bring_back(note: Note) -> bool:
    """Bring a note back that was taken away; False when it is there."""
    away = Note.objects.filter(pk=note.pk, removed_at__isnull=False)
    return bool(away.update(removed_at=None, removed_by_name=""))


def _worded(text: str) -> str:
    worded = text.replace("\r\n", "\n").strip()
    if not worded:
        raise ValueError("Write something, or leave the note as it is.")
    return worded


def _author(by: Person) -> dict[str, object]:
    return {"made_by": by if by.is_authenticated else None, "made_by_name": str(by)}


def _still_current(note: Note) -> None:
    held = Note.objects.select_for_update().get(pk=note.pk)
    later = Note.objects.filter(replaces=held).first()
    if later is not None:
        raise ChangedMeanwhile(
            f"{later.made_by_name} worded this note anew while you had it open. Nothing of yours was saved."
        )
    if held.removed_at is not None:
        raise ChangedMeanwhile(f"{held.removed_by_name} took this note away while you had it open.")
