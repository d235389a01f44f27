"""Tags and collections in the admin: their names and what they are about. Articles are put on them elsewhere."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from articles import curate
from articles.admin.read_only import LeftOut, ReadOnly
from articles.admin.seen import SeenForm
from articles.models import Collection, CollectionEntry, Note, Tag


class ShelfForm(SeenForm):
    """The name and description of a shelf."""

    def clean_name(self) -> str:
        """Refuse a name that the shelf cannot have, with the cure."""
        try:
            return curate.shelves.fitting_name(self.instance, self.cleaned_data["name"])
        except ValueError as refused:
            raise ValidationError(str(refused)) from refused


class ShelfAdmin(admin.ModelAdmin):
    """What tags and collections share; one that holds articles is not deleted."""

    form = ShelfForm
    search_fields = ["name", "description"]
    date_hierarchy = "made_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        shelves: Any = super().get_queryset(request)
        counted: QuerySet[Any] = shelves.with_article_counts()
        return counted

    @admin.display(description="articles", ordering="article_count")
    def articles(self, shelf: Any) -> int:
        return int(shelf.article_count)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # they begin on the pages of the archive, which give them their address

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and obj is not None and not obj.pages.exists()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        stored = type(obj).objects.get(pk=obj.pk)
        curate.shelves.rename(stored, name=obj.name, description=obj.description)


@admin.register(Tag)
class TagAdmin(ShelfAdmin):
    """The curators' own words for what articles are about."""

    list_display = ["name", "slug", "articles", "made_at"]
    fields = ["name", "description", "seen"]


class EntryInline(ReadOnly, admin.TabularInline):
    """The articles of a collection, in its order."""

    model = CollectionEntry
    fields = ["place", "page", "remark"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Fetch the pages' names with the entries, without the pages' bytes."""
        entries: QuerySet[Any] = super().get_queryset(request)
        return entries.select_related("page").defer("page__compressed")


@admin.register(Collection)
class CollectionAdmin(ShelfAdmin):
    """Reading lists."""

    list_display = ["name", "owner_name", "articles", "made_at"]
    list_filter = ["owner_name"]
    fields = ["name", "description", "seen"]
    inlines = [EntryInline]


@admin.register(Note)
class NoteAdmin(ReadOnly, LeftOut):
    """Notes on articles with their earlier wordings; they are written beside the article."""

    left_out = ("page__compressed",)

    list_display = ["__str__", "page", "made_by_name", "made_at", "removed_at"]
    list_filter = ["made_by_name"]
    search_fields = ["text", "page__name"]
    date_hierarchy = "made_at"
    list_select_related = ["page"]
