"""Prompts and skills of the sandbox: versions and their aliases."""

from collections.abc import Awaitable, Callable
from typing import Any

import attrs
import pytest

import mistral_funcs
from mistral_core import Err, MistralCore, Result
from mistral_funcs import (
    beta_prompts_create,
    beta_prompts_get,
    beta_prompts_list,
    beta_prompts_update_metadata,
    beta_skills_create,
    beta_skills_get,
    paginate,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import (
    AliasList,
    Prompt,
    PromptDefinition,
    SkillAssetContentTextContent,
    SkillDefinition,
)

DEFINITIONS: dict[str, Callable[[str], Any]] = {
    "prompts": lambda text: PromptDefinition(content=text),
    "skills": lambda text: SkillDefinition(body=text),
}


@attrs.frozen
class Kind:
    """Prompts or skills, with a client.

    Attributes:
        client: The client of a sandbox.
        noun: The name of the kind.
    """

    client: MistralCore
    noun: str

    async def call(self, verb: str, *ids: Any, **arguments: Any) -> Any:
        """Call an operation, and return its value."""
        return (await self.result(verb, *ids, **arguments)).unwrap()

    async def result(self, verb: str, *ids: Any, **arguments: Any) -> Result[Any, Any]:
        """Call an operation. `text` is sent as the definition."""
        function: Callable[..., Awaitable[Result[Any, Any]]] = getattr(
            mistral_funcs, f"beta_{self.noun}_{verb}"
        )
        if "text" in arguments:
            arguments["definition"] = DEFINITIONS[self.noun](arguments.pop("text"))
        return await function(self.client, *ids, **arguments)

    def text_of(self, value: Any) -> str | None:
        """Return the text of a version."""
        definition: PromptDefinition | SkillDefinition = value.definition
        return definition.content if isinstance(definition, PromptDefinition) else definition.body


@pytest.fixture
def client() -> MistralCore:
    """Return a client of a sandbox."""
    return MistralCore(transport=Sandbox())


@pytest.fixture(params=DEFINITIONS)
def kind(client: MistralCore, request: pytest.FixtureRequest) -> Kind:
    """Return prompts and skills."""
    return Kind(client, request.param)


async def test_each_definition_is_a_version(kind: Kind) -> None:
    """The latest one is the default. The same definition again is no new version."""
    first = await kind.call("create", name="greet", text="Hello", notes="first")
    assert (first.version, first.latest_version, first.notes) == (1, 1, "first")
    second = await kind.call("create_version", first.id, text="Good day")
    again = await kind.call("create_version", first.id, text="Good day")
    assert (second.version, second.deduplicated) == (2, False)
    assert (again.version, again.deduplicated) == (2, True)
    latest = await kind.call("get", first.id)
    assert (kind.text_of(latest), latest.version, latest.latest_version) == ("Good day", 2, 2)
    former = await kind.call("get_version", first.id, 1)
    assert (kind.text_of(former), former.version, former.latest_version) == ("Hello", 1, 2)
    assert former == await kind.call("get", first.id, version=1)
    versions = (await kind.call("list_versions", first.id)).data
    assert [(each.version, kind.text_of(each)) for each in versions] == [
        (2, "Good day"),
        (1, "Hello"),
    ]


async def test_an_alias_names_one_version(kind: Kind) -> None:
    """It moves to the version that is given it, and an empty list removes it."""
    created = await kind.call("create", name="greet", text="Hello", aliases=["live", "old"])
    await kind.call("create_version", created.id, text="Good day", aliases=["live"])
    for alias, text in (("live", "Good day"), ("old", "Hello")):
        assert kind.text_of(await kind.call("get", created.id, alias=alias)) == text
    moved = await kind.call(
        "update_version_metadata", created.id, 1, aliases=AliasList(values=["live"]), notes="back"
    )
    assert (moved.aliases, moved.notes) == (["live"], "back")
    assert (await kind.call("get", created.id)).aliases == []
    kept = await kind.call("update_version_metadata", created.id, 1, notes=None)
    assert (kept.aliases, kept.notes) == (["live"], None)
    await kind.call("create_version", created.id, text="Good day", aliases=["same"])
    assert (await kind.call("get", created.id)).aliases == ["same"]
    await kind.call("update_version_metadata", created.id, 1, aliases={})
    missing = await kind.result("get", created.id, alias="live")
    assert isinstance(missing, Err)
    assert "'greet' has no version 'live'" in str(missing.error)


async def test_unknown_objects_are_a_404(kind: Kind) -> None:
    """An object, or one of its versions. Names are unique."""
    created = await kind.call("create", name="greet", text="Hello")
    for verb, ids in (("get", ["nope"]), ("get_version", [created.id, 2]), ("delete", ["nope"])):
        assert (await kind.result(verb, *ids)).call.status == 404
    assert (await kind.result("create", name="greet", text="Hi")).call.status == 409
    assert await kind.call("delete", created.id) == {}
    assert (await kind.result("get", created.id)).call.status == 404


async def test_a_list_has_all_objects(kind: Kind) -> None:
    """On several pages, or only those with an alias, in the version that it names."""
    for name in "abc":
        await kind.call("create", name=name, text=name, aliases=["live"] if name == "b" else [])
    listing = getattr(mistral_funcs, f"beta_{kind.noun}_list")
    items = [each.unwrap() async for each in paginate(listing, kind.client, page_size=2)]
    assert [each.name for each in items] == ["c", "b", "a"]
    live = (await kind.call("list", alias="live")).data
    assert [each.name for each in live] == ["b"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ({}, "bca"),
        ({"sort_field": "list_sort_field_unspecified"}, "bca"),
        ({"sort_by": "last_modified_at"}, "abc"),
        ({"sort_by": "name"}, "abc"),
        ({"sort_field": "list_sort_field_name"}, "abc"),
        ({"sort_by": "name", "sort_direction_query_parameter1": "desc"}, "cba"),
        (
            {
                "sort_field": "list_sort_field_created_at",
                "sort_direction_query_parameter": "list_sort_direction_asc",
            },
            "acb",
        ),
        ({"sort_by": "title"}, "cba"),
    ],
)
async def test_a_list_is_sorted(client: MistralCore, order: dict[str, Any], expected: str) -> None:
    """By times the newest come first, by names in alphabetical order."""
    ids: dict[str, str] = {}
    for name, title in (("a", "B"), ("c", None), ("b", "a")):
        definition = PromptDefinition(content="")
        created = await beta_prompts_create(client, name=name, title=title, definition=definition)
        ids[name] = str(created.unwrap().id)
    (await beta_prompts_update_metadata(client, ids["a"], description="changed")).unwrap()
    page = (await beta_prompts_list(client, **order)).unwrap()
    assert "".join(str(each.name) for each in page.data if isinstance(each, Prompt)) == expected


