"""Zip files of invented pages, good and bad, for tests of uploads."""

from __future__ import annotations

import io
import random
import zipfile

PLACES = ("Karrin", "Selmouth", "Oum Tarif", "Lower Valleys", "Vessas")
WORDS = [
    "harbour",
    "council",
    "truce",
    "delegates",
    "ferry",
    "grain",
    "winter",
    "road",
    "market",
    "school",
    "bridge",
    "ministry",
    "statement",
    "talks",
    "night",
    "morning",
    "village",
    "river",
    "station",
    "workers",
    "letter",
    "border",
    "supplies",
    "hospital",
    "office",
    "window",
    "train",
    "paper",
    "minister",
]


def page_text(number: int) -> str:
    """Return the text of an article that differs from every other number's in all its sentences."""
    chance = random.Random(number)
    paragraphs = [
        " ".join(
            f"The {chance.choice(WORDS)} of {chance.choice(PLACES)} saw the {chance.choice(WORDS)} and the "
            f"{chance.choice(WORDS)} {chance.randrange(10_000)} times."
            for _ in range(3)
        )
        for _ in range(3)
    ]
    return "\n\n".join((f"Report {number} from {chance.choice(PLACES)}", *paragraphs))


def zip_of(good: int, bad: int) -> bytes:
    """Return a zip of pages: every bad one is an empty page, an image, or bytes that are no text, in turn."""
    kept = io.BytesIO()
    faults = ((".txt", b" \n"), (".jpg", b"\xff\xd8\xff"), (".txt", bytes(range(256)) * 4))
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        every = (good + bad) // bad if bad else 0
        made = 0
        for number in range(good):
            if bad and made < bad and number % every == 0:
                ending, content = faults[made % len(faults)]
                archive.writestr(f"pages/bad {made}{ending}", content)
                made += 1
            archive.writestr(f"pages/{number:04}.txt", page_text(number))
        while made < bad:
            archive.writestr(f"pages/bad {made}.txt", b"")
            made += 1
    return kept.getvalue()
