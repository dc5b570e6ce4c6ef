"""The termbase: in and out as CSV and TBX, and seeded from the glossary."""

from io import StringIO

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from lxml import etree

from dfs_workflow.translation.exporters.termbase import LANG, write_tbx
from dfs_workflow.translation.models import Concept, Term
from tests.dfs_translation.conftest import person

MARTIF = """<?xml version="1.0"?><martif type="TBX-Basic" xml:lang="en"><text><body><termEntry id="wallet">
<langSet xml:lang="en"><tig><term>wallet</term></tig></langSet>
<langSet xml:lang="fr"><ntig><termGrp><term>portefeuille</term>
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termGrp></ntig></langSet>
</termEntry></body></text></martif>"""


def run(what, file, *options):
    out = StringIO()
    call_command("termbase", what, str(file), *options, stdout=out)
    return out.getvalue()


def everything():
    names = ("concept__key", "concept__definition", "language", "text", "status", "source", "note")
    return sorted(Term.objects.values_list(*names))


@pytest.fixture
def wallet(db):
    concept = Concept.objects.create(key="wallet", definition="An account, =1+1")
    words = [("en", "wallet", "approved"), ("fr", "portefeuille", "approved"), ("fr", "bourse", "forbidden")]
    for language, text, status in words:
        Term.objects.create(concept=concept, language=language, text=text, status=status, source="UNTERM", note="«x»")


@pytest.mark.parametrize("name", ["terms.csv", "terms.tbx"])
def test_the_termbase_goes_out_and_comes_back_whole(tmp_path, wallet, name):
    before = everything()
    run("export", tmp_path / name)
    Concept.objects.all().delete()
    assert run("import", tmp_path / name) == "3 terms\n"
    assert everything() == before
    run("import", tmp_path / name)
    assert everything() == before


def test_tools_that_know_only_the_older_tbx_get_that(tmp_path, wallet, root_user):
    before = everything()
    run("export", tmp_path / "old.tbx", "--edition", "2008")
    client = Client()
    client.force_login(root_user)
    file = client.get("/admin/translations/terms/?format=tbx&edition=2008").content
    assert file == (tmp_path / "old.tbx").read_bytes()
    root = etree.fromstring(file)
    assert [root.tag, *(part.tag for part in root.find("text/body/termEntry/langSet/tig"))] == [
        *("martif", "term", "termNote", "admin", "note")
    ]
    Concept.objects.all().delete()
    run("import", tmp_path / "old.tbx")
    assert everything() == before
    Term.objects.create(concept=Concept.objects.get(), language="ar", text="محفظة", status="approved")
    assert etree.fromstring(write_tbx("en"))[1][0][0][1].get(LANG) == "en"  # that of the source is the first


def test_the_older_tbx_goes_in(tmp_path, db):
    (tmp_path / "old.tbx").write_text(MARTIF)
    run("import", tmp_path / "old.tbx")
    assert {(row[2], row[3], row[4]) for row in everything()} == {
        ("en", "wallet", "admitted"),
        ("fr", "portefeuille", "approved"),
    }


def test_files_of_other_tools_keep_their_entries_apart_and_name_languages_in_their_way(tmp_path, wallet):
    for number, (english, french) in enumerate([("wallet", "porte-monnaie"), ("SIM swap", "échange de SIM")]):
        entry = MARTIF.replace(' id="wallet"', "").replace(">wallet<", f">{english}<").replace("portefeuille", french)
        (tmp_path / f"{number}.tbx").write_text(entry.replace('xml:lang="fr"', 'xml:lang="fr-FR"'))
        run("import", tmp_path / f"{number}.tbx")
    found = {(row[0], row[2], row[3]) for row in everything()}
    assert {("wallet", "fr", "porte-monnaie"), ("sim-swap", "fr", "échange de SIM")} <= found


def test_a_file_without_terms_is_refused(tmp_path, wallet):
    (tmp_path / "none.tbx").write_text(MARTIF.replace("<term>wallet</term>", "").replace("portefeuille", ""))
    with pytest.raises(CommandError, match="There is no term in the file"):
        run("import", tmp_path / "none.tbx")
    (tmp_path / "long.tbx").write_text(MARTIF.replace("portefeuille", "p" * 201))
    with pytest.raises(CommandError, match="longer than 200"):
        run("import", tmp_path / "long.tbx")


