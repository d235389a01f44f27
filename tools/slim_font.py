"""Cut a variable font down to the characters and weights that pages use, so that it travels in a third of the bytes.

`tools/vendor.py` calls it. It needs fontTools, which nothing else here does: `pip install fonttools==4.68.0 brotli`.
Another version may write other bytes of the same font; then the pinned hash says so.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

# The characters of English text: a page that has no others fetches the first file alone.
PLAIN = frozenset(
    [*range(0x20, 0x7F), 0xA0, 0xAB, 0xBB, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026]
)
WEIGHTS = (400, 600)  # what the stylesheets ask for: text and headlines
FEATURES = ["kern", "ccmp", "locl", "mark", "mkmk"]  # ligatures are 1 kB, and letters of it stand well apart
NAMED = (1, 3, 4, 6, 16)  # entries of the name table that hold the family's name


def slim(source: Path, target: Path, *, family: str, plain: bool) -> None:
    """Write the part of a font with PLAIN, or with all but these, in WEIGHTS alone and under another name.

    The licence reserves the name: what was changed must not bear it.
    """
    from fontTools.subset import Options, Subsetter, save_font
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    # Read again in between: glyphs that do not vary are missing from the tables until they are written.
    between = BytesIO()
    instantiateVariableFont(TTFont(source, recalcTimestamp=False), {"wght": WEIGHTS}).save(between)
    font = TTFont(between, recalcTimestamp=False)
    characters = set(font.getBestCmap())
    options = Options(flavor="woff2", layout_features=FEATURES, hinting=False, name_IDs=[0, 13, 14, *NAMED])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters & PLAIN if plain else characters - PLAIN)
    subsetter.subset(font)
    for entry in font["name"].names:
        if entry.nameID in NAMED:
            entry.string = family.replace(" ", "") if entry.nameID == 6 else family  # noqa: PLR2004  # PostScript's
    save_font(font, str(target), options)
