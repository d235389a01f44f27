"""Things whose history is the ledger of rulings and not Django's log of the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect


class Ruled(admin.ModelAdmin):
    """Its History leads to what people ruled on a thing, whether here or elsewhere, and to taking it back."""

    def ledger_of(self, obj: Any) -> str:
        """Return the address of the page that tells the rulings on a thing, under #history."""
        raise NotImplementedError

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Lead to the ledger."""
        found = self.get_object(request, object_id)
        if found is None:
            return super().history_view(request, object_id, extra_context)  # which says that it is not there
        return HttpResponseRedirect(f"{self.ledger_of(found)}#history")
