"""Roles written beside names: "Russian Deputy Foreign Minister Mikhail Bogdanov"."""

from __future__ import annotations

from articles.mentions.plain import Stretch
from articles.mentions.spans import NameSpan, RoleSpan


def find_roles(
    view: str, names: tuple[NameSpan, ...], sentences: tuple[Stretch, ...]
) -> tuple[RoleSpan, ...]:
    return ()
