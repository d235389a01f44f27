"""Typed access to the `ARCHIVE_*` environment variables, with errors that say how to mend them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off", ""}


def text(name: str, default: str) -> str:
    """Return the variable, or the default when it is not set."""
    return os.environ.get(name, default)


def path(name: str, default: Path) -> Path:
    """Return the variable as an absolute path."""
    value = os.environ.get(name)
    return Path(value).expanduser().resolve() if value else default


def switch(name: str, *, default: bool) -> bool:
    """Return the variable as yes or no; anything else is refused."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in TRUE_WORDS:
        return True
    if value.lower() in FALSE_WORDS:
        return False
    raise ImproperlyConfigured(f"{name}={value} is neither yes nor no. Set it to 1 or 0.")


def number(name: str, default: int) -> int:
    """Return the variable as a whole number."""
    value = os.environ.get(name)
    if value is None:
        return default
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(
            f"{name}={value} is not a whole number. Set it to one, such as {default}."
        ) from None


def one_of(name: str, choices: Mapping[str, str]) -> str:
    """Return what the variable's word stands for; without a variable, what the first one does."""
    value = os.environ.get(name) or next(iter(choices))
    if value not in choices:
        raise ImproperlyConfigured(f"{name}={value} is not known. Set it to {' or '.join(choices)}.")
    return choices[value]


def words(name: str, default: str) -> list[str]:
    """Return the variable split at commas, without empty parts."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]
