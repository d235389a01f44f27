"""Records in on standard input, records out on standard output, in order and one at a time."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from typing import IO, Any

Record = dict[str, Any]


def stream(
    answer: Callable[[Record], Record], *, lines: Iterable[bytes] | None = None, out: IO[str] | None = None
) -> int:
    """Answer each JSON line of standard input with one on standard output; return how many failed.

    A line that is not a JSON object, or that `answer` refuses with ValueError, gets {id, error},
    and the rest goes on. The answer carries the record's own id.
    """
    out = out or sys.stdout
    failed = 0
    for line in lines if lines is not None else sys.stdin.buffer:
        if not line.strip():
            continue
        record_id: Any = None
        try:
            record = json.loads(line)
            if not isinstance(record, dict):
                raise ValueError('The line is JSON, but not an object such as {"id": 1, "text": "…"}.')  # noqa: TRY004, TRY301
            record_id = record.get("id")
            result = {"id": record_id, **answer(record)}
        except (ValueError, RecursionError) as error:
            failed += 1
            result = {"id": record_id, "error": str(error)}
        out.write(json.dumps(result, ensure_ascii=False) + "\n")
        out.flush()
    return failed


def text_of(record: Record) -> str:
    """Return the record's text. Raises ValueError, with the form expected, when there is none."""
    text = record.get("text")
    if not isinstance(text, str):
        raise ValueError('The record has no "text". Its form is {"id": 1, "text": "…"}.')  # noqa: TRY004
    return text
