"""From what stands on the page to HTML: one file, nothing from elsewhere, every text inert."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from iop_sched.export.page.model import Page
from iop_sched.week.visible import visible


def html(page: Page) -> str:
    """The page as HTML. Styles and script are let in by their hashes alone, anything else by nothing."""
    environment = Environment(
        loader=PackageLoader("iop_sched.export", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style, dark, script = _asset("page.css"), _asset("dark.css"), _asset("page.js")
    guard = (
        f"default-src 'none'; style-src {_hash(style)} {_hash(dark)}; script-src {_hash(script)};"
        " base-uri 'none'; form-action 'none'"
    )
    return environment.get_template("page.html.j2").render(
        page=page, guard=Markup(guard), style=Markup(style), dark=Markup(dark), script=Markup(script)
    )


def shown(value: object) -> object:
    """What a template prints: a text from a file with nothing in it that cannot be seen."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _asset(name: str) -> str:
    return resources.files("iop_sched.export.page").joinpath(name).read_text(encoding="utf-8").strip()


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
