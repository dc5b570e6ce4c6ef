"""Pictures and files of a book become those of Wagtail's libraries; one that is there already is taken again."""

import hashlib
import posixpath
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import Storage
from django.utils.translation import gettext_noop as _
from PIL import Image as Pillow
from PIL import UnidentifiedImageError
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from dfs_pages.importers.gitbook.links import IMAGES
from dfs_pages.importers.gitbook.store import Source

FORMATS = {"AVIF", "GIF", "JPEG", "MPO", "PNG", "WEBP"}
MOST_PIXELS = 50_000_000
NOT_KEPT = _("files of this kind are not kept")
NO_PICTURE_OF_OURS = _("pictures of this kind are not kept")
DOCUMENTS = ["pdf", "docx", "xlsx", "csv", "odt"]


class AssetCheck:
    """Says before anything is written why a file can't be used."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def __call__(self, kind: str, path: str) -> str:
        suffix = posixpath.splitext(path)[1].lower()
        if kind == "document":
            allowed = getattr(settings, "WAGTAILDOCS_EXTENSIONS", DOCUMENTS)
            return "" if suffix.lstrip(".") in allowed else NOT_KEPT
        if suffix == ".svg":
            return _("a drawing in SVG can hold scripts")
        if suffix not in IMAGES:
            return NO_PICTURE_OF_OURS
        return picture_problem(self.source.read(path))


def picture_problem(data: bytes) -> str:
    try:
        with Pillow.open(BytesIO(data)) as image:
            if image.format not in FORMATS:
                return NO_PICTURE_OF_OURS
            if image.width * image.height > MOST_PIXELS:
                return _("the picture has more than 50 million pixels")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Pillow.DecompressionBombError):
        return _("the file is not a picture, or is damaged")
    return ""


class AssetStore:
    """Writes them, and takes the files back where the import is undone, which a database doesn't do."""

    def __init__(self, source: Source, *, by: Any, dry_run: bool) -> None:
        self.source, self.by, self.dry_run = source, by, dry_run
        self.written: list[tuple[Storage, str]] = []

    def write(self, numbers: dict[tuple[str, str], int]) -> dict[str, int]:
        """By mark: the id of the picture or file."""
        return {f"{kind}:{number}": self.one(kind, path) for (kind, path), number in numbers.items()}

    def one(self, kind: str, path: str) -> int:
        model = get_image_model() if kind == "image" else get_document_model()
        data = self.source.read(path)
        known = model._default_manager.filter(file_hash=hashlib.sha1(data).hexdigest()).order_by("pk")  # noqa: S324
        if found := known.values_list("pk", flat=True).first():
            return int(found)
        if self.dry_run:
            return 0
        name = posixpath.basename(path)
        file = ImageFile(BytesIO(data), name=name) if kind == "image" else ContentFile(data, name=name)
        stored = model(title=posixpath.splitext(name)[0][:255], file=file, uploaded_by_user=self.by)
        if kind == "image":
            stored._set_image_file_metadata()
        else:
            stored._set_document_file_metadata()
        stored.save()
        self.written.append((stored.file.storage, stored.file.name))
        return int(stored.pk)

    def take_back(self) -> None:
        for storage, name in self.written:
            storage.delete(name)
