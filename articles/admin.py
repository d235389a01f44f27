"""Django's admin for curators. It only calls `articles.curate`, so that every correction is a ruling."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from simple_history.admin import SimpleHistoryAdmin

from articles import curate
from articles.forms import ArticleForm
from articles.ingest import reread
from articles.ingest.jobs import new_job, start_runner
from articles.ingest.reclean import Selection
from articles.models import (
    Actor,
    Alias,
    Article,
    FieldEvidence,
    Job,
    Outlet,
    PendingIndex,
    RefusedPage,
    Role,
    Ruling,
    Status,
    StoredPage,
    Upload,
    UploadedFile,
)
from articles.models.ruling import ON_ARTICLES, Verdict
from articles.search.pending import schedule

admin.site.site_header = "Dateline curation"
admin.site.site_title = "Dateline"
admin.site.index_title = "The archive"

PAGES_READ_AT_ONCE = 50  # reading takes some 0.1 s a page; more would outlast a browser's patience


class ReadOnly:
    """What the machine or the ledger wrote: shown, never edited, never deleted."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class EvidenceInline(ReadOnly, admin.TabularInline):
    """What the machine found for each field, and why."""

    model = FieldEvidence
    fields = ["field", "value", "method", "confidence", "lines", "note"]
    verbose_name_plural = "What the machine found"


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    """Find, correct, hide and re-read articles."""

    form = ArticleForm
    list_display = [
        "headline_or_id",
        "outlet",
        "published_from",
        "published_precision",
        "status",
        "changed_at",
    ]
    list_filter = ["status", "published_precision", "outlet", "language"]
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

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except curate.ChangedMeanwhile as changed:
            self.message_user(request, str(changed), messages.ERROR)
            return HttpResponseRedirect(request.path)

    def save_model(self, request: HttpRequest, obj: Article, form: ArticleForm, change: bool) -> None:
        curate.rule_fields(
            obj,
            form.changes(),
            by=request.user,
            reason=form.cleaned_data["reason"],
            seen_version=form.cleaned_data["seen_version"],
        )

    @admin.action(description="Mark as published", permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self._set_status(request, queryset, Status.PUBLISHED)

    @admin.action(description="Hide from readers", permissions=["change"])
    def hide(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self._set_status(request, queryset, Status.HIDDEN)

    @admin.action(description="Show hidden articles again", permissions=["change"])
    def show_again(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self._set_status(request, queryset.filter(status=Status.HIDDEN), Status.PUBLISHED)

    @admin.action(description="Read the page again with today's rules", permissions=["change"])
    def read_again(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        if queryset.count() > PAGES_READ_AT_ONCE:
            self.message_user(request, f"Choose {PAGES_READ_AT_ONCE} articles at most.", messages.ERROR)
            return
        articles = list(queryset.select_related("page"))
        for article in articles:
            reread(article)
        schedule()
        self.message_user(request, f"{len(articles)} read again. What people ruled stayed as it was.")

    def _set_status(self, request: HttpRequest, queryset: QuerySet[Article], status: Status) -> None:
        articles = list(queryset.select_related("page"))
        changed = sum(
            bool(curate.rule_fields(article, {"status": status.value}, by=request.user))
            for article in articles
        )
        self.message_user(request, f"{changed} now {status.label}; {len(articles) - changed} were already.")


@admin.register(Outlet)
class OutletAdmin(SimpleHistoryAdmin):
    """Names, domains and languages of outlets. No ruling covers them: who changed what is in their history."""

    list_display = ["name", "country", "language"]
    list_filter = ["country", "language"]
    actions = ["read_again"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["rules"]  # learnt from lines that curators mark on a page as it came

    def save_model(self, request: HttpRequest, obj: Outlet, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        PendingIndex.objects.queue(obj.articles.values_list("pk", flat=True))  # its name is searched
        schedule()

    @admin.action(description="Read all their pages again with today's rules", permissions=["change"])
    def read_again(self, request: HttpRequest, queryset: QuerySet[Outlet]) -> None:
        jobs = [
            new_job(Job.Kind.RECLEAN, Selection(outlet=outlet.slug), asked_by=request.user)
            for outlet in queryset
        ]
        start_runner()
        pages = sum(job.total for job in jobs)
        self.message_user(
            request, f"Pages read again in the background: {pages}. Background jobs tell how far it is."
        )

    def has_delete_permission(self, request: HttpRequest, obj: Outlet | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.articles.exists())


class AliasInline(admin.TabularInline):
    """The spellings of an actor. One that is added here is a curator's."""

    model = Alias
    extra = 1
    fields = ["surface", "origin"]
    readonly_fields = ["origin"]


class RoleInline(ReadOnly, admin.TabularInline):
    """The offices of an actor, as authority files and articles give them."""

    model = Role
    fk_name = "actor"
    fields = ["phrase", "held_from", "held_from_precision", "held_to", "held_to_precision", "origin"]


@admin.register(Actor)
class ActorAdmin(admin.ModelAdmin):
    """Names and spellings of actors; what is no actor is hidden."""

    list_display = ["name", "kind", "hidden", "authority"]
    list_filter = ["kind", "hidden"]
    search_fields = ["name", "aliases__surface"]
    fields = ["name", "kind", "hidden", "authority"]
    readonly_fields = ["authority"]
    inlines = [AliasInline, RoleInline]
    actions = ["not_actors", "actors_again"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # actors come from articles and authority files

    def has_delete_permission(self, request: HttpRequest, obj: Actor | None = None) -> bool:
        return False  # rule that it is no actor instead

    def save_model(self, request: HttpRequest, obj: Actor, form: Any, change: bool) -> None:
        stored = Actor.objects.get(pk=obj.pk)
        if obj.name != stored.name:
            curate.actors.rename(stored, obj.name, by=request.user)
        if obj.kind != stored.kind:
            curate.actors.set_kind(stored, obj.kind, by=request.user)
        if obj.hidden and not stored.hidden:
            curate.actors.not_an_actor(stored, by=request.user)
        elif stored.hidden and not obj.hidden:
            curate.actors.an_actor_again(stored, by=request.user)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (curate.ChangedMeanwhile, ValueError) as refused:
            self.message_user(request, str(refused), messages.ERROR)
            return HttpResponseRedirect(request.path)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is not Alias:
            super().save_formset(request, form, formset, change)
            return
        formset.save(commit=False)
        for alias in [*formset.new_objects, *(changed for changed, _ in formset.changed_objects)]:
            curate.actors.add_alias(alias.actor, alias.surface, by=request.user)
        for alias in formset.deleted_objects:
            curate.actors.remove_alias(alias, by=request.user)

    @admin.action(description="These are no actors", permissions=["change"])
    def not_actors(self, request: HttpRequest, queryset: QuerySet[Actor]) -> None:
        for actor in queryset.filter(hidden=False, merged_into=None):
            curate.actors.not_an_actor(actor, by=request.user)

    @admin.action(description="These are actors after all", permissions=["change"])
    def actors_again(self, request: HttpRequest, queryset: QuerySet[Actor]) -> None:
        for actor in queryset.filter(hidden=True):
            curate.actors.an_actor_again(actor, by=request.user)


@admin.register(Alias)
class AliasAdmin(ReadOnly, admin.ModelAdmin):
    """Every spelling in the archive; they are edited on their actor's page."""

    list_display = ["surface", "actor", "origin"]
    list_filter = ["origin", "actor__kind"]
    search_fields = ["surface", "actor__name"]
    list_select_related = ["actor"]


@admin.register(StoredPage)
class StoredPageAdmin(ReadOnly, admin.ModelAdmin):
    """The pages as they came."""

    list_display = ["name", "media_type", "charset", "size", "received_at"]
    list_filter = ["media_type", "charset"]
    search_fields = ["name", "url", "sha256"]
    date_hierarchy = "received_at"


@admin.register(RefusedPage)
class RefusedPageAdmin(ReadOnly, admin.ModelAdmin):
    """Pages that were not taken, and why."""

    list_display = ["name", "reason", "cure", "refused_at"]
    search_fields = ["name", "reason"]
    date_hierarchy = "refused_at"


class UploadedFileInline(ReadOnly, admin.TabularInline):
    """What the person's machine called the files."""

    model = UploadedFile
    fields = ["name", "size"]


@admin.register(Upload)
class UploadAdmin(ReadOnly, admin.ModelAdmin):
    """What people brought through the browser; "view on site" tells of each page."""

    list_display = ["__str__", "made_by_name", "made_at", "job"]
    list_filter = ["job__state", "made_by_name"]
    search_fields = ["made_by_name", "files__name"]
    date_hierarchy = "made_at"
    list_select_related = ["job"]
    fields = ["made_by_name", "made_at", "job"]
    inlines = [UploadedFileInline]


@admin.register(Ruling)
class RulingAdmin(ReadOnly, admin.ModelAdmin):
    """The ledger of what people decided."""

    list_display = [
        "sentence",
        "verdict",
        "page",
        "made_by_name",
        "made_at",
        "reason",
        "undone_at",
        "undone_by_name",
    ]
    list_filter = ["verdict", "made_by_name", "field"]
    search_fields = ["page__name", "left", "right", "reason"]
    date_hierarchy = "made_at"
    list_select_related = ["page"]
    actions = ["undo"]

    def has_undo_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("articles.change_ruling"))

    @admin.display(description="ruling")
    def sentence(self, ruling: Ruling) -> str:
        return str(ruling)

    @admin.action(description="Undo these rulings", permissions=["undo"])
    def undo(self, request: HttpRequest, queryset: QuerySet[Ruling]) -> None:
        standing = list(queryset.filter(undone_at=None).select_related("page"))
        for ruling in standing:
            _undo(ruling, by=request.user)
        left = queryset.count() - len(standing)
        note = f" {left} had been before." if left else ""
        self.message_user(request, f"{len(standing)} undone.{note}")


def _undo(ruling: Ruling, *, by: Any) -> None:
    """Take a ruling back, whatever it is about."""
    if ruling.verdict == Verdict.FIELD:
        curate.undo(ruling, by=by)
    elif ruling.verdict == Verdict.LINE:
        curate.undo_line(ruling, by=by)
    elif ruling.kind == ON_ARTICLES:
        curate.undo_separation(ruling, by=by)
    else:
        curate.actors.undo(ruling, by=by)


@admin.register(Job)
class JobAdmin(ReadOnly, admin.ModelAdmin):
    """Work in the background: how far it is, and what became of it."""

    list_display = ["kind", "state", "total", "done", "changed", "failed", "asked_at"]
    list_filter = ["kind", "state"]
    date_hierarchy = "asked_at"


@admin.register(PendingIndex)
class PendingIndexAdmin(ReadOnly, admin.ModelAdmin):
    """Changes that the search index has not seen yet; `manage.py sync_index` clears them."""

    list_display = ["article_id", "queued_at"]
