"""Rulings on lines: what is the article on an outlet's pages, and what never is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from django.db import transaction

from articles.capture import RawPage
from articles.clean import OutletRules, clean_page
from articles.clean.article import CleanArticle
from articles.clean.line_marks import phrase_of
from articles.clean.outlet_phrases import phrase_key, unescaped
from articles.curate.articles import ChangedMeanwhile, Person
from articles.ingest.jobs import new_job, start_runner
from articles.ingest.page_lines import holds_line, line_at
from articles.ingest.reading import with_ruled_texts
from articles.ingest.reclean import Selection, reclean_article
from articles.ingest.rules import LISTS, archive_rules, marks_of, rulings_on, settled
from articles.ingest.stories import take_turns
from articles.models import Article, DisputedLine, Job, Outlet, Ruling
from articles.models.ruling import RulingQuerySet, Verdict
from articles.search.pending import schedule

LineLabel = Literal["chrome", "body"]

# What a preview looks at while a person waits, the newest articles first: some 0.3 ms to see whether a page
# has the line, 10 ms to clean it twice. The job that follows looks at all.
PAGES_LOOKED_AT = 2000
PAGES_CLEANED = 150
# Fields that a preview names when they would change, besides the body.
COMPARED = (
    "headline",
    "subtitle",
    "authors",
    "published",
    "updated",
    "dateline",
    "section",
    "source_credits",
)
# Characters of a paragraph that a preview shows.
LONGEST_SHOWN = 300


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """How one article would come out otherwise: words of its body, and the first paragraph that differs.

    A paragraph is empty where one side has none there; `fields` names other fields that would change.
    """

    article: Article
    words_before: int
    words_after: int
    paragraph_before: str
    paragraph_after: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinePreview:
    """What a mark would do to an outlet's other articles.

    Of `total` articles `looked_at` were looked at and `holding` have the line; `changes` are those that
    would come out otherwise.
    """

    line: str
    label: LineLabel
    total: int
    looked_at: int
    holding: int
    changes: tuple[ArticleChange, ...]

    @property
    def whole(self) -> bool:
        """True when every article was looked at."""
        return self.looked_at == self.total


def line_on(article: Article, line_number: int) -> str:
    """Return the phrase that a mark on this line would store.

    Raises ValueError when there is no such line, or none that can be told from others.
    """
    return phrase_of(line_at(article.page.as_raw_page(), line_number))


def shown(phrase: str) -> str:
    """Return a stored phrase as the page has it, but for its figures."""
    return unescaped(phrase)


def mark_line(
    article: Article, *, line_number: int, label: LineLabel, by: Person, reason: str = ""
) -> Ruling:
    """Rule what a line is: for the article's outlet when it is known, else for this page alone.

    The ruling, the outlet's rule and the job that re-cleans the other articles are one transaction; this
    article is read again at once, the others in the background (`job_of`). Later pages follow the rule.
    The same mark again gives the ruling that stands. Raises ValueError as `line_on` does, or for a label
    that is no label.
    """
    if label not in LISTS:
        raise ValueError(f"A line is marked as chrome or body, not as {label}.")
    phrase = line_on(article, line_number)
    with transaction.atomic():
        outlet = _locked(article.outlet_id)
        last = _last_ruling(phrase, outlet, article)
        if last is not None and last.said["label"] == label:
            return last
        ruling = Ruling.objects.create(
            verdict=Verdict.LINE,
            field="line",
            page=article.page,
            left=outlet.name if outlet else "",
            value={
                "line": phrase,
                "label": label,
                "number": line_number,
                "outlet": outlet.pk if outlet else None,
            },
            before=_label_now(phrase, outlet, article),
            reason=reason,
            made_by=by if by.is_authenticated else None,
            made_by_name=str(by),
        )
        _settle(outlet)
        apply(ruling, by=by)
    _read_again(article)
    return ruling


def settle_disputed(
    number: int, *, label: LineLabel, by: Person, reason: str = ""
) -> tuple[DisputedLine, Ruling]:
    """Rule what a line is that a rule and the model disagree on; the same line of the outlet waits no more.

    Raises ChangedMeanwhile when somebody ruled on it, or its page was read anew, before; ValueError as `mark_line`.
    """
    with transaction.atomic():
        take_turns()  # before rows are locked: who reads the article anew waits for them, and has the turn
        line = (
            DisputedLine.objects.select_related("article__outlet", "article__page").filter(pk=number).first()
        )
        # Of two at once the second one waits here, and finds nothing left to delete.
        alike = DisputedLine.objects.alike(line) if line is not None else DisputedLine.objects.none()
        if line is None or not DisputedLine.objects.filter(pk=number).delete()[0]:
            raise ChangedMeanwhile(
                "Somebody said what this line is, or its page was read anew, while you looked. Nothing of yours was "
                "saved, and there is nothing left to do."
            )
        alike.delete()
        ruling = mark_line(line.article, line_number=line.number, label=label, by=by, reason=reason)
    return line, ruling


def apply(ruling: Ruling, *, by: Person) -> Job:
    """Note the job that re-cleans whatever has a ruling's line, and start it when this is committed."""
    phrase = ruling.said["line"]
    outlet = Outlet.objects.filter(pk=ruling.said["outlet"]).first()
    alone = 0 if outlet or ruling.page is None else ruling.page.article.pk
    selection = Selection(outlet=outlet.slug if outlet else "", line=phrase, article=alone)
    job = new_job(Job.Kind.LINE, selection, asked_by=by)
    job.arguments["ruling"] = ruling.pk
    job.save(update_fields=["arguments"])
    start_runner()
    return job


