"""Invented actors for the tests of joining across the archive."""

from __future__ import annotations

from articles.mentions import Kind, NameSpan
from articles.mentions.spans import Gender, RoleSpan
from articles.resolve import KnownActor, LocalActor


def local(
    name: str,
    *surfaces: str,
    kind: Kind = Kind.PERSON,
    authority: str | None = None,
    roles: tuple[tuple[str, str | None], ...] = (),
    gender: Gender | None = None,
) -> LocalActor:
    """Return an actor of an article; `roles` are phrases with the body or state each belongs to."""
    spans = tuple(
        NameSpan(0, len(each), each, kind, "body", "model", 0.8, gender=gender)
        for each in surfaces or (name,)
    )
    spoken = tuple(RoleSpan(0, len(phrase), phrase, 0, phrase, of) for phrase, of in roles)
    return LocalActor(name, kind, spans, spoken, authority, "")


def known(
    key: str,
    name: str,
    *aliases: str,
    kind: Kind = Kind.PERSON,
    authority: str | None = None,
    root: str | None = None,
) -> KnownActor:
    """Return an actor that the archive has."""
    return KnownActor(key, name, kind, aliases, authority, root)


def state(name: str) -> LocalActor:
    """Return a state that the authority files know."""
    return local(name, kind=Kind.STATE, authority=name)


def body(name: str) -> LocalActor:
    """Return a body that the authority files do not know."""
    return local(name, kind=Kind.ORGANISATION)
