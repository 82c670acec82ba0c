"""Files that are broken or mean harm are refused in one line, before they cost anything."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from iop_sched.tables import csv_folder, unpacking
from iop_sched.tables.saving import save_week
from iop_sched.tables.sheets import SHEETS
from iop_sched.week.loading import load_week
from iop_sched.week.program import ProgramWeek
from tables.made import cells_of, said, write_csv
from week.texts import data

WEEK = ProgramWeek.model_validate(data())
Parts = dict[str, bytes]


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A workbook in order."""
    path = tmp_path_factory.mktemp("made") / "week.xlsx"
    save_week(path, WEEK)
    return path.read_bytes()


def repacked(workbook: bytes, change: Callable[[Parts], None]) -> bytes:
    """The workbook with other parts."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def refused(tmp_path: Path, content: bytes, name: str = "week.xlsx") -> str:
    """The one line that is said about a file."""
    path = tmp_path / name
    path.write_bytes(content)
    (line,) = said(path)
    assert line.startswith(f"{name}: ")
    return line


def in_clients(old: bytes, new: bytes) -> Callable[[Parts], None]:
    """Replace something in the sheet of clients."""

    def change(parts: Parts) -> None:
        number = 2 + [sheet.name for sheet in SHEETS].index("Clients")
        name = f"xl/worksheets/sheet{number}.xml"
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new, 1)

    return change


def test_the_workbook_is_in_order(tmp_path: Path, workbook: bytes) -> None:
    (tmp_path / "week.xlsx").write_bytes(repacked(workbook, lambda parts: None))
    assert load_week(tmp_path / "week.xlsx") == WEEK


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not a workbook"),
        (b"hello", "not a workbook; save it as .xlsx"),
        (b"PK\x03\x04", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "protected by a password, or is of the old kind"),
    ],
)
def test_what_is_no_workbook(tmp_path: Path, content: bytes, words: str) -> None:
    assert words in refused(tmp_path, content)


@pytest.mark.parametrize(("name", "words"), [
    ("week.ods", "save it as .xlsx"),
    ("week.xls", "save it as .xlsx"),
    ("clients.csv", "name the folder"),
])  # fmt: skip
def test_other_kinds_of_file(tmp_path: Path, name: str, words: str) -> None:
    assert words in refused(tmp_path, b"anything", name)


@pytest.mark.parametrize("part", [0.3, 0.9, 0.999])
def test_a_truncated_workbook(tmp_path: Path, workbook: bytes, part: float) -> None:
    assert "damaged" in refused(tmp_path, workbook[: int(part * len(workbook))])


def test_an_unpacking_bomb(tmp_path: Path, workbook: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = repacked(workbook, lambda parts: parts.update({"xl/bomb.xml": bytes(unpacking.MAX_UNPACKED)}))
    assert len(bomb) < 200_000

    def never(*_: object) -> None:
        raise AssertionError("it was opened")

    monkeypatch.setattr(zipfile.ZipFile, "open", never)
    assert "too large once unpacked" in refused(tmp_path, bomb)


def test_a_part_that_is_larger_than_it_says(tmp_path: Path, workbook: bytes) -> None:
    bomb = repacked(workbook, lambda parts: parts.update({"xl/bomb.xml": b" " * 1_000_000}))
    size = (1_000_000).to_bytes(4, "little")
    assert bomb.count(size) == 2
    assert "damaged" in refused(tmp_path, bomb.replace(size, (10).to_bytes(4, "little")))


def test_parts_without_end(tmp_path: Path, workbook: bytes) -> None:
    many = {f"xl/part{number}.xml": b"" for number in range(unpacking.MAX_PARTS)}
    assert "too many parts" in refused(tmp_path, repacked(workbook, lambda parts: parts.update(many)))


@pytest.mark.parametrize("place", [b"XFD1048576", b"A1048576", b"XFD3", b"A99999999999999999999"])
def test_a_cell_far_out(tmp_path: Path, workbook: bytes, place: bytes) -> None:
    spoilt = repacked(workbook, in_clients(b'r="A2"', b'r="' + place + b'"'))
    assert "a cell lies beyond row" in refused(tmp_path, spoilt)


def test_an_empty_cell_far_out_does_not_matter(tmp_path: Path, workbook: bytes) -> None:
    far = repacked(
        workbook, in_clients(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>')
    )
    (tmp_path / "week.xlsx").write_bytes(far)
    assert load_week(tmp_path / "week.xlsx") == WEEK


@pytest.mark.parametrize("cell", [
    b'<c t=">" r="XFD1048576"><v>1</v></c>',
    b'<c r="&#65;1048576"><v>1</v></c>',
    b'<row r="1048576"><c><v>1</v></c></row>',
])  # fmt: skip
def test_a_cell_that_hides_where_it_is(tmp_path: Path, workbook: bytes, cell: bytes) -> None:
    spoilt = repacked(workbook, in_clients(b"</sheetData>", cell + b"</sheetData>"))
    assert refused(tmp_path, spoilt)


def test_a_long_text_named_often(tmp_path: Path, workbook: bytes) -> None:
    def change(parts: Parts) -> None:
        texts = parts["xl/sharedStrings.xml"]
        parts["xl/sharedStrings.xml"] = texts.replace(b"<si><t>", b"<si><t>" + b"x" * 100_000, 1)
        cells = b"".join(
            b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (row, row) for row in range(50, 550)
        )
        in_clients(b"</sheetData>", cells + b"</sheetData>")(parts)

    assert "too many cells" in refused(tmp_path, repacked(workbook, change))


def test_entities_are_refused(tmp_path: Path, workbook: bytes) -> None:
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]>'
    spoilt = repacked(
        workbook, lambda parts: parts.update({"xl/workbook.xml": laughs + parts["xl/workbook.xml"]})
    )
    assert "damaged" in refused(tmp_path, spoilt)


@pytest.mark.parametrize("cell", [
    b'<c r="B90"><f>1+1</f><v></v></c>',
    b'<c r="B90" s="1" t="n"><f>1+1</f><v /></c>',
    b'<c r="B90"><f ca="1">1+1</f></c>',
    b'<c r="B90"><f t="shared" si="0"/></c>',
    b'<c r="B90" t="e">\n<f>1+1</f> <v> </v>\n</c>',
    b'<x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="B90"><x:f>1</x:f></x:c>',
])  # fmt: skip
def test_formulas_without_a_value_are_named(tmp_path: Path, workbook: bytes, cell: bytes) -> None:
    rows = b'<row r="90">%b</row><row r="91">%b</row></sheetData>' % (cell, cell.replace(b"B90", b"C91"))
    path = tmp_path / "week.xlsx"
    path.write_bytes(repacked(workbook, in_clients(b"</sheetData>", rows)))
    found = [one for one in said(path) if "has no value yet" in one]
    assert [one.partition(": the ")[0] for one in found] == [
        "week.xlsx: sheet Clients, cell B90: Level of care",
        "week.xlsx: sheet Clients, cell C91: Priority",
    ]
    assert all("; open and save the workbook in a spreadsheet program" in one for one in found)


@pytest.mark.parametrize("value", [b"<v></v>", b"<v/>", b""])
def test_a_formula_that_comes_to_the_empty_text_has_a_value(
    tmp_path: Path, workbook: bytes, value: bytes
) -> None:
    row = b'<row r="90"><c r="A90" t="str"><f>IF(B1="","","x")</f>%b</c></row></sheetData>' % value
    (tmp_path / "week.xlsx").write_bytes(repacked(workbook, in_clients(b"</sheetData>", row)))
    assert load_week(tmp_path / "week.xlsx") == WEEK


def test_formulas_without_a_value_where_nobody_looks(tmp_path: Path, workbook: bytes) -> None:
    formula = b"<f>1+1</f><v></v></c></row>"

    def change(parts: Parts) -> None:
        first = parts["xl/worksheets/sheet1.xml"]
        own = b'<row r="90"><c r="A90">%b</sheetData>' % formula
        parts["xl/worksheets/sheet1.xml"] = first.replace(b"</sheetData>", own)
        in_clients(b"</row>", b'<c r="AZ1" t="str"><v># mine</v></c></ROW>')(parts)
        in_clients(b"</row>", b'<c r="AZ2">' + formula)(parts)
        in_clients(b"</ROW>", b"</row>")(parts)

    (tmp_path / "week.xlsx").write_bytes(repacked(workbook, change))
    assert load_week(tmp_path / "week.xlsx") == WEEK


def test_formulas_without_a_value_without_end(tmp_path: Path, workbook: bytes) -> None:
    cells = b"".join(
        b'<row r="%d"><c r="A%d"><f/></c></row>' % (row, row)
        for row in range(50, 51 + unpacking.MAX_UNVALUED)
    )
    spoilt = repacked(workbook, in_clients(b"</sheetData>", cells + b"</sheetData>"))
    assert "formulas in this workbook have no value yet; open it" in refused(tmp_path, spoilt)


def test_merged_cells_without_end(tmp_path: Path, workbook: bytes) -> None:
    many = b'<mergeCell ref="A1:B2"/>' * (unpacking.MAX_MERGED + 1)
    spoilt = repacked(
        workbook, in_clients(b"</sheetData>", b"</sheetData><mergeCells>" + many + b"</mergeCells>")
    )
    assert "too many merged cells" in refused(tmp_path, spoilt)


def test_an_error_of_a_formula_is_no_empty_cell(tmp_path: Path, workbook: bytes) -> None:
    error = b'<row r="90"><c r="B90" t="e"><f>Gone!A1</f><v>#REF!</v></c></row></sheetData>'
    path = tmp_path / "week.xlsx"
    path.write_bytes(repacked(workbook, in_clients(b"</sheetData>", error)))
    what = "the formula in this cell comes to the error #REF!; correct it, or write the value itself"
    assert f"week.xlsx: sheet Clients, cell B90: Level of care: {what}" in said(path)


def test_links_and_macros_are_never_looked_at(tmp_path: Path, workbook: bytes) -> None:
    extra = {
        "xl/vbaProject.bin": b"\0macro",
        "xl/externalLinks/externalLink1.xml": b"\0",
        "xl/media/a.png": b"\0",
    }
    (tmp_path / "week.xlsm").write_bytes(repacked(workbook, lambda parts: parts.update(extra)))
    assert load_week(tmp_path / "week.xlsm") == WEEK


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Room,Site\nhall,\xff\n", "rooms.csv:2:6: this is not UTF-8 text; save the file as UTF-8"),
        (b'Room,Site\n"hall,north\n', "a quotation mark is not closed"),
        (b"Room,Site\nha\0ll,north\n", "rooms.csv:2:3: a control character stands here"),
        (b"Room" + 300 * b",", "too large: more than 20,000 rows or 200 columns"),
        (b"Room\n" * 20_002, "too large: more than 20,000 rows or 200 columns"),
    ],
    ids=lambda one: str(one)[:20],
)
def test_a_csv_file(tmp_path: Path, content: bytes, words: str) -> None:
    folder = write_csv(tmp_path / "week", cells_of(WEEK))
    (folder / "rooms.csv").write_bytes(content)
    (line,) = said(folder)
    assert words in line


def test_a_huge_csv_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_csv(tmp_path / "week", cells_of(WEEK))
    with open(folder / "rooms.csv", "wb") as file:
        file.truncate(csv_folder.MAX_BYTES + 1)
    monkeypatch.setattr(csv_folder, "read_text", None)
    assert said(folder) == ["week: the CSV files are too large; files up to 20 MB together are read"]


def test_folders(tmp_path: Path) -> None:
    folder = tmp_path / "week"
    folder.mkdir()
    assert said(folder) == ["week: there is no CSV file in this folder; name the folder of a program week"]
    (folder / "shopping.csv").write_bytes(b"")
    assert any("none of the sheets of a program week is here" in line for line in said(folder))


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "\u202eevil", "x" * 10_000, "\x1b[31mred"])
def test_names_of_sheets_are_repeated_inertly(tmp_path: Path, name: str) -> None:
    folder = write_csv(tmp_path / "week", cells_of(WEEK))
    (folder / "rooms.csv").write_text(f"{name},Room,Site,Kinds,Seats\n", encoding="utf-8")
    found = said(folder)
    assert found
    assert all(len(line) < 600 and line.isprintable() for line in found)
