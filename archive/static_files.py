"""How static files are published: hashed, compressed, and our own without the comments, which are for their writers."""

from __future__ import annotations

import re
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

OWN = {
    "css/": re.compile(r"/\*.*?\*/\s*", re.DOTALL),
    # Whole lines only: what stands behind code could be part of a text or an address.
    "js/": re.compile(r"^[ \t]*//.*\n", re.MULTILINE),
}
INDENTED = re.compile(r"\n\s+")


def without_comments(name: str, text: str) -> str:
    """Return a stylesheet or script of our own as browsers need it; anything else as it is."""
    comments = next((pattern for folder, pattern in OWN.items() if name.startswith(folder)), None)
    return INDENTED.sub("\n", comments.sub("", text)) if comments else text


class PublishedFiles(CompressedManifestStaticFilesStorage):
    """The storage of `collectstatic`."""

    def _save(self, name: str, content: Any) -> str:
        if name.startswith(tuple(OWN)):
            # All of it: whoever reckoned the file's hash has read it to the end.
            lean = without_comments(name, b"".join(content.chunks()).decode())
            content = ContentFile(lean.encode())
        return str(super()._save(name, content))
