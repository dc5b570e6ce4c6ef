"""Copies that an office program saved: only what was edited in them is a change."""

import subprocess

import pytest

from dfs_mou.documents import docx, docx_reading, returned
from dfs_mou.documents.tree import build
from tests.dfs_mou.mou_content import DATE, pair_answers
from tests.dfs_mou.test_returned import edited, file, sent
from tests.dfs_mou.translated_edition import edition_in


def saved_anew(data, folder):
    (folder / "mou.docx").write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", f"{folder}/out"]
    subprocess.run([*command, f"{folder}/mou.docx"], check=True, capture_output=True, timeout=180)
    return (folder / "out" / "mou.docx").read_bytes()


@pytest.mark.slow
def test_a_copy_saved_by_an_office_program_shows_only_what_was_edited(tmp_path):
    saved = saved_anew(file(), tmp_path)
    assert returned.changes(sent(), saved) == []
    data = edited(lambda text: text.replace("Its objectives are to", "Its four objectives are to"), data=saved)
    assert [change.key for change in returned.changes(sent(), data)] == ["purpose-objectives"]
    assert docx_reading.manifest(saved)["content"] == sent().sha256


@pytest.mark.slow
@pytest.mark.parametrize(("language", "word", "other"), [("ar", "قنوات", "مسارات"), ("zh-hans", "卡克隆", "卡复制")])
def test_a_copy_saved_in_another_script_shows_only_what_was_edited(language, word, other, tmp_path):
    shown = build(edition_in(language), pair_answers("ng-ncc-cbn"), language=language, date=DATE)
    saved = saved_anew(saved_anew(docx.render(shown), tmp_path), tmp_path)
    assert returned.changes(shown, saved) == []
    found = returned.changes(shown, edited(lambda text: text.replace(word, other), data=saved))
    assert found and all(change.after == change.before.replace(word, other) for change in found)


def test_a_heading_that_was_saved_several_times_is_read_once():
    """As LibreOffice saves one that has other scripts than Latin and stands in a content control."""
    heading = "SIM卡交换"
    copies = [[heading], ["SIM", heading], ["卡交换", heading], [heading]]
    controls = "".join(
        f'<w:sdt><w:sdtPr><w:alias w:val="{heading}"/></w:sdtPr><w:sdtContent><w:r>'
        f"{''.join(f'<w:t>{text}</w:t>' for text in texts)}</w:r></w:sdtContent></w:sdt>"
        for texts in copies
    )
    other = "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>（一）</w:t></w:r></w:sdtContent></w:sdt>"
    paragraph = f"<w:p>{controls}{other}{other}</w:p>"
    data = edited(lambda text: text.replace("<w:sectPr", f"{paragraph}<w:sectPr", 1))
    assert docx_reading.read(data)[-1].text == f"{heading}（一）（一）"
