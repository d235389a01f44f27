"""What arrives: one page as bytes, or the reason why it was not taken."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

MediaType = Literal["text/plain", "text/html"]


@dataclass(frozen=True, slots=True)
class RawPage:
    """One page as it came, never changed afterwards.

    `content` holds the bytes of the page itself; `charset` is the encoding that was detected
    and with which `text` decodes without loss. `name` says where the page came from: a path,
    "bundle.zip!folder/page.txt", or "pages.jsonl:17"; `source_id` is the id of its record there, any
    JSON value, None where there is none. `sha256` of the bytes is its identity.
    """

    content: bytes
    media_type: MediaType
    charset: str
    name: str
    url: str | None = None
    captured_at: datetime | None = None
    source_id: Any = None
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", hashlib.sha256(self.content).hexdigest())

    @property
    def text(self) -> str:
        """The bytes decoded; `charset` was chosen so that this cannot fail."""
        return self.content.decode(self.charset)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A page that was not taken: which one, why, and what a person can do about it."""

    name: str
    reason: str
    cure: str

    def __str__(self) -> str:
        return f"{self.name}: {self.reason} {self.cure}"