def undo_line(ruling: Ruling, *, by: Person) -> Job | None:
    """Take a mark back: what was ruled or imported before it holds again.

    Return the job that restores the other articles. Undoing a ruling twice changes nothing, and gives None.
    """
    if ruling.verdict != Verdict.LINE:
        raise ValueError("Only rulings on lines are undone here.")
    with transaction.atomic():
        outlet = _locked(ruling.said["outlet"])
        if not Ruling.objects.take_back(ruling, by=by):
            return None
        _settle(outlet)
        job = apply(ruling, by=by)
    if ruling.page is not None and hasattr(ruling.page, "article"):
        _read_again(ruling.page.article)
    return job


def jobs_of(ruling: Ruling) -> list[Job]:
    """Return the jobs that a ruling led to, the newest first."""
    return list(Job.objects.filter(kind=Job.Kind.LINE, arguments__ruling=ruling.pk))


def preview(
    outlet: Outlet | None, line: str, label: LineLabel, *, besides: Article | None = None
) -> LinePreview:
    """Tell which other articles of an outlet a mark on this line would change, and how. Nothing is written.

    `line` is a phrase as `line_on` gives it; `besides` is the article whose page is open.
    """
    if outlet is None:
        return LinePreview(line, label, 0, 0, 0, ())
    articles = outlet.articles.select_related("page").order_by("-pk")
    if besides is not None:
        articles = articles.exclude(pk=besides.pk)
    before = archive_rules()
    after = before.with_marks(marks_of(outlet.name, _rules_with(outlet, line, label)))
    looked_at = holding = 0
    changes = []
    for article in articles[:PAGES_LOOKED_AT].iterator(chunk_size=50):
        if holding == PAGES_CLEANED:
            break
        looked_at += 1
        page = article.page.as_raw_page()
        if not holds_line(page, line):
            continue
        holding += 1
        change = _change(article, _clean(page, before), _clean(page, after))
        if change:
            changes.append(change)
    return LinePreview(line, label, articles.count(), looked_at, holding, tuple(changes))


def _clean(page: RawPage, rules: OutletRules) -> CleanArticle:
    """Clean a page with these rules and with what people ruled about it."""
    standing = rulings_on(page.sha256, rules=rules)
    return with_ruled_texts(clean_page(page, rules=standing.rules), standing.texts)


def _change(article: Article, before: CleanArticle, after: CleanArticle) -> ArticleChange | None:
    fields = tuple(name for name in COMPARED if getattr(before, name).value != getattr(after, name).value)
    if before.body == after.body and not fields:
        return None
    olds, news = before.body.split("\n\n"), after.body.split("\n\n")
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(olds, news, strict=False))
    at = sum(1 for _ in alike)
    return ArticleChange(
        article=article,
        words_before=len(before.body.split()),
        words_after=len(after.body.split()),
        paragraph_before=_shown(olds, at),
        paragraph_after=_shown(news, at),
        fields=fields,
    )


def _shown(paragraphs: list[str], at: int) -> str:
    text = paragraphs[at] if at < len(paragraphs) else ""
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN].rstrip()}…"


def _read_again(article: Article) -> None:
    reclean_article(article)
    schedule()


def _locked(outlet_id: int | None) -> Outlet | None:
    """Return the outlet with its row locked: two marks at once must not each settle without the other."""
    return Outlet.objects.select_for_update().filter(pk=outlet_id).first() if outlet_id else None


def _last_ruling(phrase: str, outlet: Outlet | None, article: Article) -> Ruling | None:
    """Return the standing ruling on the same line, the last one when there are several."""
    key = phrase_key(phrase)
    like = [ruling for ruling in _line_rulings(outlet, article) if phrase_key(ruling.said["line"]) == key]
    return like[-1] if like else None


def _line_rulings(outlet: Outlet | None, article: Article) -> RulingQuerySet:
    """Return the standing rulings on lines of the outlet, or of the article's page when it has none."""
    return Ruling.objects.on_lines_for(outlet) if outlet else Ruling.objects.on_lines_of(article.page)


def _rules_with(outlet: Outlet, line: str, label: LineLabel) -> dict[str, list[str]]:
    """Return an outlet's lists of whole lines as they would be after a mark."""
    key = phrase_key(line)
    lists = {
        name: [phrase for phrase in outlet.rules.get(name, ()) if phrase_key(phrase) != key]
        for name in LISTS.values()
    }
    lists[LISTS[label]].append(line)
    return lists


def _settle(outlet: Outlet | None) -> None:
    """Work out an outlet's rules anew from what was imported and what rulings stand."""
    if outlet is not None:
        imported = outlet.rules.get("imported", {})
        lists = settled(Ruling.objects.on_lines_for(outlet), imported=imported)
        outlet.set_rules({**lists, "imported": imported})


def _label_now(phrase: str, outlet: Outlet | None, article: Article) -> LineLabel | None:
    """Return what rulings and imported rules say of a line now; None when they say nothing."""
    lists = outlet.rules if outlet else settled(Ruling.objects.on_lines_of(article.page))
    key = phrase_key(phrase)
    for label, name in LISTS.items():
        if key in {phrase_key(known) for known in lists.get(name, ())}:
            return label  # type: ignore[return-value]  # the keys of LISTS are the labels
    return None
