"""The secret key of an archive that was given none."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.management.utils import get_random_secret_key


def kept_secret(kept: Path) -> str:
    """Return the key in this file, which its owner alone can read; it is made on first use.

    The file gets its name when it is whole: one that a full disk cut short would sign for nobody, and of two
    processes that start at once both take the key of the first.
    """
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        # Such a file can be read by its owner only.
        with NamedTemporaryFile("w", dir=kept.parent, prefix=".secret_key-") as made:
            made.write(get_random_secret_key())
            made.flush()
            with suppress(FileExistsError):  # another process was quicker
                os.link(made.name, kept)
    return kept.read_text()
