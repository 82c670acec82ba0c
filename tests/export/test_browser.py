"""The page in a real browser: it reads, filters, turns dark and prints, and asks the network for nothing."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from export.reading import made_page
from export.test_page_safety import hostile
from iop_sched.compare.comparison import compare
from iop_sched.export.sheets.write import write_sheets
from iop_sched.export.subject import Subject
from iop_sched.report.words import Labels
from iop_sched.rules.facts import Facts
from iop_sched.rules.tiers import empty_roster
from report.harbour import POLICY, WEEK, found_file

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = playwright.expect

BROWSER = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))),
    None,
)
pytestmark = pytest.mark.skipif(
    BROWSER is None, reason="no chromium, chromium-browser or google-chrome on the PATH"
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Opened:
    """A page that is open, and what it complained of or asked for."""

    def __init__(self, tab: playwright.Page, file: Path) -> None:
        self.tab = tab
        self.file = file
        self.heard: list[str] = []
        self.asked: list[str] = []
        tab.set_default_timeout(120_000)
        tab.on("console", lambda message: self.heard.append(message.text))
        tab.on("pageerror", lambda error: self.heard.append(str(error)))
        tab.on("dialog", lambda dialog: (self.heard.append(dialog.message), dialog.dismiss()))
        tab.context.route("**/*", self._route)
        self.open()

    def _route(self, route: playwright.Route) -> None:
        if route.request.url.split("#")[0] == self.file.as_uri():
            route.continue_()
        else:
            self.asked.append(route.request.url)
            route.abort()

    def open(self, state: str = "") -> None:
        """Open it anew, with a filter in its address."""
        self.tab.goto("about:blank")
        self.tab.goto(self.file.as_uri() + state)

    def shown(self, section: str, what: str) -> list[str]:
        """First words of what is visible in a view."""
        found = self.tab.locator(f"#{section} {what}").all()
        return [one.inner_text().split()[0] for one in found if one.is_visible()]


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=BROWSER, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def opened(browser: playwright.Browser, tmp_path: Path) -> Iterator[Opened]:
    file = tmp_path / "week.html"
    file.write_text(made_page(), encoding="utf-8")
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
    page = Opened(context.new_page(), file)
    yield page
    context.close()
    assert page.heard == []
    assert page.asked == []


def test_filters_leave_what_is_about_whom(opened: Opened) -> None:
    tab = opened.tab
    assert len(opened.shown("clients", "tbody tr")) == 10
    tab.select_option("#by-cohort", "eve-1")
    assert opened.shown("clients", "tbody tr") == ["c04", "c05"]
    assert opened.shown("cohorts", "article") == ["eve-1"]
    assert set(opened.shown("week", ".card")) == {"eve-1"}
    assert "2 of 10 clients" in tab.inner_text("#found")
    tab.select_option("#by-client", "c01")
    assert opened.shown("clients", "tbody tr") == []
    assert tab.is_visible("#clients .nothing")
    tab.select_option("#by-cohort", "")
    assert opened.shown("clients", "tbody tr") == ["c01"]
    lit = tab.locator("#clinicians li:not(.dim)").all()
    assert {one.inner_text().split()[1] for one in lit if one.is_visible()} == {"mor-1", "individual"}
    tab.click("#clear")
    expect(tab.locator("#found")).to_have_text("")  # a reset is told before the fields are empty: wait for it
    assert len(opened.shown("clients", "tbody tr")) == 10
    tab.select_option("#by-site", "north")
    assert opened.shown("rooms", "tbody tr") == ["group-b"]


def test_search_finds_words(opened: Opened) -> None:
    tab = opened.tab
    tab.fill("#q", "YOGA")
    expect(tab.locator("#found")).to_contain_text("2 of 10 clients")
    assert opened.shown("clients", "tbody tr") == ["c08", "c09"]
    assert opened.shown("week", ".card") == ["yoga"]
    tab.fill("#q", "no such words")
    expect(tab.locator("#found")).to_contain_text("0 of 10 clients")
    assert tab.is_visible("#week .nothing")


def test_the_address_keeps_the_filter_and_the_view(opened: Opened) -> None:
    tab = opened.tab
    tab.select_option("#by-clinician", "kim")
    tab.click("nav a[href='#rooms']")
    assert tab.evaluate("document.activeElement.id") == "rooms-h"
    tab.click("#theme")
    tab.wait_for_function("location.hash.includes('theme')")
    state = tab.evaluate("location.hash")
    assert set(state[1:].split("&")) == {"view=rooms", "clinician=kim", "theme=dark"}
    opened.open(state)
    assert tab.input_value("#by-clinician") == "kim"
    assert opened.shown("clinicians", "tbody tr")[0] == "kim"
    assert tab.get_attribute("#theme", "aria-pressed") == "true"
    tab.evaluate("location.hash = '#clinician=nobody&site=%3Cscript%3E'")
    expect(tab.locator("#by-clinician")).to_have_value("")
    assert len(opened.shown("clients", "tbody tr")) == 10


def test_dark_and_light(opened: Opened) -> None:
    def lightness() -> int:
        colour = opened.tab.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(map(int, re.findall(r"\d+", colour)[:3]))

    light = lightness()
    opened.tab.click("#theme")
    dark = lightness()
    assert dark < 150 < 600 < light
    opened.tab.click("#theme")
    assert lightness() == light
    opened.open()
    opened.tab.emulate_media(color_scheme="dark")
    assert lightness() == dark
    opened.tab.emulate_media(media="print", color_scheme="dark")
    assert lightness() < 10 or "0)" in opened.tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert opened.tab.evaluate("getComputedStyle(document.body).color") == "rgb(29, 35, 45)"


def test_tab_goes_through_the_filter_in_reading_order(opened: Opened) -> None:
    tab = opened.tab
    tab.keyboard.press("Tab")
    assert tab.inner_text(":focus") == "Skip to the week"
    tab.focus("#q")
    order = []
    for _ in range(6):
        tab.keyboard.press("Tab")
        order.append(tab.evaluate("document.activeElement.id"))
    # Clear can only be reached when there is something to clear.
    assert order[:5] == ["by-client", "by-clinician", "by-cohort", "by-site", "theme"]
    tab.focus("#by-client")
    tab.keyboard.press("ArrowDown")
    assert opened.shown("clients", "tbody tr") == ["c01"]
    tab.focus("#by-site")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.id") == "clear"
    tab.keyboard.press("Enter")
    expect(tab.locator("#q")).to_be_focused()  # the last thing that a reset does: wait for it
    assert len(opened.shown("clients", "tbody tr")) == 10


def test_it_prints_each_view_on_a_page_of_its_own(opened: Opened) -> None:
    printed = opened.tab.pdf(prefer_css_page_size=True)
    views = opened.tab.locator("section").count()
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert len(boxes) >= views == 7
    assert all(float(width) > float(height) for width, height in boxes)
    opened.tab.emulate_media(media="print")
    assert not opened.tab.is_visible("#tools")
    assert opened.tab.is_visible("#clients .running")


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_nothing_is_wider_than_the_screen(opened: Opened, width: int) -> None:
    opened.tab.set_viewport_size({"width": width, "height": 800})
    assert opened.tab.evaluate("document.documentElement.scrollWidth") <= width


BROKEN = """() => [...document.querySelectorAll('th')].filter(head => {
    const text = document.createRange();
    text.selectNodeContents(head);
    const broken = !/\\s/.test(head.innerText) && text.getClientRects().length > 1;
    return broken || head.scrollWidth > head.clientWidth;
}).map(head => head.innerText)"""


def test_no_header_of_a_sheet_is_broken_inside_a_word(browser: playwright.Browser, tmp_path: Path) -> None:
    tab = browser.new_page()
    for file in write_sheets(Subject(WEEK, found_file(), POLICY, Labels()), tmp_path):
        tab.goto(file.as_uri())
        assert tab.locator("th").count()
        for width in (390, 700, 1440):
            tab.set_viewport_size({"width": width, "height": 800})
            assert tab.evaluate(BROKEN) == [], (file.name, width)
            assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.close()


def test_everything_can_be_read_without_a_script(browser: playwright.Browser, opened: Opened) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(opened.file.as_uri())
    assert not tab.is_visible("#tools")
    assert tab.locator("#clients tbody tr").count() == 10
    assert all(one.is_visible() for one in tab.locator("section").all())
    context.close()


@pytest.mark.parametrize(
    "text", ["<img src=x onerror=alert(1)><script>alert(2)</script>", "x" * 10_000, '"><svg onload=alert(3)>']
)
def test_hostile_words_do_nothing(opened: Opened, text: str) -> None:
    opened.file.write_text(made_page(hostile(text)), encoding="utf-8")
    opened.open("#client=c01&theme=dark")
    assert opened.tab.input_value("#by-client") == "c01"
    assert opened.tab.inner_text("h1") == text
    assert opened.tab.evaluate("document.documentElement.scrollWidth") <= 1440


def test_what_changed_can_be_filtered(opened: Opened) -> None:
    file = found_file()
    found = compare(WEEK, POLICY, empty_roster(Facts(WEEK)), file)
    page = made_page(Subject(WEEK, file, POLICY, Labels(), found))
    opened.file.write_text(page, encoding="utf-8")
    opened.open("#client=c06")
    assert opened.shown("changes", ".sentences li") == ["c06:"]


def test_contrast(opened: Opened) -> None:
    """Every text on the page has the contrast to what is behind it that WCAG AA asks for: 4.5."""
    for theme in ("light", "dark"):
        opened.open(f"#theme={theme}")
        assert opened.tab.evaluate(CONTRAST) == []


CONTRAST = """() => {
  const parse = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = parse(colour).map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor, parts = parse(colour);
      if (parts.length === 3 || parts[3] === 1) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const poor = new Set();
  for (const element of document.body.querySelectorAll("*")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility() || element.closest("[disabled], script, option")) continue;
    const [one, other] = [luminance(getComputedStyle(element).color), luminance(behind(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < 4.5) poor.add(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
  }
  return [...poor];
}"""
