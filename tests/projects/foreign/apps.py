from django.apps import AppConfig


class ForeignConfig(AppConfig):
    name = "tests.projects.foreign"
    label = "foreign"
    default_auto_field = "django.db.models.BigAutoField"
