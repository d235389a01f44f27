"""Terms of office keep how exactly they are known, and rulings that were taken back the name of who did it."""

from django.db import migrations, models


def tell_years(apps, schema_editor):
    """A term of a reference list from 1 January to 31 December was given in years; its days were made up."""
    terms = apps.get_model("articles", "Role").objects.filter(article=None, origin="authority")
    terms.filter(
        held_from__month=1,
        held_from__day=1,
        held_to__month=12,
        held_to__day=31,
    ).update(held_from_precision="year", held_to_precision="year")


def name_who_took_back(apps, schema_editor):
    """Until now only rulings on actors kept the name."""
    unnamed = apps.get_model("articles", "Ruling").objects.filter(undone_by_name="", undone_by__isnull=False)
    for number, name in unnamed.values_list("pk", "undone_by__username"):
        unnamed.filter(pk=number).update(undone_by_name=name)


class Migration(migrations.Migration):
    dependencies = [("articles", "0009_uploads")]

    operations = [
        migrations.AddField(
            model_name='role',
            name='held_from_precision',
            field=models.CharField(choices=[('day', 'day'), ('month', 'month'), ('year', 'year')], default='day', max_length=10, verbose_name='known to the'),
        ),
        migrations.AddField(
            model_name='role',
            name='held_to_precision',
            field=models.CharField(choices=[('day', 'day'), ('month', 'month'), ('year', 'year')], default='day', max_length=10, verbose_name='known to the'),
        ),
        migrations.RunPython(tell_years, migrations.RunPython.noop),
        migrations.RunPython(name_who_took_back, migrations.RunPython.noop),
    ]
