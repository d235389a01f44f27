"""What finds actors when an article names somebody: keys of their names, and how many carry each context word.

Forward builds both from the actors, spellings and contexts that are there, some 150 microseconds an actor, and says
how far it is. Back drops them: they can be built again.
"""

import sys
from collections import Counter, defaultdict

import django.db.models.deletion
from django.db import migrations, models

ACTORS_AT_ONCE = 2000
ROWS_AT_ONCE = 5000
TELL_EVERY = 20_000  # actors between two lines on how far it is


def build(apps, schema_editor):
    """1. Names. 2. Contexts. The same as `articles.ingest.name_keys` writes from now on."""
    names(apps)
    contexts(apps)


def names(apps):
    from articles.mentions.spans import Kind
    from articles.resolve.actors import KnownActor
    from articles.resolve.name_slots import slots_of

    Actor, Alias, NameKey = (apps.get_model("articles", name) for name in ("Actor", "Alias", "NameKey"))
    every = Actor.objects.filter(made_by="").order_by("pk")
    total, done, last = every.count(), 0, 0
    columns = ("pk", "machine_name", "machine_kind", "authority", "began_lone")
    while some := list(every.filter(pk__gt=last).values_list(*columns)[:ACTORS_AT_ONCE]):
        last = some[-1][0]
        spelled = defaultdict(dict)
        aliases = Alias.objects.filter(actor__gte=some[0][0], actor__lte=last).exclude(origin="person")
        for actor, surface in aliases.order_by("pk").values_list("actor", "surface"):
            spelled[actor][surface] = None
        NameKey.objects.bulk_create(
            (
                NameKey(slot=slot, actor_id=pk, name=written)
                for pk, name, kind, authority, began_lone in some
                for slot, written in sorted(
                    slots_of(
                        KnownActor(
                            key=str(pk),
                            name=name,
                            kind=Kind(kind),
                            aliases=tuple(spelled[pk]),
                            authority=authority or None,
                            began_lone=began_lone,
                        )
                    )
                )
            ),
            batch_size=ROWS_AT_ONCE,
        )
        done += len(some)
        if done // TELL_EVERY > (done - len(some)) // TELL_EVERY:
            print(f"    {done} of {total} actors", file=sys.stderr, flush=True)


def contexts(apps):
    ActorContext, ContextWord = (apps.get_model("articles", name) for name in ("ActorContext", "ContextWord"))
    carriers = Counter()
    rows = ActorContext.objects.order_by("pk").values_list("words", flat=True)
    for words in rows.iterator(chunk_size=ACTORS_AT_ONCE):
        carriers.update(word[:400] for word in words)
        carriers[""] += bool(words)
    ContextWord.objects.bulk_create(
        (ContextWord(word=word, actors=number) for word, number in sorted(carriers.items())),
        batch_size=ROWS_AT_ONCE,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0007_jobs_that_resolve"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContextWord",
            fields=[
                ("word", models.CharField(max_length=400, primary_key=True, serialize=False)),
                ("actors", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="NameKey",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "slot", "actor_id", "name", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("slot", models.CharField(max_length=300)),
                ("name", models.CharField(blank=True, max_length=300)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="articles.actor"
                    ),
                ),
            ],
        ),
        migrations.RunPython(build, migrations.RunPython.noop),
    ]
