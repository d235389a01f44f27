"""Pages in the admin: as they came, refused, uploaded."""

from __future__ import annotations

from django.contrib import admin

from articles.admin.read_only import LeftOut, ReadOnly
from articles.models import RefusedPage, StoredPage, Upload, UploadedFile


@admin.register(StoredPage)
class StoredPageAdmin(ReadOnly, LeftOut):
    """The pages as they came."""

    left_out = ("compressed",)

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
