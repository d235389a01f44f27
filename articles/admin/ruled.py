"""Things whose history is the ledger of rulings and not Django's log of the admin."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse


class Ruled(admin.ModelAdmin):
    """Its History leads to what people ruled on a thing, whether here or elsewhere, and to taking it back."""

    # The name of the page that tells the rulings on a thing, under #history, and what its address calls the thing by.
    ledger: ClassVar[str]
    called_by: ClassVar[str] = "pk"

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        found = self.get_object(request, object_id)
        if found is None:
            return super().history_view(request, object_id, extra_context)  # which says that it is not there
        return HttpResponseRedirect(f"{reverse(self.ledger, args=[getattr(found, self.called_by)])}#history")
