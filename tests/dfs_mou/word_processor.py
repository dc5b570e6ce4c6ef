"""LibreOffice itself: accepts or rejects all changes of a file and tells what stands in each of its paragraphs."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Job:
    """`command`: "Accept", "Reject" or "" to open the file only."""

    path: Path
    command: str = ""


@dataclass(frozen=True)
class Line:
    style: str
    label: str
    text: str

    @property
    def shown(self) -> str:
        return f"{self.label} {self.text}".strip()


def opened(folder: Path, jobs: Sequence[Job]) -> list[list[Line]]:
    """The paragraphs of each file, those of tables too, as one LibreOffice shows them."""
    outputs = [folder / f"{number}.lines" for number in range(len(jobs))]
    rows = (f"{job.path}\t{job.command}\t{output}" for job, output in zip(jobs, outputs, strict=True))
    (folder / "jobs").write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    _office(folder, "--terminate_after_init")  # makes the profile, in which a macro is not found the first time
    basic = folder / "profile" / "user" / "basic"
    (basic / "Standard").mkdir(parents=True, exist_ok=True)
    (basic / "Standard" / "Module1.xba").write_text(MODULE, encoding="utf-8")
    (basic / "Standard" / "script.xlb").write_text(LIBRARY, encoding="utf-8")
    (basic / "script.xlc").write_text(LIBRARIES, encoding="utf-8")
    _office(folder, f'macro:///Standard.Module1.Work("{folder}/jobs")')
    return [_lines(output.read_text(encoding="utf-8")) for output in outputs]


def _office(folder: Path, argument: str) -> None:
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--norestore", "--nologo", argument]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE_SECONDS)


def _lines(text: str) -> list[Line]:
    return [Line(*row.split("\t", 2)) for row in text.splitlines()]


HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE {0} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{1}">\n'
)
LIBRARY = HEAD.format("library:library", "library.dtd") + (
    '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"'
    ' library:readonly="false" library:passwordprotected="false"><library:element library:name="Module1"/>'
    "</library:library>"
)
LIBRARIES = HEAD.format("library:libraries", "libraries.dtd") + (
    '<library:libraries xmlns:library="http://openoffice.org/2000/library"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard"'
    ' xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" library:link="false"/>'
    "</library:libraries>"
)
MODULE = HEAD.format("script:module", "module.dtd") + (
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"'
    ' script:language="StarBasic"><![CDATA['
    """
Sub Work(jobs As String)
    Dim row As String
    Dim parts
    Dim number As Integer
    number = FreeFile
    Open jobs For Input As #number
    Do While Not Eof(number)
        Line Input #number, row
        If row <> "" Then
            parts = Split(row, Chr(9))
            Settle parts(0), parts(1), parts(2)
        End If
    Loop
    Close #number
    StarDesktop.terminate()
End Sub

Sub Settle(path As String, kind As String, target As String)
    Dim hidden(0) As New com.sun.star.beans.PropertyValue
    Dim made, stream, files
    hidden(0).Name = "Hidden"
    hidden(0).Value = True
    made = StarDesktop.loadComponentFromURL(ConvertToURL(path), "_blank", 0, hidden())
    If kind <> "" Then
        createUnoService("com.sun.star.frame.DispatchHelper").executeDispatch( _
            made.CurrentController.Frame, ".uno:" & kind & "AllTrackedChanges", "", 0, Array())
    End If
    made.TextFields.refresh()
    files = createUnoService("com.sun.star.ucb.SimpleFileAccess")
    stream = createUnoService("com.sun.star.io.TextOutputStream")
    stream.setOutputStream(files.openFileWrite(ConvertToURL(target)))
    stream.setEncoding("UTF-8")
    Tell made.Text, stream
    stream.closeOutput()
    made.close(False)
End Sub

Sub Tell(text, stream)
    Dim rows, row, cell
    rows = text.createEnumeration()
    Do While rows.hasMoreElements()
        row = rows.nextElement()
        If row.supportsService("com.sun.star.text.Paragraph") Then
            stream.writeString(row.ParaStyleName & Chr(9) & row.ListLabelString & Chr(9) & _
                Join(Split(row.getString(), Chr(10)), " ") & Chr(10))
        ElseIf row.supportsService("com.sun.star.text.TextTable") Then
            For Each cell In row.CellNames
                Tell row.getCellByName(cell), stream
            Next
        End If
    Loop
End Sub
"""
    "]]></script:module>"
)
