"""The API reference, made by pdoc from docstrings and declarations; written into a folder.

python -m tests.docs.reference FOLDER [--source-url URL]
"""

import argparse
import shutil
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from markupsafe import Markup
from pdoc import render
from pdoc.doc import Module
from pdoc.render_helpers import to_html

from mistral_funcs._index import OPERATIONS
from tests.docs import start_page
from tests.docs.call_examples import example_of
from tests.docs.links import FILTERS, markup, root_of
from tests.docs.members import Doc, members
from tests.docs.official_names import in_python, in_typescript
from tests.docs.operations_table import operations_table
from tests.docs.pages import PAGES, file_of, package_of
from tests.docs.search_index import first_line, search_index
from tests.docs.source_pages import COPIES, ROOT, SourceLinks

TEMPLATES = Path(__file__).parent / "templates"
GUIDES = "mistral_funcs.guides"


@cache
def pages() -> dict[str, Doc]:
    """Return the pages with their members."""
    modules: dict[str, Doc] = {name: Module(import_module(name)) for name in PAGES}
    for name, page in modules.items():
        page.members = {each.name: each for each in members(name)}
        page.submodules = [modules[other] for other in modules if other.rpartition(".")[0] == name]
    page = modules["mistral_funcs"]
    page.docstring = f"{page.docstring}\n\n## The operations\n\n{operations_table()}"
    return modules


def highlighted(code: str) -> Markup:
    """Return Python code as HTML."""
    return markup(to_html(f"```python\n{code}```\n"))


def title_and_text(page: Doc) -> tuple[str, str]:
    """Return the title of a page and the text below it: those of a guide are in its docstring."""
    if page.modulename.startswith(f"{GUIDES}."):
        title, _, text = page.docstring.partition("\n")
        return title.removesuffix("."), text.strip()
    return page.modulename, page.docstring


def write(folder: Path, source_url: str | None = None) -> None:
    """Write the pages.

    Args:
        folder: The folder.
        source_url: The URL of a line of the source, with `{path}` and `{line}`. Defaults to copies
            of the files in the folder.
    """
    render.configure(docformat="google", template_directory=TEMPLATES)
    sources = SourceLinks(source_url)
    environment: Any = render.env
    environment.filters.update(FILTERS, highlighted=highlighted)
    documented = pages()
    environment.globals.update(
        all_modules=documented,
        example_of=example_of,
        file_of=file_of,
        first_line=first_line,
        in_python=in_python,
        in_typescript=in_typescript,
        operations=OPERATIONS,
        source_url=sources.url,
    )
    for name, page in documented.items():
        _write_page(folder / file_of(name), page)
    start = environment.get_template("index.html.jinja2").render(start_page.context())
    _write(folder / "index.html", start)
    _write(folder / "search-index.js", search_index(documented))
    for name in ("style.css", "search.js"):
        shutil.copyfile(TEMPLATES / name, folder / name)
    if source_url is None:
        _write_sources(folder, sources)


def _write_page(file: Path, page: Doc) -> None:
    name = page.modulename
    title, text = title_and_text(page)
    parents = name.split(".")[:-1]
    template = render.env.get_template("module.html.jinja2")
    html = template.render(
        module=page,
        prefix=f"{name.partition('.')[2].replace('.', '_')}_",  # of operations, in the contents
        title=title,
        text=text,
        root=root_of(name),
        parents=[".".join(parents[: length + 1]) for length in range(len(parents))],
        package=package_of(name) if page.members else "",
        guides=start_page.guides() if name.startswith(f"{GUIDES}.") else {},
    )
    _write(file, html)


def _write_sources(folder: Path, sources: SourceLinks) -> None:
    """Write the files that the pages link to."""
    template = render.env.get_template("source.html.jinja2")
    for path in sources.paths:
        file = COPIES.partition("#")[0].format(path=path)
        lines = (ROOT / path).read_text("utf-8").splitlines()
        root = "../" * file.count("/")
        _write(folder / file, template.render(path=path, lines=lines, root=root))


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def _source_url(text: str) -> str:
    if "{path}" not in text or "{line}" not in text:
        raise argparse.ArgumentTypeError("it must contain {path} and {line}")
    return text


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the reference as the command line says."""
    parser = argparse.ArgumentParser(description="Write the API reference into a folder.")
    parser.add_argument("folder", type=Path, help="Folder to write into.")
    parser.add_argument(
        "--source-url",
        type=_source_url,
        help="URL of a line of the source, such as "
        "https://git.example/mistral-funcs/blob/main/{path}#L{line}. "
        "By default the links lead to copies of the files in the folder.",
    )
    options = parser.parse_args(arguments)
    write(options.folder, options.source_url)


if __name__ == "__main__":
    main()
