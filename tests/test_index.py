"""The index matches the files of the packages, and `python -m tests.index` rewrites it."""

from pathlib import Path
from textwrap import dedent

import pytest

from tests import index

TREE = {
    "__init__.py": '"""The door."""',
    "_index.py": "OPERATIONS = {}",
    "demo.py": "async def demo(): ...",
    "cards/__init__.py": '"""Cards."""',
    "cards/list.py": '''
        @operation("GET", "/v1/cards", returns=JSON(list[Card]))
        async def cards_list(client, *, options=None):
            """List the cards.

            More about it.
            """
    ''',
    "cards/list_stream.py": '''
        @streamed(cards_list, Events(Card, is_last=is_last))
        async def cards_list_stream(*args, **kwargs):
            """List the cards as a stream."""
    ''',
    "schemas/__init__.py": "",
    "schemas/cards.py": """
        Color: TypeAlias = Literal["red"] | str
        _Base: TypeAlias = object
        class Card: ...
        class _Private: ...
    """,
    "toolkit/__init__.py": "",
    "toolkit/shuffling.py": """
        __all__ = ["shuffle"]
        def shuffle(): ...
        def cut(): ...
    """,
}
"""The files of a package."""


@pytest.fixture
def funcs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a package that is indexed instead of `mistral_funcs`."""
    folder = tmp_path / "mistral_funcs"
    for name, text in TREE.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text), "utf-8")
    core = tmp_path / "mistral_core"
    core.mkdir()
    (core / "__init__.py").write_text('_MODULES = {"result": "Err Ok"}', "utf-8")
    monkeypatch.setattr(index, "ROOT", tmp_path)
    monkeypatch.setattr(index, "CORE", core)
    monkeypatch.setattr(index, "FUNCS", folder)
    return folder


def test_no_file_is_out_of_date() -> None:
    """If one is, run `python -m tests.index --write`."""
    assert [file.relative_to(index.ROOT) for file in index.outdated()] == []


@pytest.mark.usefixtures("funcs")
def test_index_has_the_names_that_modules_define() -> None:
    """Operations by their decorators, schemas by their classes, conveniences by `__all__`."""
    assert index.operations() == [
        index.Row("cards_list", "cards.list", "GET", "/v1/cards", "JSON", "List the cards."),
        index.Row(
            "cards_list_stream",
            "cards.list_stream",
            "GET",
            "/v1/cards",
            "Events",
            "List the cards as a stream.",
        ),
    ]
    assert index.schemas() == {"Card": "cards", "Color": "cards"}
    assert index.toolkit() == {"shuffle": "toolkit.shuffling"}
    assert index.resources() == {"cards": "Cards."}
    assert index.core() == {"Err": "result", "Ok": "result"}


def test_schema_in_two_modules_is_refused(funcs: Path) -> None:
    """The error names both."""
    (funcs / "schemas" / "decks.py").write_text("class Card: ...", "utf-8")
    with pytest.raises(ValueError, match="Card is in cards and in decks"):
        index.schemas()


def test_command_reports_and_rewrites(
    funcs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its exit code is 1 while a file is out of date."""
    monkeypatch.setattr("sys.argv", ["index"])
    assert index.main() == 1
    assert "mistral_funcs/_index.py is out of date" in capsys.readouterr().out
    monkeypatch.setattr("sys.argv", ["index", "--write"])
    assert index.main() == 0
    assert "mistral_funcs/_index.py rewritten" in capsys.readouterr().out
    monkeypatch.setattr("sys.argv", ["index"])
    assert index.main() == 0
    assert capsys.readouterr().out == ""
    assert (funcs / "__init__.pyi").read_text("utf-8").splitlines()[2:] == [
        "from mistral_funcs.cards.list import cards_list as cards_list",
        "from mistral_funcs.cards.list_stream import cards_list_stream as cards_list_stream",
        "from mistral_funcs.toolkit.shuffling import shuffle as shuffle",
    ]
