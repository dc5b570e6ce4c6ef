from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dfs_workflow', '0012_snippets_in_proposals_and_reminders'),
    ]

    operations = [
        migrations.AlterField(
            model_name='decision',
            name='kind',
            field=models.CharField(choices=[('review', 'reviewed by a second person'), ('system', 'published by the system'), ('override', 'published by one person in an emergency'), ('withdraw', 'withdrawn'), ('move', 'moved'), ('delete', 'deleted'), ('restrict', 'access changed'), ('unschedule', 'date of publication taken back')], max_length=20, verbose_name='kind'),
        ),
    ]
