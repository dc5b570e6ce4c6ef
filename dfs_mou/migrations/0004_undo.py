import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dfs_mou", "0003_conclusions")]

    operations = [
        migrations.AddField(
            model_name="agreementversion",
            name="by_party",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="dfs_mou.agreementparty"
            ),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="undoes",
            field=models.PositiveIntegerField(null=True),
        ),
    ]
