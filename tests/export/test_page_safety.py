"""The page is safe to open, and open to everybody: whatever is in a week, it stays text."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from xml.etree.ElementTree import Element

import pytest

from export.reading import first, made_page, of_class, read, said, section
from iop_sched.compare.comparison import compare
from iop_sched.export.subject import Subject
from iop_sched.report.words import Labels
from iop_sched.rules.facts import Facts
from iop_sched.rules.tiers import empty_roster
from iop_sched.week.places import Closure
from iop_sched.week.result import HandEdit, Unplaced
from iop_sched.week.times import Day
from report.harbour import POLICY, WEEK, found_file

HOSTILE = (
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)" x=\'',
    "</style></title><img src=x onerror=alert(1)>",
    "{{ page }}{% for x in y %}",
    "\u202egnikcart\u202c\u200f",
    "=cmd|' /C calc'!A0",
    "👩‍⚕️ Zoë\nsecond line\x00\x1b[31m",
    "x" * 10_000,
)


def hostile(text: str) -> Subject:
    """Harbour House with ``text`` wherever a week or a roster has words of its own."""
    names = ("c01", "c10", "lee", "mor-1", "group-a", "main", "individual", "team", "yoga")
    closure = Closure.model_construct(day=Day.THU, sites=("north",), why=text)
    pins = tuple(one.model_copy(update={"reason": text}) for one in WEEK.pins)
    clinicians = tuple(
        one.model_copy(update={"away": tuple(away.model_copy(update={"why": text}) for away in one.away)})
        for one in WEEK.clinicians
    )
    levels = tuple(one.model_copy(update={"id": f"iop{text}"}) for one in WEEK.levels)
    clients = tuple(one.model_copy(update={"level": f"iop{text}"}) for one in WEEK.clients)
    cohorts = tuple(one.model_copy(update={"levels": (f"iop{text}",)}) for one in WEEK.cohorts)
    update = {"closures": (closure,), "pins": pins, "clinicians": clinicians}
    week = WEEK.model_copy(update={**update, "levels": levels, "clients": clients, "cohorts": cohorts})
    file = found_file()
    provenance = file.provenance.model_copy(
        update={"policy": text, "edited": (HandEdit(words=text, from_sha256="0"),)}
    )
    file = file.model_copy(
        update={
            "program": text,
            "unplaced": (Unplaced(client="c10", reason=text),),
            "provenance": provenance,
        }
    )
    found = compare(week, POLICY, empty_roster(Facts(week)), file)
    return Subject(week, file, POLICY, Labels(dict.fromkeys(names, text)), found)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_a_week_says_is_text(text: str) -> None:
    tree, plain = read(made_page(hostile(text))), read(made_page(hostile("plain")))
    assert shape(tree) == shape(plain)
    for one in tree.iter():
        if one.tag not in ("style", "script"):
            assert not re.search("[\x00-\x08\x0e-\x1f\u200f\u202a-\u202e]", one.text or "")
    spoken = " ".join(re.sub("[\x00-\x08\x0e-\x1f\u200f\u202a-\u202e]", "\ufffd", text).split())
    assert spoken in said(section(tree, "waiting"))
    assert said(first(tree, "h1")) == spoken


def shape(tree: Element) -> list[tuple[str, tuple[str, ...]]]:
    """Elements and names of attributes: what a text must not be able to change."""
    return [(one.tag, tuple(sorted(one.attrib))) for one in tree.iter()]


def test_only_its_own_style_and_script_are_let_in() -> None:
    text = made_page()
    tree = read(text)
    (guard,) = (one.get("content", "") for one in tree.iter("meta") if "http-equiv" in one.attrib)
    rules = dict(rule.strip().split(" ", 1) for rule in guard.split(";"))
    assert rules["default-src"] == "'none'"
    for tag in ("style", "script"):
        inside = [one.text or "" for one in tree.iter(tag)]
        hashes = [f"'sha256-{b64encode(sha256(one.encode()).digest()).decode()}'" for one in inside]
        assert rules[f"{tag}-src"].split() == hashes
    for one in tree.iter():
        assert not {"style", "src", "srcset", "action", "background"} & set(one.attrib)
        assert not [key for key in one.attrib if key.startswith("on")]
        assert one.get("href", "#").startswith("#")
    assert "//" not in re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)
    assert "url(" not in text
    assert "@import" not in text


def test_a_screen_reader_finds_its_way() -> None:
    tree = read(made_page(hostile("plain")))
    assert (tree.tag, tree.get("lang")) == ("html", "en")
    assert [len(list(tree.iter(tag))) for tag in ("main", "h1", "nav")] == [1, 1, 1]
    ids = [one.get("id") for one in tree.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    for one in tree.iter("section"):
        assert one.get("aria-labelledby") in ids
    for table in tree.iter("table"):
        assert said(next(table.iter("caption")))
        assert all(head.get("scope") in ("col", "row") for head in table.iter("th"))
    for picture in tree.iter("svg"):
        assert picture.get("aria-hidden") == "true"
    for link in tree.iter("a"):
        assert link.get("href", "")[1:] in ids
    for control in (*tree.iter("select"), *tree.iter("input")):
        assert any(
            control in list(label.iter()) and said(next(of_class(label, "sr")))
            for label in tree.iter("label")
        )
    assert set(levels(tree)) == {1, 2, 3}
    assert tree.find(".//*[@role='status'][@aria-live='polite']") is not None


def levels(tree: Element) -> Iterator[int]:
    """Levels of headings; none may be skipped on the way down."""
    last = 0
    for one in tree.iter():
        if re.fullmatch("h[1-6]", one.tag):
            level = int(one.tag[1])
            assert level <= last + 1
            last = level
            yield level


def test_without_a_script_nothing_is_hidden_but_the_tools() -> None:
    hidden = [one for one in read(made_page()).iter() if "hidden" in one.attrib]
    assert [one.get("id") for one in hidden if one.get("class") != "nothing"] == ["tools"]
