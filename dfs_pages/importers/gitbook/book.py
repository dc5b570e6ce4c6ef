"""Where the pages of a book stand: from its tables of contents, or from its folders where there is none."""

import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

import yaml
from django.utils.text import slugify
from django.utils.translation import gettext_noop as _

from dfs_pages.importers.gitbook.account import DEGRADED, MAPPED, REFUSED, Account
from dfs_pages.importers.gitbook.contents import TOO_DEEP, Item, parse_contents, safe_split
from dfs_pages.importers.gitbook.store import BookError, Source, read_text
from dfs_workflow.importers.staged import free_slug
from dfs_workflow.importers.yaml_source import SourceError, load_yaml

INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
VARIABLES = ".gitbook/vars.yaml"
DEEPEST = 40  # Wagtail's tree ends at 63 levels
UNLISTED = _("not in the table of contents, so GitBook does not show it: imported as a draft")


@dataclass
class Leaf:
    """A page to be. `path` is its Markdown file, or empty where only the contents name it."""

    number: int
    path: str
    title: str
    slug: str
    identity: str
    parent: int = -1
    url: str = ""
    draft: bool = False
    children: list[int] = field(default_factory=list)
    depth: int = 0


@dataclass
class Book:
    source: Source
    account: Account
    leaves: list[Leaf] = field(default_factory=list)
    by_path: dict[str, int] = field(default_factory=dict)
    spaces: list[str] = field(default_factory=list)
    redirects: dict[str, str] = field(default_factory=dict)  # old address -> Markdown file
    folded: dict[str, str] = field(default_factory=dict)
    identities: Counter[str] = field(default_factory=Counter)
    language_folder: str = ""
    variables: dict[str, dict[str, str]] = field(default_factory=dict)  # by the file that gives them

    def add(self, path: str, title: str, slug: str, identity: str, parent: int, **more: object) -> Leaf:
        identity = self.own(identity)
        leaf = Leaf(len(self.leaves), path, title, self.free(slug, parent), identity, parent, **more)  # type: ignore[arg-type]
        leaf.depth = self.leaves[parent].depth + 1 if parent >= 0 else 0
        if leaf.depth > DEEPEST:
            raise BookError(TOO_DEEP)
        self.leaves.append(leaf)
        if path:
            self.by_path[path] = leaf.number
        if parent >= 0:
            self.leaves[parent].children.append(leaf.number)
        return leaf

    def own(self, identity: str) -> str:
        """Two groups may have one title, two entries lead to one address: they are told apart by their order."""
        self.identities[identity] += 1
        return identity if self.identities[identity] == 1 else f"{identity} {self.identities[identity]}"

    def free(self, slug: str, parent: int) -> str:
        slug = slugify(slug, allow_unicode=True)[:200] or "page"
        beside = self.leaves[parent].children if parent >= 0 else [leaf.number for leaf in self.tops()]
        taken = {self.leaves[number].slug for number in beside}
        return free_slug(slug, taken)

    def tops(self) -> list[Leaf]:
        return [leaf for leaf in self.leaves if leaf.parent < 0]

    def find(self, path: str) -> str:
        """The name of a file as it is written, whatever its capitals; a folder is its README. Empty if none."""
        path = unicodedata.normalize("NFC", path).strip("/")
        for name in (path, f"{path}/README.md" if path else "README.md", f"{path}.md"):
            if name in self.source.names:
                return name
            if found := self.folded.get(name.casefold()):
                return found
        return ""

    def values_for(self, path: str, front: dict[str, object]) -> dict[str, str]:
        """Of the variables of its space, which stand in the nearest folder above that has some, and of the page."""
        folder = posixpath.dirname(path)
        while folder and posixpath.join(folder, VARIABLES) not in self.source.names:
            folder = posixpath.dirname(folder)
        name = posixpath.join(folder, VARIABLES)
        if name not in self.variables:
            data = load_settings(self.source, name) if name in self.source.names else {}
            self.variables[name] = plain_values("space", data)
        return self.variables[name] | plain_values("page", front.get("vars"))


def plain_values(owner: str, data: object) -> dict[str, str]:
    rows = data.items() if isinstance(data, dict) else ()
    return {f"{owner}.vars.{name}": str(value) for name, value in rows if isinstance(value, str | int | float)}


def load_settings(source: Source, name: str) -> dict[str, object]:
    text = INVISIBLE.sub("", read_text(source, name))
    try:
        return load_yaml(name, text) if text.strip() else {}
    except SourceError as error:
        raise BookError(_("The settings of the book can't be read: %(reason)s"), reason=error) from error


