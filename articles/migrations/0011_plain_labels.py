"""What the pages for curators call things, in plain words. Nothing in the database changes."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0010_how_exactly_terms_are_known'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='alias',
            options={'ordering': ['surface'], 'verbose_name': 'spelling'},
        ),
        migrations.AlterModelOptions(
            name='job',
            options={'ordering': ['-pk'], 'verbose_name': 'background job'},
        ),
        migrations.AlterModelOptions(
            name='pendingindex',
            options={'ordering': ['pk'], 'verbose_name': 'change the search does not show yet', 'verbose_name_plural': 'changes the search does not show yet'},
        ),
        migrations.AlterModelOptions(
            name='storedpage',
            options={'ordering': ['-received_at', '-pk'], 'verbose_name': 'page as it came', 'verbose_name_plural': 'pages as they came'},
        ),
        migrations.AlterField(
            model_name='actor',
            name='authority',
            field=models.CharField(blank=True, max_length=300, verbose_name='name in the reference lists'),
        ),
        migrations.AlterField(
            model_name='actor',
            name='hidden',
            field=models.BooleanField(default=False, help_text='A curator ruled that this is not an actor.', verbose_name='not an actor'),
        ),
        migrations.AlterField(
            model_name='actor',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged', to='articles.actor', verbose_name='the same as'),
        ),
        migrations.AlterField(
            model_name='alias',
            name='origin',
            field=models.CharField(choices=[('machine', 'found by the machine'), ('authority', 'authority file'), ('person', 'a curator')], default='machine', max_length=20, verbose_name='who says so'),
        ),
        migrations.AlterField(
            model_name='alias',
            name='surface',
            field=models.CharField(max_length=300, verbose_name='spelling'),
        ),
        migrations.AlterField(
            model_name='article',
            name='authors',
            field=models.JSONField(blank=True, default=list, help_text='Names of the authors, as a list.', verbose_name='written by'),
        ),
        migrations.AlterField(
            model_name='article',
            name='changed_at',
            field=models.DateTimeField(auto_now=True, verbose_name='last changed on'),
        ),
        migrations.AlterField(
            model_name='article',
            name='created_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='taken in on'),
        ),
        migrations.AlterField(
            model_name='article',
            name='page',
            field=models.OneToOneField(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='article', to='articles.storedpage', verbose_name='page as it came'),
        ),
        migrations.AlterField(
            model_name='article',
            name='published_from',
            field=models.DateField(blank=True, db_index=True, null=True, verbose_name='published on, or not before'),
        ),
        migrations.AlterField(
            model_name='article',
            name='published_precision',
            field=models.CharField(choices=[('day', 'day'), ('month', 'month'), ('year', 'year'), ('interval', 'interval'), ('unknown', 'unknown')], default='unknown', max_length=10, verbose_name='how exactly that is known'),
        ),
        migrations.AlterField(
            model_name='article',
            name='published_to',
            field=models.DateField(blank=True, db_index=True, null=True, verbose_name='published not after'),
        ),
        migrations.AlterField(
            model_name='article',
            name='source_credits',
            field=models.JSONField(blank=True, default=list, help_text='Agencies the story was taken from.', verbose_name='taken from'),
        ),
        migrations.AlterField(
            model_name='article',
            name='updated_from',
            field=models.DateField(blank=True, null=True, verbose_name='updated on, or not before'),
        ),
        migrations.AlterField(
            model_name='article',
            name='updated_precision',
            field=models.CharField(choices=[('day', 'day'), ('month', 'month'), ('year', 'year'), ('interval', 'interval'), ('unknown', 'unknown')], default='unknown', max_length=10, verbose_name='how exactly that is known'),
        ),
        migrations.AlterField(
            model_name='article',
            name='updated_to',
            field=models.DateField(blank=True, null=True, verbose_name='updated not after'),
        ),
        migrations.AlterField(
            model_name='fieldevidence',
            name='confidence',
            field=models.FloatField(help_text='From 0 to 1.', verbose_name='how sure'),
        ),
        migrations.AlterField(
            model_name='fieldevidence',
            name='field',
            field=models.CharField(max_length=40, verbose_name='field'),
        ),
        migrations.AlterField(
            model_name='fieldevidence',
            name='lines',
            field=models.JSONField(default=list, help_text='Line numbers of the page, counted from 1.', verbose_name='lines of the page'),
        ),
        migrations.AlterField(
            model_name='fieldevidence',
            name='method',
            field=models.CharField(max_length=80, verbose_name='found by'),
        ),
        migrations.AlterField(
            model_name='fieldevidence',
            name='note',
            field=models.TextField(blank=True, verbose_name='why'),
        ),
        migrations.AlterField(
            model_name='fieldevidence',
            name='value',
            field=models.JSONField(null=True, verbose_name='what was found'),
        ),
        migrations.AlterField(
            model_name='job',
            name='asked_at',
            field=models.DateTimeField(auto_now_add=True, verbose_name='asked for on'),
        ),
        migrations.AlterField(
            model_name='job',
            name='asked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked for by'),
        ),
        migrations.AlterField(
            model_name='job',
            name='changed',
            field=models.PositiveIntegerField(default=0, verbose_name='came out otherwise'),
        ),
        migrations.AlterField(
            model_name='job',
            name='done',
            field=models.PositiveIntegerField(default=0, verbose_name='done so far'),
        ),
        migrations.AlterField(
            model_name='job',
            name='error',
            field=models.TextField(blank=True, verbose_name='why it broke off'),
        ),
        migrations.AlterField(
            model_name='job',
            name='failed',
            field=models.PositiveIntegerField(default=0, verbose_name='could not be read'),
        ),
        migrations.AlterField(
            model_name='job',
            name='finished_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='finished on'),
        ),
        migrations.AlterField(
            model_name='job',
            name='kind',
            field=models.CharField(choices=[('line', 'a marked line'), ('reclean', 'cleaning again'), ('resolve', 'finding out anew who is meant'), ('upload', 'taking in an upload')], max_length=20, verbose_name='what for'),
        ),
        migrations.AlterField(
            model_name='job',
            name='last_article',
            field=models.PositiveBigIntegerField(default=0, verbose_name='last article done'),
        ),
        migrations.AlterField(
            model_name='job',
            name='runner',
            field=models.CharField(blank=True, max_length=300, verbose_name='machine and process'),
        ),
        migrations.AlterField(
            model_name='job',
            name='seen_at',
            field=models.DateTimeField(blank=True, help_text="The runner's last sign of life.", null=True, verbose_name='last sign of life'),
        ),
        migrations.AlterField(
            model_name='job',
            name='started_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='begun on'),
        ),
        migrations.AlterField(
            model_name='job',
            name='total',
            field=models.PositiveIntegerField(default=0, verbose_name='articles'),
        ),
        migrations.AlterField(
            model_name='outlet',
            name='domains',
            field=models.JSONField(blank=True, default=list, help_text='Host names of its site, as a list.', verbose_name='addresses of its site'),
        ),
        migrations.AlterField(
            model_name='outlet',
            name='rules',
            field=models.JSONField(blank=True, default=dict, help_text='Cleaning rules learnt for this outlet.', verbose_name='what was learnt of its pages'),
        ),
        migrations.AlterField(
            model_name='outlet',
            name='slug',
            field=models.SlugField(max_length=80, unique=True, verbose_name='name in addresses'),
        ),
        migrations.AlterField(
            model_name='pendingindex',
            name='article_id',
            field=models.PositiveBigIntegerField(db_index=True, verbose_name='number of the article'),
        ),
        migrations.AlterField(
            model_name='pendingindex',
            name='queued_at',
            field=models.DateTimeField(auto_now_add=True, verbose_name='waiting since'),
        ),
        migrations.AlterField(
            model_name='refusedpage',
            name='cure',
            field=models.TextField(blank=True, verbose_name='what to do'),
        ),
        migrations.AlterField(
            model_name='refusedpage',
            name='name',
            field=models.CharField(max_length=1000, unique=True, verbose_name='came as'),
        ),
        migrations.AlterField(
            model_name='refusedpage',
            name='reason',
            field=models.TextField(verbose_name='why it was refused'),
        ),
        migrations.AlterField(
            model_name='refusedpage',
            name='refused_at',
            field=models.DateTimeField(auto_now=True, verbose_name='refused on'),
        ),
        migrations.AlterField(
            model_name='role',
            name='held_from',
            field=models.DateField(blank=True, null=True, verbose_name='in office from'),
        ),
        migrations.AlterField(
            model_name='role',
            name='held_to',
            field=models.DateField(blank=True, null=True, verbose_name='in office to'),
        ),
        migrations.AlterField(
            model_name='role',
            name='origin',
            field=models.CharField(choices=[('machine', 'found by the machine'), ('authority', 'authority file'), ('person', 'a curator')], default='machine', max_length=20, verbose_name='who says so'),
        ),
        migrations.AlterField(
            model_name='role',
            name='phrase',
            field=models.CharField(help_text='As written: Russian Deputy Foreign Minister.', max_length=300, verbose_name='role'),
        ),
        migrations.AlterField(
            model_name='ruling',
            name='before',
            field=models.JSONField(blank=True, help_text='The value that this ruling replaced.', null=True, verbose_name='what it was before'),
        ),
        migrations.AlterField(
            model_name='ruling',
            name='field',
            field=models.CharField(blank=True, max_length=40, verbose_name='field of the article'),
        ),
        migrations.AlterField(
            model_name='ruling',
            name='fresh',
            field=models.BooleanField(default=False, help_text='The right side is an actor made for the spelling.', verbose_name='a new actor was made'),
        ),
        migrations.AlterField(
            model_name='ruling',
            name='key',
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='key in every archive'),
        ),
        migrations.AlterField(
            model_name='ruling',
            name='kind',
            field=models.CharField(blank=True, max_length=20, verbose_name='kind of actor'),
        ),
        migrations.AlterField(
            model_name='ruling',
            name='left',
            field=models.CharField(blank=True, max_length=300, verbose_name='about'),
        ),
        migrations.AlterField(
            model_name='ruling',
            name='left_actor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='articles.actor', verbose_name='about the actor'),
        ),
        migrations.AlterField(
            model_name='ruling',
            name='left_seen',
            field=models.CharField(blank=True, max_length=64, verbose_name='a page that names it'),
        ),
        migrations.AlterField(
            model_name='ruling',
            name='made_at',
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name='ruled on'),
        ),
        migrations.AlterField(
            model_name='ruling',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='rulings', to=settings.AUTH_USER_MODEL, verbose_name='account that ruled'),
        ),
        migrations.AlterField(
            model_name='ruling',
            name='made_by_name',
            field=models.CharField(help_text='Kept when the account is deleted.', max_length=150, verbose_name='ruled by'),
        ),
        migrations.AlterField(
            model_name='ruling',
            name='page',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rulings', to='articles.storedpage', verbose_name='on the page'),
        ),
        migrations.AlterField(
            model_name='ruling',
            name='reason',
            field=models.TextField(blank=True, verbose_name='why'),
        ),
        migrations.AlterField(
            model_name='ruling',
            name='right',
            field=models.CharField(blank=True, max_length=300, verbose_name='and'),
        ),
        migrations.AlterField(
            model_name='ruling',
            name='right_actor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='articles.actor', verbose_name='and the actor'),
        ),
        migrations.AlterField(
            model_name='ruling',
            name='right_kind',
            field=models.CharField(blank=True, max_length=20, verbose_name='kind of the other'),
        ),
        migrations.AlterField(
            model_name='ruling',
            name='right_seen',
            field=models.CharField(blank=True, max_length=64, verbose_name='a page that names the other'),
        ),
        migrations.AlterField(
            model_name='ruling',
            name='spelling',
            field=models.CharField(blank=True, max_length=300, verbose_name='the spelling'),
        ),
        migrations.AlterField(
            model_name='ruling',
            name='undone_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='taken back on'),
        ),
        migrations.AlterField(
            model_name='ruling',
            name='undone_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account that took it back'),
        ),
        migrations.AlterField(
            model_name='ruling',
            name='undone_by_name',
            field=models.CharField(blank=True, max_length=150, verbose_name='taken back by'),
        ),
        migrations.AlterField(
            model_name='ruling',
            name='verdict',
            field=models.CharField(choices=[('field', 'this field has this value'), ('line', 'this line is, or is not, the article'), ('same', 'the same'), ('different', 'different'), ('unsure', 'cannot be decided'), ('name', 'this actor is called so'), ('kind', 'this actor is of this kind'), ('alias', 'this spelling means this actor'), ('is_really', 'this spelling is really another actor'), ('not_a_name', 'this spelling names nobody'), ('not_an_actor', 'not an actor')], max_length=20, verbose_name='what was ruled'),
        ),
        migrations.AlterField(
            model_name='storedpage',
            name='captured_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='saved on'),
        ),
        migrations.AlterField(
            model_name='storedpage',
            name='charset',
            field=models.CharField(editable=False, max_length=40, verbose_name='character encoding'),
        ),
        migrations.AlterField(
            model_name='storedpage',
            name='media_type',
            field=models.CharField(editable=False, max_length=40, verbose_name='kind of file'),
        ),
        migrations.AlterField(
            model_name='storedpage',
            name='name',
            field=models.CharField(editable=False, help_text='The file or record it came from.', max_length=1000, verbose_name='came as'),
        ),
        migrations.AlterField(
            model_name='storedpage',
            name='received_at',
            field=models.DateTimeField(auto_now_add=True, verbose_name='taken in on'),
        ),
    ]
