"""The ledger of verdicts on actors: what the machine said apart from what follows from rulings.

Forward: what is there is taken for the machine's, but for names and kinds that people ruled. Renamings and
spellings, which were both ruled as "same", get words of their own; a spelling that was ruled to be "different"
becomes one that is really another actor. Back: the former words return; what the former schema has no
column for is kept in `value`, from where the way forward takes it again.
"""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, OuterRef, Q, Subquery

KEPT = "ledger"  # under this key `value` holds what the former schema has no column for
NAMESPACE = uuid.UUID("5d7ab1a5-70f7-4f0b-9f2c-1f1d0f3f6c1a")
ON_ACTORS = ~Q(verdict__in=("field", "line")) & ~Q(kind="article")
COLUMNS = ("left_seen", "right_kind", "right_seen", "spelling", "fresh", "undone_by_name", "on_page")
VERDICTS = [
    ("field", "this field has this value"),
    ("line", "this line is, or is not, the article"),
    ("same", "the same"),
    ("different", "different"),
    ("unsure", "cannot be decided"),
    ("name", "this actor is called so"),
    ("kind", "this actor is of this kind"),
    ("alias", "this spelling means this actor"),
    ("is_really", "this spelling is really another actor"),
    ("not_a_name", "this spelling names nobody"),
    ("not_an_actor", "not an actor"),
]
KINDS = [("person", "person"), ("organisation", "organisation"), ("state", "state"), ("media", "media")]


def forward(apps, schema_editor):
    """1. Rulings. 2. Actors. 3. Mentions, roles and quotes."""
    rulings(apps)
    actors(apps)
    mentions(apps)
    checked(schema_editor)


