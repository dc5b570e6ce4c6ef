"""Who confirmed a member without having let them in; whoever did so before counts."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F


def remember(apps, schema_editor):
    rows = apps.get_model("dfs_workflow", "Membership").objects.exclude(confirmed_by=None)
    rows.exclude(confirmed_by=F("started_by")).exclude(confirmed_by=F("user")).update(vouched_by=F("confirmed_by"))


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("dfs_workflow", "0018_why_bundles_wait"),
    ]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="vouched_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalmembership",
            name="vouched_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
