"""The admin, as a curator meets it: every correction goes through `articles.curate`."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import curate
from articles.accounts import Role, group_of
from articles.admin.article import what_became
from articles.capture import RawPage, page_from_bytes
from articles.ingest import ArchiveDirectory, beside, ingest_page
from articles.ingest.jobs import run_waiting
from articles.models import Actor, Alias, Article, Batch, BatchItem, Job, Outlet, RefusedPage, Ruling, Tag
from tests.curate.test_articles import PAGE
from tests.factories import make_actor

pytestmark = pytest.mark.django_db
LISTS = [
    "article",
    "outlet",
    "actor",
    "alias",
    "storedpage",
    "refusedpage",
    "ruling",
    "pendingindex",
    "job",
    "upload",
    "tag",
    "collection",
    "note",
    "batch",
]


@pytest.fixture
def article() -> Article:
    page = page_from_bytes(PAGE.encode(), name="harbour.txt", media_type="text/plain")
    assert isinstance(page, RawPage)
    return Article.objects.get(pk=ingest_page(page, ArchiveDirectory()).article_id)


def form_values(client: Client, article: Article) -> dict[str, Any]:
    """Return what the article's form holds, as a browser would post it."""
    response = client.get(reverse("admin:articles_article_change", args=[article.pk]))
    form = response.context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    for formset in response.context["inline_admin_formsets"]:
        values |= {f"{formset.formset.prefix}-{key}": 0 for key in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return {
        name: "\n".join(value) if isinstance(value, list) else ("" if value is None else value)
        for name, value in values.items()
    }


def save(client: Client, article: Article, **changes: Any) -> Any:
    values = form_values(client, article) | changes
    return client.post(reverse("admin:articles_article_change", args=[article.pk]), values)


@pytest.mark.parametrize("model", LISTS)
@pytest.mark.usefixtures("curator", "article")
def test_every_list_opens_and_searches(client: Client, model: str) -> None:
    RefusedPage.objects.create(name="x.txt", reason="The page is empty.", cure="Fetch it again.")
    url = reverse(f"admin:articles_{model}_changelist")
    assert client.get(url).status_code == 200
    if model not in {"pendingindex", "job"}:
        assert client.get(url, {"q": "harbour"}).status_code == 200


@pytest.mark.usefixtures("curator", "article")
@pytest.mark.parametrize("model", LISTS)
def test_every_filter_of_a_list_and_its_days_can_be_followed(client: Client, model: str) -> None:
    url = reverse(f"admin:articles_{model}_changelist")
    changes = client.get(url).context["cl"]
    for spec in changes.filter_specs:
        for choice in spec.choices(changes):
            if "query_string" in choice:
                assert client.get(url + choice["query_string"]).status_code == 200, choice
    if changes.date_hierarchy:
        assert client.get(url, {f"{changes.date_hierarchy}__year": 2012}).status_code == 200


@pytest.mark.usefixtures("curator")
def test_an_outlet_is_found_while_one_types(client: Client, article: Article) -> None:
    Outlet.objects.named("Karrin Daily")
    asked = {"term": "karr", "app_label": "articles", "model_name": "article", "field_name": "outlet"}
    found = client.get(reverse("admin:autocomplete"), asked).json()
    assert [each["text"] for each in found["results"]] == ["Karrin Daily"]
    form = client.get(reverse("admin:articles_article_change", args=[article.pk]))
    assert "admin-autocomplete" in form.text


@pytest.mark.usefixtures("curator")
def test_saving_rules_only_on_what_changed(client: Client, article: Article) -> None:
    response = save(client, article, dateline="Port Aldis", reason="stands in the caption")
    assert response.status_code == 302, response.context["adminform"].form.errors
    [ruling] = Ruling.objects.all()
    assert (ruling.field, ruling.value, ruling.before, ruling.made_by_name, ruling.reason) == (
        "dateline",
        "Port Aldis",
        None,
        "lena",
        "stands in the caption",
    )
    assert Article.objects.get().dateline == "Port Aldis"


@pytest.mark.usefixtures("curator")
def test_saving_an_untouched_form_rules_nothing(client: Client, article: Article) -> None:
    assert save(client, article).status_code == 302
    assert not Ruling.objects.exists()
    assert Article.objects.get().version == article.version


@pytest.mark.usefixtures("curator")
def test_an_exact_day_is_given_once(client: Client, article: Article) -> None:
    response = save(client, article, published_from="2012-05-15", published_to="")
    assert response.status_code == 302, response.context["adminform"].form.errors
    ruling = Ruling.objects.get()
    assert ruling.value == {"from": "2012-05-15", "to": "2012-05-15", "precision": "day"}


@pytest.mark.usefixtures("curator")
@pytest.mark.parametrize(
    ("start", "end", "words"),
    [("2012-05-15", "2012-05-01", "Swap them"), ("", "2012-05-01", "Give the first day")],
)
def test_a_date_that_cannot_be_is_refused_with_the_cure(
    client: Client, article: Article, start: str, end: str, words: str
) -> None:
    response = save(client, article, published_from=start, published_to=end)
    assert response.status_code == 200
    assert words in response.text
    assert not Ruling.objects.exists()


@pytest.mark.usefixtures("curator")
def test_an_older_form_is_refused_and_says_who_was_quicker(client: Client, article: Article) -> None:
    older = form_values(client, article) | {"section": "World"}
    save(client, article, dateline="Port Aldis")
    response = client.post(reverse("admin:articles_article_change", args=[article.pk]), older, follow=True)
    assert "changed by lena (dateline) while you had it open" in response.text
    assert Article.objects.get().section == ""
    assert Article.objects.get().dateline == "Port Aldis"


def act(client: Client, model: str, action: str, *objects: Any) -> Any:
    values = {"action": action, "_selected_action": [each.pk for each in objects]}
    return client.post(reverse(f"admin:articles_{model}_changelist"), values, follow=True)


@pytest.mark.usefixtures("curator")
def test_hiding_showing_and_reading_again(client: Client, article: Article) -> None:
    assert "1 now hidden" in act(client, "article", "hide", article).text
    assert Article.objects.get().status == "hidden"
    assert "1 read again" in act(client, "article", "read_again", article).text
    assert Article.objects.get().status == "hidden"
    act(client, "article", "show_again", article)
    assert Article.objects.get().status == "published"
    assert "1 undone" in act(client, "ruling", "undo", Ruling.objects.first()).text
    assert Article.objects.get().status == "hidden"


@pytest.mark.usefixtures("curator")
def test_what_was_so_already_and_what_stood_in_the_way_are_told_apart(
    client: Client, article: Article
) -> None:
    assert "1 now hidden; 0 were already." in act(client, "article", "hide", article).text
    assert "0 now hidden; 1 were already." in act(client, "article", "hide", article).text
    counts = dict.fromkeys(map(str, BatchItem.State), 0) | {"done": 2, "same": 3, "moved_on": 1, "unread": 4}
    assert what_became(Batch.Action.HIDE, counts | {"unread": 0}) == (
        "2 now hidden; 3 were already. Not done: 1 changed by somebody else meanwhile."
    )
    assert what_became(Batch.Action.READ_AGAIN, counts | {"moved_on": 0}) == (
        "5 read again, 2 came out otherwise. What people ruled stayed as it was. Not done: 4 could not be read."
    )


@pytest.mark.usefixtures("curator")
def test_articles_pages_and_rulings_are_never_deleted(client: Client, article: Article) -> None:
    save(client, article, dateline="Port Aldis")
    for model, pk in (
        ("article", article.pk),
        ("storedpage", article.page_id),
        ("ruling", Ruling.objects.get().pk),
    ):
        assert (
            client.post(reverse(f"admin:articles_{model}_delete", args=[pk]), {"post": "yes"}).status_code
            == 403
        )


@pytest.mark.usefixtures("curator", "article")
def test_an_actor_is_renamed_respelt_and_hidden(client: Client) -> None:
    actor = Actor.objects.get(name="Osanna Brekk")
    url = reverse("admin:articles_actor_change", args=[actor.pk])
    aliases = list(actor.aliases.all())
    values: dict[str, Any] = {"name": "Osanna Brekk-Vell", "kind": "person", "aliases-TOTAL_FORMS": len(aliases) + 1,
                              "aliases-INITIAL_FORMS": len(aliases), "roles-TOTAL_FORMS": 0, "roles-INITIAL_FORMS": 0}  # fmt: skip
    for number, alias in enumerate(aliases):
        values |= {f"aliases-{number}-id": alias.pk, f"aliases-{number}-actor": actor.pk,
                   f"aliases-{number}-surface": alias.surface}  # fmt: skip
    values |= {f"aliases-{len(aliases)}-surface": "Ossana Breck", f"aliases-{len(aliases)}-actor": actor.pk}
    response = client.post(url, values)
    assert response.status_code == 302, response.context and response.context["errors"]
    actor.refresh_from_db()
    assert actor.name == "Osanna Brekk-Vell"
    spellings = dict(actor.aliases.values_list("surface", "origin"))
    assert spellings["Ossana Breck"] == "person"
    assert "Osanna Brekk" in spellings
    act(client, "actor", "not_actors", actor)
    actor.refresh_from_db()
    assert actor.hidden
    assert set(Ruling.objects.values_list("verdict", flat=True)) == {"name", "alias", "not_an_actor"}
    act(client, "actor", "actors_again", actor)
    actor.refresh_from_db()
    assert not actor.hidden


@pytest.mark.usefixtures("article")
def test_readers_have_no_business_here(client: Client) -> None:
    client.force_login(User.objects.create_user("reader"))
    for model in LISTS:
        assert client.get(reverse(f"admin:articles_{model}_changelist")).status_code == 302
    assert Alias.objects.exists()
    assert Outlet.objects.count() == 0


@pytest.mark.usefixtures("curator", "article")
def test_rulings_on_actors_are_undone_and_refused_in_words(client: Client) -> None:
    one, other = Actor.objects.filter(kind="person").order_by("pk")[:2]
    url = reverse("admin:articles_actor_change", args=[one.pk])
    values = {"kind": "person"} | {
        f"{prefix}-{key}": 0 for prefix in ("aliases", "roles") for key in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    refused = client.post(url, values | {"name": other.name}, follow=True)
    assert f"Another person is called {other.name}" in refused.text
    assert not Ruling.objects.exists()
    client.post(url, values | {"name": "Madam Brekk"})
    assert Actor.objects.get(pk=one.pk).name == "Madam Brekk"
    assert "1 undone" in act(client, "ruling", "undo", Ruling.objects.get()).text
    assert Actor.objects.get(pk=one.pk).name == one.name
    assert "0 undone. 1 had been before" in act(client, "ruling", "undo", Ruling.objects.get()).text


def save_outlet(client: Client, outlet: Outlet, **changes: str) -> Any:
    values = {
        "name": outlet.name,
        "slug": outlet.slug,
        "domains": "",
        "country": "",
        "language": "",
    } | changes
    return client.post(reverse("admin:articles_outlet_change", args=[outlet.pk]), values)


@pytest.mark.usefixtures("curator")
def test_an_outlets_history_tells_who_changed_what(client: Client) -> None:
    outlet = Outlet.objects.named("The Meridian Post")
    assert save_outlet(client, outlet, country="VS").status_code == 302
    Outlet.objects.get().set_rules({"chrome": ["Most read"]})
    kept = [(each.country, each.rules, each.history_user and each.history_user.username)
            for each in outlet.history.order_by("pk")]  # fmt: skip
    assert kept == [("", {}, None), ("VS", {}, "lena"), ("VS", {"chrome": ["Most read"]}, None)]
    page = client.get(reverse("admin:articles_outlet_history", args=[outlet.pk])).text
    assert "lena" in page
    assert "VS" in page


@pytest.mark.usefixtures("curator")
def test_the_addresses_of_an_outlets_site_are_written_one_a_line(client: Client) -> None:
    outlet = Outlet.objects.named("The Meridian Post")
    assert save_outlet(client, outlet, domains="post.example\n news.post.example \n").status_code == 302
    outlet.refresh_from_db()
    assert outlet.domains == ["post.example", "news.post.example"]
    page = client.get(reverse("admin:articles_outlet_change", args=[outlet.pk])).text
    assert "post.example\nnews.post.example</textarea>" in page


@pytest.mark.usefixtures("curator")
def test_the_history_of_an_article_and_of_an_actor_is_what_people_ruled(
    client: Client, article: Article
) -> None:
    actor = make_actor("Osanna Brekk")
    curate.rule_fields(article, {"dateline": "Karrin"}, by=User.objects.get(username="lena"))
    of_article = client.get(reverse("admin:articles_article_history", args=[article.pk]), follow=True)
    assert of_article.redirect_chain[-1][0].endswith("/edit/#history")
    assert "<b>Dateline</b>" in of_article.text
    of_actor = client.get(reverse("admin:articles_actor_history", args=[actor.pk]), follow=True)
    assert of_actor.redirect_chain[-1][0].endswith(f"/desk/actor/{actor.pk}/#history")
    assert "Nobody has ruled on this actor yet." in of_actor.text
    gone = client.get(reverse("admin:articles_article_history", args=[0]))
    assert gone["Location"] == reverse("admin:index")


@pytest.mark.usefixtures("curator")
def test_all_pages_of_an_outlet_are_read_again_in_the_background(
    client: Client, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A process of its own would open the archive of this checkout.
    monkeypatch.setattr(beside.ProcessBackend, "_start", lambda *_: None)
    article.outlet = Outlet.objects.named("The Meridian Post")
    article.save()
    assert (
        "Pages read again in the background: 1." in act(client, "outlet", "read_again", article.outlet).text
    )
    job = Job.objects.get()
    assert (job.kind, job.total, job.arguments["outlet"]) == ("reclean", 1, "the-meridian-post")
    assert job.asked_by == User.objects.get(username="lena")
    assert [done.state for done in run_waiting()] == ["done"]


def test_whoever_may_only_look_is_offered_no_action(client: Client, article: Article) -> None:
    user = User.objects.create_user("visitor", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["view_article", "view_ruling", "view_outlet"])
    )
    client.force_login(user)
    curate.rule_fields(article, {"status": "published"}, by=user)
    for model, action, chosen in (
        ("article", "hide", article), ("article", "read_again", article), ("ruling", "undo", Ruling.objects.get())
    ):  # fmt: skip
        assert f'value="{action}"' not in client.get(reverse(f"admin:articles_{model}_changelist")).text
        act(client, model, action, chosen)
    assert Article.objects.get().status == "published"
    assert Ruling.objects.get().undone_at is None


@pytest.mark.parametrize(
    ("role", "archive", "accounts"),
    [(Role.READER, 302, 302), (Role.CURATOR, 200, 403), (Role.ADMINISTRATOR, 200, 200)],
)
def test_accounts_are_for_administrators(client: Client, role: Role, archive: int, accounts: int) -> None:
    user = User.objects.create_user("mira", is_staff=role.opens_admin)
    user.groups.add(group_of(role))
    client.force_login(user)
    assert client.get("/admin/articles/article/").status_code == archive
    for address in ("auth/user/", "auth/user/add/", "auth/group/", "axes/accessattempt/"):
        asked = client.get(f"/admin/{address}")
        assert asked.status_code == accounts, address


@pytest.mark.parametrize(("name", "words"), [("!!!", "at least one letter"), ("the-pier", "has that name")])
@pytest.mark.usefixtures("curator")
def test_a_tag_gets_no_name_that_cannot_be(client: Client, name: str, words: str) -> None:
    tag, _ = Tag.objects.named("Ceasefire"), Tag.objects.named("The pier")
    address = reverse("admin:articles_tag_change", args=[tag.pk])
    assert words in client.post(address, {"name": name, "description": ""}).text
    assert client.post(address, {"name": " Truce ", "description": ""}).status_code == 302
    assert Tag.objects.get(pk=tag.pk).name == "Truce"


@pytest.mark.parametrize("model", ["article", "storedpage", "ruling", "note"])
def test_no_list_fetches_bytes_or_texts_that_it_does_not_show(
    client: Client, article: Article, curator: User, model: str
) -> None:
    curate.rule_fields(article, {"dateline": "Port Aldis"}, by=curator)
    curate.notes.write(article.page, "Ask the archive.", by=curator)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(reverse(f"admin:articles_{model}_changelist"))
    assert page.context["cl"].result_count == 1
    assert not [each["sql"] for each in asked if '"compressed"' in each["sql"] or '"body"' in each["sql"]]
