"""Actors and their spellings in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from articles import curate
from articles.admin.read_only import ReadOnly
from articles.admin.refusing import MayRefuse, each_or_refused
from articles.admin.ruled import Ruled
from articles.admin.seen import SeenForm
from articles.models import Actor, Alias, Role


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
class ActorAdmin(MayRefuse, Ruled):
    """Names and spellings of actors; what is no actor is hidden."""

    form = SeenForm
    ledger = "curate_actor"
    refusals = (curate.ChangedMeanwhile, ValueError)  # a spelling that it cannot have is a ValueError
    list_display = ["name", "kind", "hidden", "authority"]
    list_filter = ["kind", "hidden"]
    search_fields = ["name", "aliases__surface"]
    fields = ["name", "kind", "hidden", "authority", "seen"]
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
        actors = queryset.filter(hidden=False, merged_into=None)
        each_or_refused(
            self, request, actors, lambda actor: curate.actors.not_an_actor(actor, by=request.user)
        )

    @admin.action(description="These are actors after all", permissions=["change"])
    def actors_again(self, request: HttpRequest, queryset: QuerySet[Actor]) -> None:
        actors = queryset.filter(hidden=True)
        each_or_refused(
            self, request, actors, lambda actor: curate.actors.an_actor_again(actor, by=request.user)
        )


@admin.register(Alias)
class AliasAdmin(ReadOnly, admin.ModelAdmin):
    """Every spelling in the archive; they are edited on their actor's page."""

    list_display = ["surface", "actor", "origin"]
    list_filter = ["origin", "actor__kind"]
    search_fields = ["surface", "actor__name"]
    list_select_related = ["actor"]
