from django.db import connection, models, transaction


class ContentVersion(models.Model):
    """One row that every process reads before it answers from its cache; it changes with each publication."""

    number = models.PositiveBigIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def current(cls) -> int:
        """By a raw cursor: this runs on every request, and the ORM costs five times as much."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM dfs_workflow_contentversion WHERE id = 1")
            row = cursor.fetchone()
        return int(row[0]) if row else 0

    @classmethod
    @transaction.atomic
    def bump(cls) -> None:
        """In the transaction of the publication itself, so that the two can't part."""
        if not cls.objects.filter(pk=1).update(number=models.F("number") + 1):
            cls.objects.create(pk=1)
