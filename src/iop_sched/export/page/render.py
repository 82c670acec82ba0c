"""From what stands on the page to HTML: one file, nothing from elsewhere, every text inert."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from iop_sched.export.page.model import Page

# Control characters, and marks that turn the reading direction of what follows them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def html(page: Page) -> str:
    """The page as HTML. Styles and script are let in by their hashes alone, anything else by nothing."""
    environment = Environment(
        loader=PackageLoader("iop_sched.export", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=visible,
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


def visible(value: object) -> object:
    """A text with each character that cannot be seen made visible, so that it cannot mislead a reader."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _INVISIBLE.sub("\N{REPLACEMENT CHARACTER}", value)
    return value


def _asset(name: str) -> str:
    return resources.files("iop_sched.export.page").joinpath(name).read_text(encoding="utf-8").strip()


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
