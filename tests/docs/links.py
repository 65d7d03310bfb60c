"""Links from names in signatures and texts to their documentation."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from pdoc import docstrings
from pdoc.render_helpers import to_html

from tests.docs.pages import PAGE_OF, PAGES, file_of

TYPE = re.compile(r"(?<![\w.;#/\"'-])([A-Z]\w*)(?!\w|</a>)")
"""A name of a class or an alias in highlighted code."""

CODE = re.compile(r"(guide\s)?<code>((?:[\w.]+\.)?(\w+?))(\(\))?</code>(?!</a>)")
"""A name in the text of a docstring."""

PARAGRAPH = re.compile(r"(?!.*(?:https?:|:\n|\n\n|\n[-\d ]))[\w`][^*\[\]<>#&~|\\]*", re.DOTALL)
"""A text without Markdown but code in backticks."""

BACKTICKS = re.compile("`([^`]+)`")

HEADING = re.compile(r'<h6 id="[^"]*">(.*?):</h6>')
"""A heading of a docstring, whose id each docstring has."""


def markup(html: str) -> Markup:
    """Return HTML that templates do not escape."""
    return Markup(html)  # noqa: S704 - it is made from our own docstrings


def root_of(page: str) -> str:
    """Return the relative URL of the folder of the reference on a page."""
    return "../" * page.count(".")


@pass_context
def linkify(context: Context, html: str, *, shorten: bool = True) -> Markup:
    """Link names: types in code, or names in backticks in a text.

    Args:
        context: The context of the page.
        html: What contains the names.
        shorten: Whether it is code rather than text.
    """
    root: str = context["root"]
    documented: Mapping[str, Any] = context["all_modules"]
    if shorten:
        return markup(TYPE.sub(lambda match: _type(match[1], root), html))
    html = HEADING.sub(r"<h4>\1</h4>", html)
    return markup(CODE.sub(lambda match: _code(match, root, documented), html))


def _type(name: str, root: str) -> str:
    page = PAGE_OF.get(name)
    return f'<a href="{root}{file_of(page)}#{name}">{name}</a>' if page else name


def _code(match: re.Match[str], root: str, documented: Mapping[str, Any]) -> str:
    guide, name, last, _ = match.groups()
    target = _target(name, documented)
    if target is None and guide and f"mistral_funcs.guides.{last}" in PAGES:
        target = file_of(f"mistral_funcs.guides.{last}")
    if target is None:
        return match[0]
    return match[0].replace("<code>", f'<a href="{root}{target}"><code>') + "</a>"


def _target(name: str, documented: Mapping[str, Any]) -> str | None:
    """Return the URL of a page, a name or a member, if there is one."""
    if name in PAGES:
        return file_of(name)
    parts = name.split(".")
    while parts and parts[0] not in PAGE_OF:
        parts = parts[1:]
    page = PAGE_OF.get(parts[0]) if parts else None
    if page is None or documented[page].get(".".join(parts)) is None:
        return None
    return f"{file_of(page)}#{'.'.join(parts)}"


def as_html(text: str) -> str:
    """Return a docstring as HTML. A plain paragraph needs no parser, which takes long."""
    if PARAGRAPH.fullmatch(text):
        code = BACKTICKS.sub(r"<code>\1</code>", text)
        return f"<p>{code}</p>"
    return to_html(docstrings.convert(text, "google", None))


def inline(html: str) -> Markup:
    """Return a paragraph without its tags."""
    return markup(html.strip().removeprefix("<p>").removesuffix("</p>"))


FILTERS: Mapping[str, Callable[..., str]] = {
    "as_html": as_html,
    "inline": inline,
    "linkify": linkify,
}
