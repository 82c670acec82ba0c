"""The report's page and tables: what stands in them."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from iop_sched.export.upward.page import html
from iop_sched.export.upward.tables import COLUMNS, write_tables
from iop_sched.report.upward import at_a_glance, week_tables
from iop_sched.report.words import Labels
from iop_sched.upward.build import week_report
from iop_sched.upward.rows import figures
from iop_sched.week.roster import Roster
from report.harbour import ROSTER, WEEK

HARBOUR = week_report(WEEK, ROSTER, "week of 2025-03-03")
EMPTY = week_report(WEEK, Roster(), "an empty one")


class Seen(HTMLParser):
    """Tags, attributes and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append(data)


def test_the_page_has_every_cell() -> None:
    words = Seen(html([HARBOUR, EMPTY], Labels())).words
    assert words.count("At a glance") == 1
    assert words.count("week of 2025-03-03") == 2
    for table in (at_a_glance([HARBOUR, EMPTY]), *week_tables(HARBOUR, Labels())):
        assert table.title in words
        assert {cell for row in table.rows for cell in row} <= set(words)


def test_a_bar_for_each_share() -> None:
    text = html([HARBOUR], Labels())
    tables = [at_a_glance([HARBOUR]), *week_tables(HARBOUR, Labels())]
    bars = [bar for table in tables for bar in table.bars if bar is not None]
    widths = re.findall(r'<rect class="part" width="([\d.]+)"', text)
    assert [float(width) for width in widths] == pytest.approx([100 * bar for bar in bars], abs=0.05)
    # lee: 15 h of 20
    assert "75.0" in widths


def test_a_bar_is_never_longer_than_its_track() -> None:
    busy = HARBOUR.clinicians[0].model_copy(update={"scheduled_minutes": 30 * 60})
    (_, clinicians, *_) = week_tables(HARBOUR.model_copy(update={"clinicians": (busy,)}), Labels())
    assert clinicians.bars == (1.0,)
    assert clinicians.rows[0][6] == "150%"


def test_the_page_needs_nothing_from_outside() -> None:
    text = html([HARBOUR], Labels())
    style = re.search(r"<style>(.*?)</style>", text, re.S)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in text
    assert not re.search(r"(src|href|style)=|url\(|@import|<script|<link", text)


# Tables


def test_tables_are_tidy(tmp_path: Path) -> None:
    paths = write_tables([HARBOUR, EMPTY], Labels(), tmp_path / "tables")
    assert [path.stem for path in paths] == list(COLUMNS)
    found = {path.stem: pd.read_csv(path) for path in paths}
    rows = found["figures"]
    assert len(rows) == len(figures(HARBOUR)) + len(figures(EMPTY))
    assert not rows.duplicated(["report", "about", "id", "figure"]).any()
    lee = rows[(rows["id"] == "lee") & rows["figure"].str.startswith("hours scheduled")]
    assert lee[["unit", "value", "of"]].values.tolist() == [["hours", 15, 20], ["hours", 0, 20]]
    assert found["authorisations"]["client"].tolist()[:2] == ["c02", "c03"]
    at_risk = found["days-at-risk"]
    first = at_risk[at_risk["report"] == HARBOUR.label]
    assert first[["client", "day", "risk"]].values.tolist() == [
        ["c01", "fri", "lost"],
        ["c02", "wed", "unauthorised"],
        ["c02", "fri", "lost"],
        ["c03", "fri", "lost"],
    ]


def test_a_table_without_rows_has_its_columns(tmp_path: Path) -> None:
    nothing = EMPTY.model_copy(update={"endings": (), "at_risk": ()})
    for path in write_tables([nothing], Labels(), tmp_path):
        assert list(pd.read_csv(path).columns)[3:] == list(COLUMNS[path.stem])
