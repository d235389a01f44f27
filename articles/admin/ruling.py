"""The ledger of what people decided, in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from articles import curate
from articles.admin.filters import ValuesWithUnknown
from articles.admin.read_only import LeftOut, ReadOnly
from articles.admin.refusing import each_or_refused
from articles.models import Ruling


@admin.register(Ruling)
class RulingAdmin(ReadOnly, LeftOut):
    """The ledger of what people decided."""

    left_out = ("page__compressed",)

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
    list_filter = ["verdict", "made_by_name", ("field", ValuesWithUnknown)]
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
        undone = each_or_refused(
            self, request, standing, lambda ruling: curate.undo_ruling(ruling, by=request.user)
        )
        left = queryset.count() - len(standing)
        note = f" {left} had been before." if left else ""
        self.message_user(request, f"{undone} undone.{note}")
