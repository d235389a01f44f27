"""How well articles are dated by what they say, measured on ../shared; prints one JSON line.

    python benchmarks/score_dating.py [--shared ../shared] [--half odd] [--limit N]

What is measured, and how (as research/dating.md did it):

- `seeds`: body lines by the gold, full dates taken out: the interval, its width in days, true date inside.
- `content`: duplicates/fakes. The date that opens the text is the truth, every full date is taken out. Facts
  and cues were written with the even rows in view; the odd rows are the figures (but see the head of
  articles/clean/dating/lexicon/weights.toml for what was set on the odd rows). For each width: the share of
  all rows given an interval that narrow, and how many of those hold the true date.
  `known`: one bound is enough.
- `neighbours`: the same with the dated articles of the other half, near-copies (cosine > .5) left out.
- `stated`: alarms on the true date, on dates moved by years, and on the day of the crawl (22 November 2026),
  without and with neighbours, without and with the page's capture day known.

The sets stay outside of the repository; without them nothing is printed but a note.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from articles.clean.article import DateInterval  # noqa: E402 (the path comes first)
from articles.clean.dates import day_interval  # noqa: E402
from articles.clean.dating import (  # noqa: E402
    Dating,
    Facts,
    NeighbourIndex,
    check_stated,
    date_by_content,
    load_facts,
)

WIDTHS = (7, 31, 92, 366, 732)
CRAWL = date(2026, 11, 22)
SEED_TRUTH = {
    "000": date(2012, 7, 2),
    "001": date(2012, 4, 19),
    "002": date(2015, 11, 3),
    "003": date(2012, 7, 15),
    "004": date(2012, 1, 30),
}
# A text opens with its date within this many characters: after a headline and an agency at most.
OPENING = 300
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_MONTH = rf"(?P<month>{_MONTHS})[a-z]*"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?[,.]?\s*)?"
_FULL_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_WEEKDAY}\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)?[ /-]?(?:of )?{_MONTH}\.?[, /-]*{_YEAR}",
        rf"{_WEEKDAY}\b{_MONTH}\.?\s*(?P<day>[0-3]?\d)(?:st|nd|rd|th)?[, ]*{_YEAR}",
        r"\b(?P<day>[0-3]?\d)[./-](?P<number>[01]?\d)[./-](?P<year>20\d\d)",
        r"\b(?P<year>20\d\d)[./-](?P<number>[01]?\d)[./-](?P<day>[0-3]?\d)\b",
    )
)


@dataclass(frozen=True)
class Record:
    """An article with its true date; `text` has no full date left."""

    row: int
    text: str
    true: date


def full_dates(text: str) -> list[tuple[int, int, date]]:
    """Every full date of a text with its place, from left to right."""
    found: list[tuple[int, int, date]] = []
    for pattern in _FULL_DATES:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            month = parts.get("number") or str(
                _MONTHS.lower().split("|").index(parts["month"][:3].lower()) + 1
            )
            try:
                day = date(int(parts["year"]), int(month), int(parts["day"]))
            except ValueError:
                continue
            if not any(match.start() < end and start < match.end() for start, end, _ in found):
                found.append((match.start(), match.end(), day))
    return sorted(found)


def without_dates(text: str) -> str:
    """The text with a space for each full date."""
    for start, end, _ in reversed(full_dates(text)):
        text = f"{text[:start]} {text[end:]}"
    return text


def read_fakes(shared: Path) -> list[Record]:
    """The records whose text opens with a full date."""
    with gzip.open(shared / "data/duplicates/fakes.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line)["text"] for line in lines]
    dated = ((row, text, full_dates(text)) for row, text in enumerate(rows))
    return [
        Record(row, without_dates(text), found[0][2])
        for row, text, found in dated
        if found and found[0][0] < OPENING
    ]


def holds(interval: DateInterval, day: date) -> bool:
    """True when the day lies in the interval, an open end being no bound."""
    return (interval.start is None or interval.start <= day) and (interval.end is None or day <= interval.end)


def width(interval: DateInterval) -> int | None:
    """Days from the first to the last, both included; None with an open end."""
    return (interval.end - interval.start).days + 1 if interval.start and interval.end else None


def table(records: Sequence[Record], datings: Sequence[Dating]) -> dict[str, object]:
    """Shares given by width and how many of those hold the true date."""
    pairs = [(record, dating.interval) for record, dating in zip(records, datings, strict=True)]
    known = [(record, interval) for record, interval in pairs if interval.known]
    rows: dict[str, object] = {}
    for limit in WIDTHS:
        given = [(r, i) for r, i in known if (width(i) or limit + 1) <= limit]
        rows[f"<={limit}"] = {
            "share": _share(len(given), len(pairs)),
            "inside": _share(sum(holds(i, r.true) for r, i in given), len(given)),
        }
    bounds = [(r, i) for r, i in known if width(i) is None]
    rows["bounds only"] = {
        "share": _share(len(bounds), len(pairs)),
        "inside": _share(sum(holds(i, r.true) for r, i in bounds), len(bounds)),
    }
    rows["known"] = {
        "share": _share(len(known), len(pairs)),
        "inside": _share(sum(holds(i, r.true) for r, i in known), len(known)),
    }
    return rows


def stated_table(
    records: Sequence[Record], alone: Sequence[Dating], together: Sequence[Dating]
) -> dict[str, object]:
    """The share of stated dates that the check calls inconsistent, by what is stated."""
    moved = {"true": 0, "+1 year": 365, "-1 year": -365, "+3 years": 1096, "-3 years": -1096}
    rows: dict[str, object] = {}
    for name, datings in (("content", alone), ("neighbours", together)):
        alarms = {
            what: _share(
                sum(_alarm(r.true + timedelta(days=days), d) for r, d in zip(records, datings, strict=True)),
                len(records),
            )
            for what, days in moved.items()
        }
        alarms["crawl"] = _share(sum(_alarm(CRAWL, d) for d in datings), len(records))
        alarms["crawl, capture known"] = _share(
            sum(_alarm(CRAWL, d, captured=CRAWL) for d in datings), len(records)
        )
        alarms["true, capture known"] = _share(
            sum(_alarm(r.true, d, captured=CRAWL) for r, d in zip(records, datings, strict=True)),
            len(records),
        )
        rows[name] = alarms
    return rows


def _alarm(day: date, dating: Dating, *, captured: date | None = None) -> bool:
    return not check_stated(day_interval(day), dating, captured=captured).consistent


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def seeds(shared: Path, facts: Facts) -> list[dict[str, object]]:
    """Each seed's interval from its body lines."""
    gold = json.loads((shared / "gold/seeds.json").read_text(encoding="utf-8"))
    rows: list[dict[str, object]] = []
    for article in gold["articles"]:
        lines = (shared / "seeds" / article["file"]).read_text(encoding="utf-8").splitlines()
        body = [
            without_dates(" ".join(lines[number - 1].split())) for number in article["body"]["line_numbers"]
        ]
        dating = date_by_content(body, facts=facts)
        true = SEED_TRUTH[article["file"][:3]]
        rows.append(
            {
                "seed": article["file"][:3],
                "edtf": dating.edtf,
                "days": width(dating.interval),
                "inside": holds(dating.interval, true),
            }
        )
    return rows