@pytest.mark.parametrize(
    "order", [{"sort_by": "size"}, {"sort_direction_query_parameter1": "down"}]
)
async def test_an_unknown_order_is_refused(client: MistralCore, order: dict[str, Any]) -> None:
    """With 422, like other invalid arguments."""
    assert (await beta_prompts_list(client, **order)).call.status == 422


async def test_only_the_requested_fields_are_returned(client: MistralCore) -> None:
    """By their JSON or Python names."""
    definition = PromptDefinition(content="Hello")
    created = (await beta_prompts_create(client, name="greet", definition=definition)).unwrap()
    wanted = ["name", "latestVersion", "updated_at"]
    prompt = (await beta_prompts_get(client, str(created.id), fields=wanted)).unwrap()
    assert prompt == Prompt(name="greet", latest_version=1, updated_at=created.updated_at)


async def test_common_fields_of_all_versions_can_change(kind: Kind) -> None:
    """Omitted fields do not."""
    created = await kind.call("create", name="greet", text="Hello", notes="n")
    changed = await kind.call("update_metadata", created.id, sharing_scope="workspace")
    assert (changed.sharing_scope, changed.name, changed.notes) == ("workspace", "greet", "n")
    assert changed.updated_at > created.updated_at


async def test_a_skill_has_files(client: MistralCore) -> None:
    """They are read as they were sent."""
    script = SkillAssetContentTextContent(text_content="echo", is_executable=True)
    definition = SkillDefinition(body="Run it.", assets={"run.sh": script})
    created = (await beta_skills_create(client, name="run", definition=definition)).unwrap()
    skill = (await beta_skills_get(client, str(created.id))).unwrap()
    assert skill.definition == definition
