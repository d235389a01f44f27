"""What curators set aside that is no fact of the archive: kept in Django's own log of what staff did."""

from __future__ import annotations

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

NAME_SHOWN = 200  # characters that the log keeps of a name


def notes_on(model: type[Model]) -> QuerySet[LogEntry]:
    """Return what is noted of rows of a model, the latest first."""
    return LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model))


def note(model: type[Model], number: int, *, by: User, name: str, flag: int, message: str) -> LogEntry:
    """Note what somebody did with a row; `flag` is one of Django's, `message` what takes it back."""
    return LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(model),
        object_id=str(number),
        object_repr=name[:NAME_SHOWN],
        action_flag=flag,
        change_message=message,
    )
