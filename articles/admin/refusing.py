"""Forms of the admin whose saving may be refused."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from articles import curate


class MayRefuse(admin.ModelAdmin):
    """A form that saves through `articles.curate`: what that refuses is told, and the form shown as things are now."""

    refusals: ClassVar[tuple[type[Exception], ...]] = (curate.ChangedMeanwhile,)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except self.refusals as refused:
            self.message_user(request, str(refused), messages.ERROR)
            return HttpResponseRedirect(request.path)