def checked(schema_editor):
    """Let PostgreSQL check foreign keys now: it alters no table on which checks are pending."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.connection.check_constraints()


def rulings(apps):
    Ruling, Page = apps.get_model("articles", "Ruling"), apps.get_model("articles", "StoredPage")
    page = Page.objects.filter(pk=OuterRef("page")).values("sha256")
    Ruling.objects.filter(page__isnull=False).update(on_page=Subquery(page))
    for ruling in Ruling.objects.filter(undone_by__isnull=False).select_related("undone_by"):
        Ruling.objects.filter(pk=ruling.pk).update(undone_by_name=ruling.undone_by.get_username()[:150])
    for ruling in Ruling.objects.order_by("pk").iterator(chunk_size=500):
        said = [
            ruling.pk,
            ruling.verdict,
            ruling.on_page,
            ruling.field,
            ruling.left,
            ruling.right,
            ruling.made_by_name,
            ruling.made_at.isoformat(),
        ]
        Ruling.objects.filter(pk=ruling.pk).update(key=uuid.uuid5(NAMESPACE, repr(said)))
    for ruling in Ruling.objects.filter(ON_ACTORS).order_by("pk"):
        changes = taken_out(ruling) or renewed(apps, ruling)
        if changes:
            Ruling.objects.filter(pk=ruling.pk).update(**changes)
    for ruling in Ruling.objects.filter(ON_ACTORS, left_actor=None).order_by("pk"):
        Ruling.objects.filter(pk=ruling.pk).update(left_actor=meant(apps, ruling))


def taken_out(ruling):
    """Return what a way back had put into `value`; None when there is nothing."""
    if not isinstance(ruling.value, dict) or KEPT not in ruling.value:
        return None
    kept = dict(ruling.value[KEPT])
    return kept | {"key": uuid.UUID(kept["key"]), "value": kept["value"]}


def renewed(apps, ruling):
    """Return what the former "same" and "different" of an actor and a spelling are called now."""
    if ruling.verdict == "different":
        return {"verdict": "is_really", "spelling": ruling.right, "fresh": True}
    if ruling.verdict != "same":
        return None
    Actor, Ruling = apps.get_model("articles", "Actor"), apps.get_model("articles", "Ruling")
    went_on = Ruling.objects.filter(ON_ACTORS, kind=ruling.kind, left=ruling.right, pk__gt=ruling.pk)
    called = Actor.objects.filter(name=ruling.right).exists() or went_on.exists()
    return {"verdict": "name" if called else "alias"}


def meant(apps, ruling):
    """Return the number of the actor that a ruling is about, when only one can be."""
    Actor, Alias = apps.get_model("articles", "Actor"), apps.get_model("articles", "Alias")
    kinds = {ruling.kind, ruling.right if ruling.verdict == "kind" else ruling.kind}
    called = list(Actor.objects.filter(kind__in=kinds, name=ruling.left).values_list("pk", flat=True))
    spelt = Alias.objects.filter(actor__kind__in=kinds, surface=ruling.left).values_list("actor", flat=True)
    found = set(called or spelt)
    return found.pop() if len(found) == 1 else None


def actors(apps):
    Actor, Ruling = apps.get_model("articles", "Actor"), apps.get_model("articles", "Ruling")
    Actor.objects.update(machine_name=F("name"), machine_kind=F("kind"))
    standing = Ruling.objects.filter(ON_ACTORS, undone_at=None)
    for actor in Actor.objects.filter(pk__in=standing.values("left_actor")):
        names, kind = [actor.name], actor.kind
        named = dict(standing.filter(verdict="name").order_by("pk").values_list("right", "left"))
        while named.get(names[-1], names[-1]) not in names:
            names.append(named[names[-1]])
        ruled = standing.filter(verdict="kind", left_actor=actor).order_by("pk").first()
        Actor.objects.filter(pk=actor.pk).update(
            machine_name=names[-1], machine_kind=ruled.kind if ruled else kind
        )
    for actor in Actor.objects.filter(merged_into__merged_into__isnull=False):
        root, passed = actor.merged_into, {actor.pk}
        while root.merged_into_id is not None and root.pk not in passed:
            passed.add(root.pk)
            root = root.merged_into
        Actor.objects.filter(pk=actor.pk).update(merged_into=root)


def mentions(apps):
    Actor, Mention = apps.get_model("articles", "Actor"), apps.get_model("articles", "Mention")
    Role, Quote = apps.get_model("articles", "Role"), apps.get_model("articles", "Quote")
    root = Actor.objects.filter(pk=OuterRef("actor")).values("merged_into")
    Mention.objects.update(machine_actor=F("actor"))
    Mention.objects.filter(actor__merged_into__isnull=False).update(actor=Subquery(root))
    Role.objects.update(machine_actor=F("actor"))
    beside = Mention.objects.filter(article=OuterRef("article"), machine_actor=OuterRef("machine_actor"))
    Role.objects.filter(article__isnull=False).update(mention=Subquery(beside.order_by("pk").values("pk")[:1]))
    Role.objects.filter(actor__merged_into__isnull=False).update(actor=Subquery(root))
    spoken = Mention.objects.filter(
        article=OuterRef("article"), machine_actor=OuterRef("speaker"), zone="body"
    )
    Quote.objects.filter(speaker__isnull=False).update(
        speaker_mention=Subquery(spoken.order_by("pk").values("pk")[:1])
    )
    speaker = Actor.objects.filter(pk=OuterRef("speaker")).values("merged_into")
    Quote.objects.filter(speaker__merged_into__isnull=False).update(speaker=Subquery(speaker))


def backward(apps, schema_editor):
    """1. Rulings. 2. Mentions of merged actors go back to them. 3. One row a spelling."""
    Ruling, Alias = apps.get_model("articles", "Ruling"), apps.get_model("articles", "Alias")
    for ruling in Ruling.objects.filter(ON_ACTORS).order_by("pk"):
        Ruling.objects.filter(pk=ruling.pk).update(**former(ruling))
    Mention, Role = apps.get_model("articles", "Mention"), apps.get_model("articles", "Role")
    for model in (Mention, Role):
        merged = model.objects.filter(machine_actor__merged_into=F("actor"))
        merged.update(actor=F("machine_actor"))
    Quote = apps.get_model("articles", "Quote")
    base = Mention.objects.filter(pk=OuterRef("speaker_mention")).values("machine_actor")
    merged = Quote.objects.filter(speaker_mention__machine_actor__merged_into=F("speaker"))
    merged.update(speaker=Subquery(base))
    ruled = Alias.objects.filter(actor=OuterRef("actor"), surface=OuterRef("surface"), origin="person")
    Alias.objects.exclude(origin="person").filter(models.Exists(ruled)).delete()
    checked(schema_editor)


def former(ruling):
    """Return what a ruling was called before; with what has no column, unless it follows from the rest."""
    words = {"name": "same", "alias": "same", "is_really": "different"}
    plain = ruling.verdict in ("name", "alias", "kind", "not_an_actor") or (
        ruling.verdict == "is_really" and ruling.fresh and ruling.right == ruling.spelling
    )
    if plain and not ruling.left_seen and not ruling.on_page:
        return {"verdict": words.get(ruling.verdict, ruling.verdict)}
    kept = {name: getattr(ruling, name) for name in COLUMNS}
    kept |= {"key": str(ruling.key), "verdict": ruling.verdict, "value": ruling.value}
    return {"verdict": words.get(ruling.verdict, ruling.verdict), "value": {KEPT: kept}}


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0004_verdict_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Room for what the machine says, and for the sides of rulings.
        migrations.RemoveConstraint("actor", "one_actor_per_authority_entry"),
        migrations.RemoveConstraint("alias", "alias_once_per_actor"),
        migrations.AddField("actor", "machine_name", models.CharField(max_length=300, editable=False, default=""), preserve_default=False),
        migrations.AddField("actor", "machine_kind", models.CharField(max_length=20, choices=KINDS, editable=False, default=""), preserve_default=False),
        migrations.AddField("actor", "made_by", models.CharField(max_length=32, blank=True, editable=False, default=""), preserve_default=False),
        migrations.AddField("actor", "began_lone", models.BooleanField(default=False, editable=False)),
        migrations.AddField("alias", "dropped", models.BooleanField(default=False, editable=False)),
        migrations.AddField("mention", "machine_actor", models.ForeignKey("articles.actor", on_delete=django.db.models.deletion.PROTECT, related_name="machine_mentions", editable=False, null=True)),
        migrations.AddField("mention", "local_name", models.CharField(max_length=300, blank=True, db_index=True, editable=False, default=""), preserve_default=False),
        migrations.AddField("role", "machine_actor", models.ForeignKey("articles.actor", on_delete=django.db.models.deletion.CASCADE, null=True, related_name="machine_roles", editable=False)),
        migrations.AddField("role", "mention", models.ForeignKey("articles.mention", on_delete=django.db.models.deletion.CASCADE, null=True, blank=True, related_name="roles")),
        migrations.AddField("quote", "kind", models.CharField(max_length=10, choices=[("direct", "direct"), ("reported", "reported"), ("mixed", "partly direct")], default="direct")),
        migrations.AddField("quote", "speaker_mention", models.ForeignKey("articles.mention", on_delete=django.db.models.deletion.SET_NULL, null=True, blank=True, related_name="quotes")),
        migrations.AddField("ruling", "key", models.UUIDField(default=uuid.uuid4, editable=False, null=True)),
        migrations.AddField("ruling", "on_page", models.CharField("SHA-256 of the page", max_length=64, blank=True, db_index=True, default=""), preserve_default=False),
        migrations.AddField("ruling", "left_seen", models.CharField(max_length=64, blank=True, default=""), preserve_default=False),
        migrations.AddField("ruling", "right_kind", models.CharField(max_length=20, blank=True, default=""), preserve_default=False),
        migrations.AddField("ruling", "right_seen", models.CharField(max_length=64, blank=True, default=""), preserve_default=False),
        migrations.AddField("ruling", "spelling", models.CharField(max_length=300, blank=True, default=""), preserve_default=False),
        migrations.AddField("ruling", "fresh", models.BooleanField(default=False, help_text="The right side is an actor made for the spelling.")),
        migrations.AddField("ruling", "left_actor", models.ForeignKey("articles.actor", on_delete=django.db.models.deletion.SET_NULL, null=True, blank=True, related_name="+")),
        migrations.AddField("ruling", "right_actor", models.ForeignKey("articles.actor", on_delete=django.db.models.deletion.SET_NULL, null=True, blank=True, related_name="+")),
        migrations.AddField("ruling", "undone_by_name", models.CharField(max_length=150, blank=True, default=""), preserve_default=False),
        migrations.AlterField("ruling", "made_at", models.DateTimeField(default=django.utils.timezone.now)),
        migrations.AlterField("ruling", "verdict", models.CharField(max_length=20, choices=VERDICTS)),
        migrations.RunPython(forward, backward),
        # Now that it is filled.
        migrations.AlterField("mention", "machine_actor", models.ForeignKey("articles.actor", on_delete=django.db.models.deletion.PROTECT, related_name="machine_mentions", editable=False)),
        migrations.AlterField("mention", "actor", models.ForeignKey("articles.actor", on_delete=django.db.models.deletion.PROTECT, related_name="mentions", db_index=False)),
        migrations.AlterField("mention", "surface", models.CharField(max_length=300, db_index=True)),
        migrations.AlterField("quote", "speaker", models.ForeignKey("articles.actor", on_delete=django.db.models.deletion.SET_NULL, null=True, blank=True, related_name="quotes", db_index=False)),
        migrations.AlterField("ruling", "key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
        migrations.AddIndex("actor", models.Index(fields=["machine_name", "machine_kind"], name="actor_by_machine_name")),
        migrations.AddIndex("quote", models.Index(fields=["speaker", "kind", "article"], name="quotes_of_a_speaker")),
        migrations.AddIndex("ruling", models.Index(fields=["left"], name="rulings_by_left")),
        migrations.AddIndex("ruling", models.Index(fields=["right"], name="rulings_by_right")),
        migrations.AddConstraint("actor", models.UniqueConstraint(fields=["machine_kind", "authority"], condition=~Q(authority=""), name="one_actor_per_authority_entry")),
        migrations.AddConstraint("actor", models.UniqueConstraint(fields=["made_by"], condition=~Q(made_by=""), name="one_actor_per_ruling")),
        migrations.AddConstraint("alias", models.UniqueConstraint(fields=["actor", "surface"], condition=~Q(origin="person"), name="machine_alias_once_per_actor")),
        migrations.AddConstraint("alias", models.UniqueConstraint(fields=["actor", "surface"], condition=Q(origin="person"), name="ruled_alias_once_per_actor")),
        migrations.CreateModel(
            name="ActorContext",
            fields=[
                ("actor", models.OneToOneField("articles.actor", on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="context", serialize=False)),
                ("words", models.JSONField(default=dict)),
                ("first_day", models.DateField(null=True)),
                ("last_day", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="JoinCandidate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("left", models.ForeignKey("articles.actor", on_delete=django.db.models.deletion.CASCADE, related_name="+", db_index=False)),
                ("right", models.ForeignKey("articles.actor", on_delete=django.db.models.deletion.CASCADE, related_name="+")),
                ("score", models.FloatField()),
                ("reason", models.TextField()),
                ("status", models.CharField(max_length=10, choices=[("open", "waits for a verdict"), ("same", "the same"), ("different", "different"), ("unsure", "cannot be decided"), ("moot", "one of them is no actor")], default="open")),
                ("settles", models.PositiveIntegerField(default=0)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "indexes": [models.Index(fields=["status", "-settles", "-score"], name="candidates_to_review")],
                "constraints": [
                    models.UniqueConstraint(fields=["left", "right"], name="one_candidate_per_pair"),
                    models.CheckConstraint(condition=Q(left__lt=F("right")), name="candidate_left_before_right"),
                ],
            },
        ),
    ]