def read_book(source: Source, account: Account, *, language: str = "", title: str = "") -> Book:
    book = Book(source, account)
    book.folded = {name.casefold(): name for name in sorted(source.names)}
    root, readme, summary = settings(book)
    texts = {name for name in source.names if name.lower().endswith((".md", ".markdown"))}
    inside = {name for name in texts if under(name, root)}
    for name in sorted(texts - inside):
        account.met("page", REFUSED, _("outside the folder that .gitbook.yaml names"), file=name)
    root, inside = one_language(book, root, inside, language)
    tables = sorted((n for n in inside if posixpath.basename(n) == summary), key=lambda n: (n.count("/"), n))
    for table in tables:
        account.met("table of contents", MAPPED)
        add_space(book, table, readme, title if posixpath.dirname(table) == root else "")
    included = sorted(name for name in inside if ".gitbook/includes/" in name)
    for name in included:
        account.met("text for inclusion", MAPPED, file=name)
    rest = sorted(inside - set(included) - set(tables) - book.by_path.keys() - {posixpath.join(root, "LANGS.md")})
    if not tables:
        add_folders(book, root, rest, readme, title or book.source.name)
    else:
        add_unlisted(book, rest)
    for old, target in book.redirects.items():
        if book.find(target) not in book.by_path:
            reason = _("it leads to no page of the book")
            account.met("redirect", REFUSED, reason, file=".gitbook.yaml", what=f"{old}: {target}")
    if not book.leaves:
        raise BookError(
            _("%(book)s: no page was found; a GitBook book holds Markdown files and a SUMMARY.md."), book=source.name
        )
    return book


def under(name: str, folder: str) -> bool:
    return not folder or name.startswith(f"{folder}/")


def settings(book: Book) -> tuple[str, str, str]:
    """Root folder, name of the front page and name of the contents, as .gitbook.yaml gives them."""
    if ".gitbook.yaml" not in book.source.names:
        return "", "README.md", "SUMMARY.md"
    data = load_settings(book.source, ".gitbook.yaml")
    structure = data.get("structure") if isinstance(data.get("structure"), dict) else {}
    root = inside_book(str(data.get("root") or ""), ".gitbook.yaml")
    redirects = data.get("redirects")
    if isinstance(redirects, dict):
        book.redirects = {str(old).strip("/"): posixpath.join(root, str(new)) for old, new in redirects.items()}
    return root, name_of(structure, "readme", "README.md"), name_of(structure, "summary", "SUMMARY.md")


def name_of(structure: object, key: str, default: str) -> str:
    value = structure.get(key) if isinstance(structure, dict) else None
    return posixpath.basename(str(value).strip()) if value else default


def inside_book(path: str, file: str) -> str:
    plain = posixpath.normpath(path.strip().replace("\\", "/").lstrip("/")) if path.strip() else ""
    if plain == ".." or plain.startswith("../"):
        raise BookError(_("%(file)s: “%(path)s” leads out of the book."), file=file, path=path[:80])
    return "" if plain == "." else plain


def one_language(book: Book, root: str, inside: set[str], language: str) -> tuple[str, set[str]]:
    """An old book in several languages has a folder for each, listed in LANGS.md; one is imported at a time."""
    name = posixpath.join(root, "LANGS.md")
    if name not in inside:
        return root, inside
    folders = [
        book.find(posixpath.join(root, item.target)) for item in walk(parse_contents(read_text(book.source, name)))
    ]
    folders = [posixpath.dirname(folder) for folder in folders if folder]
    wanted = posixpath.join(root, language.split("-")[0])
    if wanted not in folders:
        known = ", ".join(posixpath.basename(folder) for folder in folders)
        raise BookError(
            _("LANGS.md: the book has no folder for the language “%(language)s”; it has: %(known)s."),
            language=language,
            known=known,
        )
    book.account.met("table of contents", MAPPED)
    kept = {file for file in inside if under(file, wanted)}
    for file in sorted(inside - kept - {name}):
        book.account.met("page", REFUSED, _("in another language: import it below a page in that language"), file=file)
    book.language_folder = wanted
    return wanted, kept


