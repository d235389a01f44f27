"""Outlets in the admin, with their history."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from articles.admin.filters import ValuesWithUnknown
from articles.admin.seen import SeenForm
from articles.forms import LinesField
from articles.ingest.jobs import new_job, start_runner
from articles.ingest.reclean import Selection
from articles.models import Job, Outlet, PendingIndex
from articles.search.pending import schedule


class OutletForm(SeenForm):
    """An outlet, with the addresses of its site one a line."""

    domains = LinesField(
        label="Addresses of its site", required=False, help_text="Host names, one a line: post.example"
    )


@admin.register(Outlet)
class OutletAdmin(SimpleHistoryAdmin):
    """Names, domains and languages of outlets. No ruling covers them: who changed what is in their history."""

    list_display = ["name", "country", "language"]
    list_filter = [("country", ValuesWithUnknown), ("language", ValuesWithUnknown)]
    actions = ["read_again"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["rules"]  # learnt from lines that curators mark on a page as it came
    form = OutletForm
    fields = ["name", "slug", "domains", "country", "language", "rules", "seen"]

    def save_model(self, request: HttpRequest, obj: Outlet, form: Any, change: bool) -> None:
        if change:  # what was learnt since the outlet was fetched for this form
            obj.refresh_from_db(fields=["rules", "rules_stamp"])
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