def fakes(shared: Path, facts: Facts, *, half: str, limit: int | None) -> dict[str, object]:
    """The two tables and the check on one half, the other being the archive."""
    every = read_fakes(shared)
    wanted = 1 if half == "odd" else 0
    records = [record for record in every if record.row % 2 == wanted][:limit]
    index = NeighbourIndex()
    for record in every:
        if record.row % 2 != wanted:
            index.add(str(record.row), record.text, published=day_interval(record.true))
    began = time.perf_counter()
    alone = [date_by_content([record.text], facts=facts) for record in records]
    seconds = time.perf_counter() - began
    together = [date_by_content([r.text], facts=facts, neighbours=index.find(r.text)) for r in records]
    return {
        "half": half,
        "records": len(records),
        "content": table(records, alone),
        "neighbours": table(records, together),
        "stated": stated_table(records, alone, together),
        "ms_each": round(1000 * seconds / max(1, len(records)), 1),
    }


def main() -> int:
    """Print the JSON line; 0 when it was printed, 1 when the sets are not there."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder of the sets")
    parser.add_argument(
        "--half", choices=("odd", "even"), default="odd", help="rows of fakes that are scored"
    )
    parser.add_argument("--limit", type=int, default=None, help="score only so many rows")
    options = parser.parse_args()
    source = options.shared / "data/duplicates/fakes.jsonl.gz"
    if not source.exists():
        print(f"{source} is not there; give the folder of the sets with --shared", file=sys.stderr)
        return 1
    facts = load_facts()
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    result = {
        "benchmark": "dating",
        "corpus": hashlib.sha256(source.read_bytes()).hexdigest()[:12],
        "commit": commit.stdout.strip(),
        "facts": len(facts.dated) + len(facts.totals) + len(facts.offices),
        "seeds": seeds(options.shared, facts),
        "fakes": fakes(options.shared, facts, half=options.half, limit=options.limit),
    }
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
