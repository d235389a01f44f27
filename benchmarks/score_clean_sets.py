#!/usr/bin/env python3
"""How well pages of plain text are cleaned: body and fields on the measuring sets, by cross-validation.

usage: python benchmarks/score_clean_sets.py [--folds FOLDER] [--sets fundus readability newspaper3k]

Every record is cleaned twice, from `text` and from `text_full`. With --folds each record is cleaned by the
model that saw no page of its outlet (`benchmarks/train_lines.py --folds FOLDER` writes these models); without
it by the shipped model, which has seen them all, and the figures flatter: the line says which.

Prints one JSON line a set and rendition: what `score_clean.py` prints for the English records (body with the
subtitle put back, as fundus has the standfirst in its body), and under "present" for headline, authors and
published the share right of those whose gold value stands in the page's text, with the precision over all
records where a value was given. A title or name stands in the text when its words do, in their order, and only
people count as authors; a date
when one of its written forms in English does. Roles and agencies among the authors are counted.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from articles.capture.page import RawPage  # noqa: E402 - the project is found through the line above
from articles.clean import builtin_rules  # noqa: E402
from articles.clean.article import CleanArticle  # noqa: E402
from articles.clean.bylines import is_name  # noqa: E402
from articles.clean.html_page import clean_html  # noqa: E402
from articles.clean.line_model import LineModel, builtin_model, read_model  # noqa: E402
from articles.clean.text_page import clean_text  # noqa: E402

SHARED = ROOT.parent / "shared"
DATA = SHARED / "data" / "cleaning"
SCORER = SHARED / "tools" / "score_clean.py"
SETS = ("fundus", "readability", "newspaper3k")
RENDITIONS = ("text", "text_full")
# How many parts the outlets are split into.
FOLDS = 5

Record = dict[str, Any]


def read_set(name: str) -> Iterator[Record]:
    """The records of a set that have a gold body."""
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from (record for record in map(json.loads, lines) if record.get("gold_body"))


def outlet_of(record: Record) -> str:
    """The name part of the address's domain ("bbc" of www.bbc.co.uk); the record's id where it has no address."""
    if not record.get("url"):
        return str(record["id"])
    labels = (urlsplit(record["url"]).hostname or "").split(".")[:-1]
    if len(labels) > 1 and labels[-1] in {"co", "com", "org", "ac", "net"}:
        labels.pop()
    return labels[-1]


def fold_of(record: Record) -> int:
    """The part the record's outlet is in, 0 to FOLDS - 1; the same on every machine."""
    return zlib.crc32(outlet_of(record).encode()) % FOLDS


def raw_page(record: Record, rendition: str) -> RawPage:
    """A rendition of the record as a page of plain text. Its address is kept back: it would date the page."""
    return RawPage(record[rendition].encode(), "text/plain", "utf-8", record["id"], None)


def prediction(record: Record, article: CleanArticle) -> Record:
    """The article as the scorer reads it, the subtitle put back into the body."""
    day = article.published.value
    return {
        "id": record["id"],
        "body": "\n\n".join(filter(None, (article.subtitle.value, article.body))),
        "headline": article.headline.value,
        "subtitle": article.subtitle.value,
        "authors": list(article.authors.value),
        "published": day.start.isoformat() if day.start and day.precision == "day" else None,
    }


def models(folder: Path | None) -> list[LineModel]:
    """The model of each fold; the shipped one for all when no folder is given."""
    if folder is None:
        return [builtin_model()] * FOLDS
    return [read_model(folder / f"fold_{fold}.json") for fold in range(FOLDS)]


def clean_set(name: str, rendition: str, folds: list[LineModel]) -> list[tuple[Record, Record]]:
    """Every record of the set with its prediction, each by the model of its own fold."""
    rules = builtin_rules()
    pairs = []
    for record in read_set(name):
        article = clean_text(raw_page(record, rendition), rules=rules, model=folds[fold_of(record)])
        pairs.append((record, prediction(record, article)))
    return pairs


def run_scorer(name: str, predictions: list[Record]) -> Record:
    """What `score_clean.py` says of the English records."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pred.jsonl"
        path.write_text("\n".join(map(json.dumps, predictions)), encoding="utf-8")
        command = [sys.executable, str(SCORER), str(path), str(DATA / f"{name}.jsonl.gz"), "--english"]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return dict(json.loads(printed))


@cache
def scorer_module() -> Any:
    """The scorer as a module, for its own way to compare names and titles."""
    spec = importlib.util.spec_from_file_location("score_clean", SCORER)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"{SCORER} is not there; it comes with the measuring data.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def present(record: Record, rendition: str, scorer: Any) -> dict[str, bool]:
    """Which gold fields stand in the page's text."""
    text = f" {scorer.norm(record[rendition])} "
    names = scorer.people(record.get("gold_authors") or [])
    title = scorer.norm(record.get("gold_title"))
    return {
        "headline": bool(title) and f" {title} " in text,
        "authors": bool(names) and _are_people(record) and all(f" {name} " in text for name in names),
        "published": _date_stands(str(record.get("gold_date") or "")[:10], text),
    }


