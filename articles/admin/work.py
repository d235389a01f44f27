"""Background work in the admin: how far it is, and what the index has not seen yet."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest

from articles.admin.read_only import ReadOnly
from articles.models import Batch, Job, PendingIndex
from articles.models.batch import name_shelves


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


@admin.register(Batch)
class BatchAdmin(ReadOnly, admin.ModelAdmin):
    """Changes of many articles at once; "view on site" tells of each article, and takes one back.

    They stay until an administrator clears them.
    """

    list_display = ["__str__", "made_by_name", "made_at", "reason", "job", "undo_job"]
    fields = [
        "action",
        "to_what",
        "reason",
        "over_rulings",
        "query",
        "made_by_name",
        "made_at",
        "job",
        "undo_job",
    ]
    list_filter = ["action", "made_by_name"]
    search_fields = ["value", "reason", "made_by_name"]
    date_hierarchy = "made_at"
    list_select_related = ["job", "undo_job"]

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """Have each change call its tag or collection as that is called now."""
        changes = super().get_changelist_instance(request)
        name_shelves(changes.result_list)
        return changes

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Batch | None:
        """Return a change that calls its shelf likewise."""
        found = super().get_object(request, object_id, from_field)
        name_shelves([found] if found else [])
        return found

    @admin.display(description="to what")
    def to_what(self, batch: Batch) -> str:
        return batch.called

    def has_delete_permission(self, request: HttpRequest, obj: Batch | None = None) -> bool:
        """Administrators clear old ones: the rulings stay, but are no longer taken back together."""
        return request.user.has_perm("auth.change_user") and (obj is None or obj.over)
