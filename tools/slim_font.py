"""Cut a variable font down to the letters and weights that pages use: 1,200 kB become twice 19.

`tools/vendor.py` calls it. It needs fontTools, which nothing else here does:

    pip install fonttools==4.68.0 brotli==1.2.1

Another version may write other bytes of the same font; then the pinned hash says so.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

# Nearly every page needs these and no others: English, and names and headlines as German, the Romance and Nordic
# languages, Polish, Czech, Slovak, Hungarian, Romanian, the South Slavic languages in Latin letters and Turkish write
# them. Signs of programmers (^ ` { | } ~ \) are not among them.
COMMON = frozenset(
    " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]_abcdefghijklmnopqrstuvwxyz"
    "\u00a0¡£«°·»¿–—‘’“”„…€"
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ"
    "ĂăĄąĆćČčĎďĐđĒēĘęĚěĞğĪīİıŁłŃńŇňŌōŐőŒœŘřŚśŞşŠšŢţŤťŪūŮůŰűŹźŻżŽžȘșȚțĀā"
)
# The rest of the Latin alphabet, with the letters of transliterations; as tokens.css has them.
LATIN = frozenset(
    map(chr, [*range(0x5C, 0x7F), *range(0xA1, 0x300), *range(0x1E00, 0x1EA0), *range(0x1EF2, 0x1F00)])
) | frozenset("\u201a†•\u2032″‹›\u2044₤₦₩₫₱₴₹₺₽₿№™←↑→↓\u2212\u2215")
WEIGHTS = (400, 600)  # what the style sheets ask for: text and headlines
READING_SIZE = 14  # points; the cut that text is set in, for the headlines too
GRID = 500  # units an em. At 40 pixels one is a twelfth of a pixel; the source's 1000 take 1.3 kB more
LEAST_KERNING = 8  # units; closer than a third of a pixel in text, letters stand as they stand
NAMED = (1, 3, 4, 6, 16)  # entries of the name table that hold the family's name


def slim(source: Path, target: Path, *, family: str, common: bool) -> None:
    """Write the part of a font with COMMON, or with the other letters of LATIN, under another name.

    The licence reserves the name: what was changed must not bear it.

    1. Keep the characters; of the layout nothing but kerning.
    2. Keep the weights, and one size to be read at.
    3. Round outlines to GRID, and kerning to what is seen.
    4. Name it.
    """
    from fontTools.subset import Options, Subsetter, save_font
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.scaleUpem import scale_upem
    from fontTools.varLib.instancer import instantiateVariableFont

    # 1. Letters of two files are not kerned with each other, and those of the second seldom stand together.
    font = TTFont(source, recalcTimestamp=False)
    options = Options(
        flavor="woff2",
        layout_features=["kern"] if common else [],
        hinting=False,
        name_IDs=[0, 13, 14, *NAMED],
        drop_tables=[*Options().drop_tables, "BASE", "STAT"],
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=map(ord, COMMON if common else LATIN - COMMON))
    subsetter.subset(font)
    # 2.
    font = _read_again(font)
    instantiateVariableFont(font, {"wght": WEIGHTS, "opsz": READING_SIZE}, inplace=True)
    # 3.
    font = _read_again(font)
    scale_upem(font, GRID)
    if "GPOS" in font:
        _kern_plainly(font)
    # 4.
    for entry in font["name"].names:
        if entry.nameID in NAMED:
            entry.string = family.replace(" ", "") if entry.nameID == 6 else family  # noqa: PLR2004  # PostScript's
    save_font(font, str(target), options)


def _read_again(font: TTFont) -> TTFont:
    """Return the font as written: what a step leaves out is missing from the tables only then."""
    from fontTools.ttLib import TTFont

    between = BytesIO()
    font.save(between)
    return TTFont(between, recalcTimestamp=False)


def _kern_plainly(font: TTFont) -> None:
    """Keep the kerning of the lighter weight for all, where it is LEAST_KERNING or more.

    Pairs of the other weight differ by a few units; to have both takes 4 kB.
    """
    of_pairs = 2  # the type of a lookup
    width_only = 4  # the bit of a value record for how far an advance changes
    layout = font["GPOS"].table
    kept = [lookup for lookup in layout.LookupList.Lookup if lookup.LookupType == of_pairs]
    layout.LookupList.Lookup = kept  # the others kern a letter by what stands two away
    for record in layout.FeatureList.FeatureRecord:
        record.Feature.LookupListIndex = list(range(len(kept)))
    for pairs in [subtable for lookup in kept for subtable in lookup.SubTable]:
        for value in filter(None, _values(pairs)):
            value.__dict__.pop("XAdvDevice", None)
            if abs(getattr(value, "XAdvance", 0)) < LEAST_KERNING:
                value.XAdvance = 0
        for part in [pairs, *(pairs.PairSet if pairs.Format == 1 else [])]:
            part.ValueFormat1 = width_only
    variations = font["GDEF"].table
    variations.VarStore = None
    variations.Version = 0x00010002


def _values(pairs: Any) -> list[Any]:
    """Return the values of a table of pairs, whichever of the two formats it has."""
    if pairs.Format == 1:
        return [second.Value1 for first in pairs.PairSet for second in first.PairValueRecord]
    return [second.Value1 for first in pairs.Class1Record for second in first.Class2Record]
