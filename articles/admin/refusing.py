"""Forms and actions of the admin that may be refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, TypeVar

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from articles import curate

T = TypeVar("T")


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


def each_or_refused(
    admin_of_them: admin.ModelAdmin, request: HttpRequest, things: Iterable[T], do: Callable[[T], object]
) -> int:
    """Do something to each thing, tell what was refused and why, and return how many were done."""
    done = 0
    for thing in things:
        try:
            do(thing)
        except (curate.ChangedMeanwhile, ValueError) as refused:
            admin_of_them.message_user(request, str(refused), messages.ERROR)
        else:
            done += 1
    return done
