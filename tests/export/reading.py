"""An exported page read back with the standard library."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from iop_sched.export.page.build import page
from iop_sched.export.page.render import html
from iop_sched.export.subject import Subject
from iop_sched.report.words import Labels
from iop_sched.week.program import ProgramWeek
from iop_sched.week.result import RosterFile
from report.harbour import POLICY, WEEK, found_file

VOID = {"meta", "input", "br", "hr", "link", "img"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = ElementTree.TreeBuilder()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        self.open.append(tag)
        if tag in VOID:
            self.handle_endtag(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes another element"
        self.builder.end(tag)

    def handle_data(self, data: str) -> None:
        if self.open:
            self.builder.data(data)


def read(page: str) -> Element:
    """The page as a tree; fails when an element is not closed where it should be."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader.builder.close()


def said(node: Element) -> str:
    """Everything said in a node, with single spaces."""
    return " ".join("".join(node.itertext()).split())


def first(node: Element, tag: str) -> Element:
    """The first node of a kind below a node; fails without one."""
    return next(node.iter(tag))


def of_class(node: Element, name: str) -> Iterator[Element]:
    """Nodes below that have a class."""
    return (one for one in node.iter() if name in one.get("class", "").split())


def section(tree: Element, id_: str) -> Element:
    """A view of the page."""
    found = tree.find(f".//section[@id='{id_}']")
    assert found is not None
    return found


def lanes(tree: Element, id_: str) -> dict[str, list[tuple[str, str, str]]]:
    """What stands in each lane of a view: day, time and what, by the name at its head."""
    found = {}
    for row in section(tree, id_).findall(".//tbody/tr"):
        entries = []
        for cell in row.findall("td"):
            for line in cell.findall(".//li"):
                time = line.find("b")
                assert time is not None
                entries.append((cell.get("data-day", ""), said(time), (time.tail or "").strip()))
        found[said(next(of_class(row, "name")))] = sorted(entries)
    return found


def subject(week: ProgramWeek = WEEK, roster: RosterFile | None = None, **names: str) -> Subject:
    return Subject(week, roster or found_file(), POLICY, Labels(names))


def made_page(given: Subject | None = None) -> str:
    return html(page(given or subject()))