def _are_people(record: Record) -> bool:
    """True when every gold author has the form of a person's name; agencies, roles and desks have not."""
    press = builtin_rules().press
    names = [part.strip() for name in record["gold_authors"] for part in re.split(r"[;,&]| and ", name)]
    return all(is_name(name) and not press.name(name) for name in names if name)


def _date_stands(day: str, text: str) -> bool:
    """True when one of the written forms of an ISO day is in the normalised text."""
    try:
        value = date.fromisoformat(day)
    except ValueError:
        return False
    d, m, y = value.day, value.month, value.year
    months = "|".join(
        {value.strftime("%B").lower(), value.strftime("%b").lower(), value.strftime("%b").lower() + "t"}
    )
    ordinal = r"(?:st|nd|rd|th)?"
    forms = (
        rf"(?:{months}) 0?{d}{ordinal} {y}",
        rf"\b0?{d}{ordinal} (?:of )?(?:{months}) {y}",
        rf"\b{y} 0?{m} 0?{d}(?!\d)",
        rf"\b0?{d} 0?{m} {y}",
        rf"\b0?{m} 0?{d} {y}",
    )
    return any(re.search(form, text) for form in forms)


def score_fields(pairs: list[tuple[Record, Record]], rendition: str) -> Record:
    """Headline, authors and published over English records: right of those present, precision when given."""
    scorer = scorer_module()
    press = builtin_rules().press
    found: dict[str, list[int]] = {field: [0] * 6 for field in ("headline", "authors", "published")}
    not_people = 0
    for record, predicted in pairs:
        if not record.get("english"):
            continue
        stands = present(record, rendition, scorer)
        not_people += sum(press.name(name) is not None for name in predicted["authors"])
        for field, counts in found.items():
            key, norm = scorer.FIELDS[field]
            if not norm(record.get(key)):
                continue
            given = bool(norm(predicted[field]))
            right = norm(predicted[field]) == norm(record[key])
            counts[0] += stands[field]
            counts[1] += stands[field] and right
            counts[2] += stands[field] and given
            counts[3] += given
            counts[4] += right
            counts[5] += 1
    shares = {
        field: {
            "right_of_present": round(right_present / here, 3) if here else None,
            "precision_of_present": round(right_present / given_present, 3) if given_present else None,
            "precision": round(right / given, 3) if given else None,
            "accuracy": round(right / gold, 3) if gold else None,
            "present": here,
            "given": given,
        }
        for field, (here, right_present, given_present, given, right, gold) in found.items()
    }
    return shares | {"agencies_as_authors": not_people}


def score_html() -> None:
    """The pages kept as HTML: body and fields of `clean_html`, which the trained model touches only in labels."""
    index = [
        json.loads(line) for line in (DATA / "html" / "index.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    gold = {record["id"]: record for record in read_set("fundus")}
    pairs = []
    for entry in index:
        path = DATA / "html" / Path(entry["file"]).name
        page = RawPage(gzip.decompress(path.read_bytes()), "text/html", "utf-8", entry["id"], entry["url"])
        record = gold[entry["id"]]
        pairs.append((record, prediction(record, clean_html(page, rules=builtin_rules()))))
    scorer = scorer_module()
    body = [0.0, 0.0, 0.0]
    for record, predicted in pairs:
        body = [
            x + y for x, y in zip(body, scorer.counts(predicted["body"], record["gold_body"]), strict=True)
        ]
    fields = score_fields(pairs, "text_full")
    print(json.dumps({"set": "html", "body": scorer.prf(*body), "present in text_full": fields}), flush=True)


def score_sets(names: tuple[str, ...], folds: list[LineModel], *, honest: bool) -> None:
    """Clean, score and print every set in both renditions."""
    for name in names:
        for rendition in RENDITIONS:
            pairs = clean_set(name, rendition, folds)
            scores = run_scorer(name, [predicted for _, predicted in pairs])
            line = {
                "set": name,
                "from": rendition,
                "models": "by fold" if honest else "shipped (has seen these)",
            }
            if name != "newspaper3k":
                line["present"] = score_fields(pairs, rendition)
            print(json.dumps(line | {"scorer": scores}), flush=True)


def main() -> None:
    """Read the arguments and score."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folds", type=Path, help="folder with the models of the folds")
    parser.add_argument("--sets", nargs="+", default=SETS, choices=SETS)
    options = parser.parse_args()
    score_sets(tuple(options.sets), models(options.folds), honest=options.folds is not None)
    score_html()


if __name__ == "__main__":
    main()
