"""The admin while others work: an older form is refused, one refusal stops no action, lists call things as they are."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import curate
from articles.curate import bulk
from articles.models import Actor, Batch, Outlet, Tag
from tests.curate.test_admin import save_outlet
from tests.factories import make_actor, make_article

pytestmark = pytest.mark.django_db
TOLD = "Somebody changed this while you had it open"


def form_of(client: Client, thing: Model) -> tuple[str, dict[str, Any]]:
    """Return the address of a thing's form and what it holds, as a browser would post it."""
    address = reverse(f"admin:articles_{thing._meta.model_name}_change", args=[thing.pk])
    context = client.get(address).context
    form = context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    for formset in context["inline_admin_formsets"]:
        values |= {f"{formset.formset.prefix}-{key}": 0 for key in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return address, {
        name: value for name, value in values.items() if value is not None and value is not False
    }


def test_an_older_form_of_an_actor_takes_no_name_back(client: Client, curator: User) -> None:
    actor = make_actor("Osanna Brekk")
    address, values = form_of(client, actor)
    curate.actors.rename(actor, "Osanna Brekk-Vell", by=curator)
    assert TOLD in client.post(address, values | {"kind": "organisation"}).text
    assert (Actor.objects.get().name, Actor.objects.get().kind) == ("Osanna Brekk-Vell", "person")
    address, values = form_of(client, actor)
    assert client.post(address, values | {"kind": "organisation"}).status_code == 302
    assert (Actor.objects.get().name, Actor.objects.get().kind) == ("Osanna Brekk-Vell", "organisation")


@pytest.mark.usefixtures("curator")
def test_an_older_form_of_a_tag_takes_no_name_back(client: Client) -> None:
    address, values = form_of(client, Tag.objects.named("Ceasefire"))
    curate.shelves.rename(Tag.objects.get(), name="Truce", description="")
    assert TOLD in client.post(address, values | {"description": "Its end too."}).text
    assert (Tag.objects.get().name, Tag.objects.get().description) == ("Truce", "")


@pytest.mark.usefixtures("curator")
def test_an_older_form_of_an_outlet_is_refused_and_what_was_learnt_is_no_part_of_it(client: Client) -> None:
    outlet = Outlet.objects.named("The Meridian Post")
    _, values = form_of(client, outlet)
    Outlet.objects.get().set_rules({"chrome": ["Most read"]})
    assert save_outlet(client, outlet, country="VS", seen=values["seen"]).status_code == 302
    assert Outlet.objects.get().rules == {"chrome": ["Most read"]}
    assert TOLD in save_outlet(client, outlet, language="en", seen=values["seen"]).text
    assert Outlet.objects.get().country == "VS"


def test_one_actor_that_cannot_be_ruled_on_stops_no_action(
    client: Client, curator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, merged, whole, last = (make_actor(name) for name in ("Brekk", "Ossana Breck", "Osanna Brekk", "Tes"))
    turns, quicker = curate.actors.take_turns, [merged]

    def somebody_is_quicker() -> None:
        turns()
        if quicker:
            curate.actors.merge(quicker.pop(), whole, by=curator)

    monkeypatch.setattr(curate.actors, "take_turns", somebody_is_quicker)
    data = {"action": "not_actors", "_selected_action": [one.pk, merged.pk, last.pk]}
    page = client.post(reverse("admin:articles_actor_changelist"), data, follow=True).text
    assert "Others ruled on Ossana Breck while you had the page open" in page
    assert set(Actor.objects.filter(hidden=True)) == {one, last}


@pytest.mark.usefixtures("curator")
def test_the_list_of_changes_calls_a_renamed_tag_as_it_is_called_now(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    article, lena = make_article(), User.objects.get()
    for name in ("Ceasefire", "Harbour"):
        tag = Tag.objects.named(name)
        curate.shelves.rename(tag, name=f"{name} of old", description="")
        batch = bulk.prepare([article.pk], Batch.Action.TAG, value=f"{name} of old", by=lena)
        bulk.finish_now(bulk.begin(batch, by=lena, here=True))
    address = reverse("admin:articles_batch_changelist")
    client.get(address)
    with django_assert_max_num_queries(14):
        page = client.get(address).text
    assert "Put under a tag: Ceasefire of old" in page
    assert "Put under a tag: Harbour of old" in page
    one = reverse("admin:articles_batch_change", args=[batch.pk])
    assert "Put under a tag: Harbour of old" in client.get(one).text


def test_whoever_may_only_look_opens_every_form(client: Client) -> None:
    things = [make_article(), make_actor(), Outlet.objects.named("Karrin Daily"), Tag.objects.named("Truce")]
    user = User.objects.create_user("visitor", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(user)
    for thing in things:
        address = reverse(f"admin:articles_{thing._meta.model_name}_change", args=[thing.pk])
        assert client.get(address).status_code == 200


def test_a_long_collection_asks_no_more_than_a_short_one(client: Client, curator: User) -> None:
    reading = curate.shelves.begin_collection("The harbour years", by=curator)
    address = reverse("admin:articles_collection_change", args=[reading.pk])
    asked = []
    for _ in range(2):
        for _ in range(3):
            curate.shelves.put(make_article().page, reading, on=True, by=curator)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        asked.append(len(queries))
        assert not [each["sql"] for each in queries if '"compressed"' in each["sql"]]
    assert asked[0] == asked[1]