def test_a_wrong_file_says_what_to_do_and_changes_nothing(tmp_path, wallet):
    for text in ("a,b\n1,2", "concept,definition,language,term,status,source,note\nx,,fr,mot,best,,", "<html/>", "<x"):
        (tmp_path / "wrong").write_text(text)
        with pytest.raises(CommandError, match="Nothing was imported"):
            run("import", tmp_path / "wrong")
    assert len(everything()) == 3


def test_it_starts_with_the_glossary_in_every_language(content):
    call_command("seed_termbase", stdout=StringIO())
    found = {(row[0], row[2], row[3]): row[4] for row in everything()}
    assert found["wallet", "en", "Wallet"] == "approved"
    french = Term.objects.get(concept__key="mobile-money", language="fr")
    assert french.status == "admitted"  # a draft that nobody has reviewed


def test_it_is_edited_in_the_admin(wallet, root_user):
    client = Client()
    client.force_login(root_user)
    assert "wallet" in client.get("/admin/termbase/").content.decode()
    assert client.get(f"/admin/termbase/edit/{Concept.objects.get().pk}/").status_code == 200


SCREEN = "/admin/translations/terms/"


def as_user(*rights):
    user = person("keeper")
    wanted = [("wagtailadmin", "access_admin"), *rights]
    user.user_permissions.add(
        *(Permission.objects.get(content_type__app_label=app, codename=name) for app, name in wanted)
    )
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("name", ["csv", "tbx"])
def test_it_goes_out_and_in_on_the_screen(wallet, name):
    client = as_user(("dfs_translation", "change_concept"))
    assert SCREEN in client.get("/admin/termbase/").content.decode()
    before = everything()
    file = client.get(f"{SCREEN}?format={name}")
    assert file["Content-Disposition"] == f'attachment; filename="termbase.{name}"'
    Concept.objects.all().delete()
    answer = client.post(SCREEN, {"file": SimpleUploadedFile(f"t.{name}", file.content)}, follow=True)
    assert "3 terms were added or renewed." in answer.content.decode()
    assert everything() == before


def test_a_translator_reads_it_and_does_not_change_it(wallet):
    client = as_user(("wagtail_localize", "submit_translation"), ("dfs_translation", "view_concept"))
    assert b"portefeuille" in client.get(f"{SCREEN}?format=csv").content
    assert 'type="file"' not in client.get(SCREEN).content.decode()
    assert "wallet" in client.get("/admin/termbase/").content.decode()
    client.post(SCREEN, {"file": SimpleUploadedFile("t.csv", b"x")})
    client.post(f"/admin/termbase/delete/{Concept.objects.get().pk}/")
    assert len(everything()) == 3
    assert Client().get(f"{SCREEN}?format=csv").status_code == 302


@pytest.mark.parametrize(
    "upload", [b"", b"a,b\n1,2", b"\xff\xfe", b"<x", b"concept,definition,language,term,status,source,note\nx,,fr,"]
)
def test_a_wrong_file_on_the_screen_says_why(wallet, upload):
    client = as_user(("dfs_translation", "change_concept"))
    data = {"file": SimpleUploadedFile("t.csv", upload)} if upload else {}
    assert "Nothing was imported." in client.post(SCREEN, data, follow=True).content.decode()
    assert len(everything()) == 3


def test_what_is_too_long_for_its_column_is_named(wallet, tmp_path):
    head = "concept,definition,language,term,status,source,note\n"
    (tmp_path / "long.csv").write_text(f"{head}A Wallet,,FR,{'x' * 201},approved,,\n")
    with pytest.raises(CommandError, match=r"Line 2: “x{40}…” is longer than 200 characters"):
        run("import", tmp_path / "long.csv")
    (tmp_path / "right.csv").write_text(f"{head}A Wallet,,FR,mot,approved,,'d\n")
    run("import", tmp_path / "right.csv")
    assert ("a-wallet", "fr", "mot", "'d") in {(row[0], row[2], row[3], row[6]) for row in everything()}
