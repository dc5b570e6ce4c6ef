"""What is done beside the request, by the worker."""

import logging

from django_tasks import task
from wagtail_localize.models import Translation

from dfs_workflow.translation import actions, importers

logger = logging.getLogger(__name__)


@task()
def translate_by_machine(translation_id: int) -> int:
    """Asked again here whether it is allowed: it may have been restricted meanwhile."""
    translation = Translation.objects.filter(pk=translation_id, enabled=True).first()
    if translation is None:
        return 0
    try:
        return actions.translate_by_machine(translation=translation)
    except actions.NotAllowed as refusal:
        logger.warning("No machine draft of “%s”: %s", translation.source, refusal)
        return 0


@task(priority=10)  # somebody waits for it
def import_file(import_id: int) -> None:
    importers.run_import(import_id)