def walk(items: Iterable[Item]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from walk(item.children)


def add_space(book: Book, table: str, readme: str, title: str) -> None:
    """A book within the book: below one page, its only one of the first level, or else one of its own."""
    folder = posixpath.dirname(table)
    book.spaces.append(folder)
    items = parse_contents(read_text(book.source, table))
    name = title or human(posixpath.basename(folder) or book.source.name)
    if len(items) == 1 and items[0].target:
        add_items(book, items, folder, -1, table, slug=name if not folder else posixpath.basename(folder))
        return
    slug = posixpath.basename(folder) or title or book.source.name
    top = book.add("", name, slug, f"space/{relative(book, folder)}", -1)
    add_items(book, items, folder, top.number, table)


def relative(book: Book, path: str) -> str:
    """Identities of a book in several languages are the same in each, so that its pages are translations."""
    prefix = book.language_folder
    return path[len(prefix) :].lstrip("/") if prefix and under(f"{path}/", prefix) else path


def human(name: str) -> str:
    words = re.sub(r"[-_]+", " ", name).strip(" .")
    return words[:1].upper() + words[1:] if words else "Book"


def add_items(book: Book, items: list[Item], folder: str, parent: int, table: str, slug: str = "") -> None:
    for item in items:
        leaf = add_item(book, item, folder, parent, table, slug or "")
        below = parent if leaf is None else leaf.number
        add_items(book, item.children, folder, below, f"{table}/{item.title}")


def add_item(book: Book, item: Item, folder: str, parent: int, table: str, slug: str) -> Leaf | None:
    meet = book.account.met
    file = table.split(".md", 1)[0] + ".md"
    if not item.target:
        return book.add("", item.title, item.title, f"group/{relative(book, table)}/{item.title}", parent)
    address = safe_split(item.target)
    if address is None or address.scheme:
        meet(
            "contents entry",
            DEGRADED,
            _("a link in the contents became a page with that link"),
            file=file,
            what=item.target,
        )
        return book.add(
            "", item.title, item.title, f"link/{relative(book, table)}/{item.target}", parent, url=item.target
        )
    path = book.find(inside_book(posixpath.join(folder, unquote(item.target.split("#")[0])), file))
    if path in book.by_path:
        meet(
            "contents entry",
            DEGRADED,
            _("listed twice in the contents: it stands where it is listed first"),
            file=file,
            what=path,
        )
        return None
    if not path.lower().endswith((".md", ".markdown")):
        reason = _("the contents name a file that is not in the book")
        meet("contents entry", REFUSED, reason, file=file, what=item.target)
        if not item.children:
            return None
        return book.add("", item.title, item.title, f"group/{relative(book, table)}/{item.target}", parent)
    meet("page", MAPPED)
    return book.add(path, item.title, slug or slug_of(path, folder), f"page/{relative(book, path)}", parent)


def slug_of(path: str, folder: str = "") -> str:
    stem = posixpath.splitext(posixpath.basename(path))[0]
    if stem.lower() == "readme" and posixpath.dirname(path) not in ("", folder):
        return posixpath.basename(posixpath.dirname(path))
    return "overview" if stem.lower() == "readme" else stem


def add_folders(book: Book, root: str, names: list[str], readme: str, title: str) -> None:
    """As GitBook does without a SUMMARY.md: each folder is the page of its README, its files stand below it."""
    pages = {posixpath.dirname(name): name for name in names if posixpath.basename(name).lower() == readme.lower()}
    places: dict[str, int] = {}

    def place(folder: str) -> int:
        if folder not in places:
            above = place(posixpath.dirname(folder)) if folder != root and folder else -1
            name = posixpath.basename(folder)
            path = pages.get(folder, "")
            if path:
                book.account.met("page", MAPPED)
            places[folder] = book.add(
                path,
                human(name) if above >= 0 else title,
                name or title,
                f"page/{relative(book, path)}" if path else f"group/{folder}",
                above,
            ).number
        return places[folder]

    for name in names:
        parent = place(posixpath.dirname(name))
        if name not in book.by_path:
            book.account.met("page", MAPPED)
            book.add(name, human(slug_of(name)), slug_of(name), f"page/{relative(book, name)}", parent)


def add_unlisted(book: Book, names: list[str]) -> None:
    """Nothing is lost: below the page of its folder, as a draft."""
    for name in sorted(
        names, key=lambda n: (posixpath.dirname(n), slug_of(n) != posixpath.basename(posixpath.dirname(n)), n)
    ):
        book.account.met("page", DEGRADED, UNLISTED, file=name)
        book.add(
            name, human(slug_of(name)), slug_of(name), f"page/{relative(book, name)}", home_of(book, name), draft=True
        )


def home_of(book: Book, name: str) -> int:
    folder = posixpath.dirname(name)
    while True:
        readme = posixpath.join(folder, "README.md")
        if readme in book.by_path and readme != name:
            return book.by_path[readme]
        if not folder:
            return 0
        folder = posixpath.dirname(folder)


def load_front_matter(name: str, text: str) -> tuple[dict[str, object], str]:
    """The settings at the head of a page, and the page without them."""
    match = re.match(r"---[ \t]*\n((?:.*\n)*?)---[ \t]*(?:\n|$)", text)
    if match is None:
        return {}, text
    try:
        data = load_yaml(name, match[1]) if match[1].strip() else {}
    except (SourceError, yaml.YAMLError):
        return {}, text
    return data, text[match.end() :]
