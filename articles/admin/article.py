"""Articles in the admin: found, corrected, hidden and read again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from articles import curate
from articles.admin.filters import ValuesWithUnknown
from articles.admin.read_only import LeftOut, ReadOnly
from articles.admin.refusing import MayRefuse
from articles.admin.ruled import Ruled
from articles.forms import ArticleForm
from articles.models import Article, Batch, BatchItem, FieldEvidence, Status

DONE_AT_ONCE = 50  # reading takes some 0.1 s a page; more would outlast a browser's patience


class EvidenceInline(ReadOnly, admin.TabularInline):
    """What the machine found for each field, and why."""

    model = FieldEvidence
    fields = ["field", "value", "method", "confidence", "lines", "note"]
    verbose_name_plural = "What the machine found"


@admin.register(Article)
class ArticleAdmin(MayRefuse, Ruled, LeftOut):
    """Find, correct, hide and re-read articles."""

    left_out = ("body",)
    ledger = "edit_article"
    called_by = "permanent_id"

    form = ArticleForm
    list_display = [
        "headline_or_id",
        "outlet",
        "published_from",
        "published_precision",
        "status",
        "changed_at",
    ]
    list_filter = ["status", "published_precision", "outlet", ("language", ValuesWithUnknown)]
    search_fields = ["headline", "permanent_id", "page__name", "body"]
    date_hierarchy = "published_from"
    autocomplete_fields = ["outlet"]
    list_select_related = ["outlet"]
    list_per_page = 50
    readonly_fields = ["permanent_id", "page_link", "history_of_rulings"]
    inlines = [EvidenceInline]
    actions = ["publish", "hide", "show_again", "read_again"]
    fieldsets = [
        (None, {"fields": ["headline", "subtitle", "authors", "outlet", "status", "reason", "seen_version"]}),
        (
            "Dates",
            {
                "description": "For an exact day give the first alone. Leave both empty when it is unknown.",
                "fields": [
                    ("published_from", "published_to", "published_precision"),
                    ("updated_from", "updated_to", "updated_precision"),
                ],
            },
        ),
        ("Text", {"fields": ["dateline", "section", "source_credits", "language", "body"]}),
        ("Where it comes from", {"fields": ["permanent_id", "page_link", "history_of_rulings"]}),
    ]

    @admin.display(description="headline", ordering="headline")
    def headline_or_id(self, article: Article) -> str:
        return str(article)

    @admin.display(description="page as it came")
    def page_link(self, article: Article) -> str:
        url = reverse("article_raw", args=[article.permanent_id])
        return format_html('<a href="{}">{}</a>', url, article.page.name)

    @admin.display(description="rulings")
    def history_of_rulings(self, article: Article) -> str:
        url = reverse("admin:articles_ruling_changelist") + f"?page__id__exact={article.page_id}"
        return format_html('<a href="{}">{} made on this article</a>', url, article.page.rulings.count())

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # articles come from pages; `manage.py ingest` takes them

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False  # hide it instead: nothing that was taken in is lost

    def save_model(self, request: HttpRequest, obj: Article, form: ArticleForm, change: bool) -> None:
        curate.rule_fields(
            obj,
            form.changes(),
            by=request.user,
            reason=form.cleaned_data["reason"],
            seen_version=form.cleaned_data["seen_version"],
        )

    @admin.action(description="Mark as published", permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse | None:
        return self._change(request, queryset, Batch.Action.PUBLISH)

    @admin.action(description="Hide from readers", permissions=["change"])
    def hide(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse | None:
        return self._change(request, queryset, Batch.Action.HIDE)

    @admin.action(description="Show hidden articles again", permissions=["change"])
    def show_again(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse | None:
        return self._change(request, queryset.filter(status=Status.HIDDEN), Batch.Action.PUBLISH)

    @admin.action(description="Read the page again with today's rules", permissions=["change"])
    def read_again(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse | None:
        return self._change(request, queryset, Batch.Action.READ_AGAIN)

    def _change(
        self, request: HttpRequest, queryset: QuerySet[Article], action: Batch.Action
    ) -> HttpResponse | None:
        """Plan the change and carry it out: here when it is of few, else in the background, to be watched."""
        try:
            chosen = queryset.values_list("pk", flat=True)[: curate.bulk.MOST_AT_ONCE + 1]
            batch = curate.bulk.prepare(chosen, action, by=request.user, over_rulings=True)
        except ValueError as refused:
            self.message_user(request, str(refused), messages.ERROR)
            return None
        few = batch.items.count() <= DONE_AT_ONCE
        job = curate.bulk.begin(batch, by=cast("User", request.user), here=few)
        if not few:
            return HttpResponseRedirect(batch.get_absolute_url())
        curate.bulk.finish_now(job)
        told = what_became(action, batch.counts())
        link = format_html(
            ' <a href="{}">What became of each, and taking it back</a>', batch.get_absolute_url()
        )
        self.message_user(request, format_html("{}{}", told, link))
        return None


def what_became(action: Batch.Action, counts: Mapping[str, int]) -> str:
    """Say what became of the articles of a change, by state; what stood in the way is named."""
    done, same = counts[BatchItem.State.DONE], counts[BatchItem.State.SAME]
    told = {
        Batch.Action.PUBLISH: f"{done} now published; {same} were already.",
        Batch.Action.HIDE: f"{done} now hidden; {same} were already.",
        Batch.Action.READ_AGAIN: f"{done + same} read again, {done} came out otherwise. "
        "What people ruled stayed as it was.",
    }[action]
    others = [f"{counts[state]} {state.label}" for state in BatchItem.State
              if counts[state] and state not in (BatchItem.State.DONE, BatchItem.State.SAME)]  # fmt: skip
    return f"{told} Not done: {', '.join(others)}." if others else told
