"""When a page was saved, as the file that it came in says."""

from __future__ import annotations

from datetime import UTC, datetime


def moment_of(written: str) -> datetime:
    """Return an ISO 8601 time in UTC, as which one counts that names no zone. Raises ValueError on anything else.

    In UTC, because that is what a database gives back: the day of a page is then the same whenever it is read.
    """
    moment = datetime.fromisoformat(written)
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError:  # the first hours of the year 1, or the last of the year 9999
        raise ValueError(f"{written} in UTC lies outside the calendar") from None
