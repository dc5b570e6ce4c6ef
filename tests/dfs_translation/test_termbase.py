"""The termbase: in and out as CSV and TBX, and seeded from the glossary."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from dfs_workflow.translation.models import Concept, Term

MARTIF = """<?xml version="1.0"?><martif type="TBX-Basic" xml:lang="en"><text><body><termEntry id="wallet">
<langSet xml:lang="en"><tig><term>wallet</term></tig></langSet>
<langSet xml:lang="fr"><ntig><termGrp><term>portefeuille</term>
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termGrp></ntig></langSet>
</termEntry></body></text></martif>"""


def run(what, file):
    out = StringIO()
    call_command("termbase", what, str(file), stdout=out)
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


def test_the_older_tbx_goes_in(tmp_path, db):
    (tmp_path / "old.tbx").write_text(MARTIF)
    run("import", tmp_path / "old.tbx")
    assert {(row[2], row[3], row[4]) for row in everything()} == {
        ("en", "wallet", "admitted"),
        ("fr", "portefeuille", "approved"),
    }


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
