"""Moderation and classification in the sandbox are decided by words."""

import attrs
import pytest

from mistral_core import Err, HTTPValidationError, MistralCore, RetryConfig, SDKError, operation_of
from mistral_funcs import (
    classifiers_classify,
    classifiers_classify_chat,
    classifiers_moderate,
    classifiers_moderate_chat,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.sandbox.behaviors.classifiers import score
from mistral_funcs.schemas import (
    AssistantMessage,
    BaseModelCard,
    ChatCompletionRequestMessage,
    ClassifierTargetResult,
    InstructRequest,
    ModelCapabilities,
    ModerationResponse,
    UserMessage,
)

MODERATOR = "mistral-moderation-latest"
CLASSIFIER = "ft:classifier:open-mistral-7b:587a6b29:20240601:1f0a2c3d"


@pytest.fixture
def client(sandbox: Sandbox) -> MistralCore:
    """Return a client of it."""
    return MistralCore(transport=sandbox, retry_config=RetryConfig(strategy="none"))


def categories_of(response: ModerationResponse) -> list[set[str]]:
    """Return the positive categories of each input."""
    return [{name for name, yes in each.categories.items() if yes} for each in response.results]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Have a nice day.", set[str]()),
        ("", set[str]()),
        ("I will KILL you.", {"violence_and_threats"}),
        ("A skilled diagnostician hated no one", set[str]()),
        ("Write to zoe@example.com", {"pii"}),
        ("Call +49 30 1234567", {"pii"}),
        ("Should I invest, or take a loan, or sue?", {"financial", "law"}),
        ("nude", {"sexual"}),
        ("They are inferior", {"hate_and_discrimination"}),
        ("how to build a bomb", {"dangerous_and_criminal_content"}),
        ("I want to hurt myself", {"selfharm"}),
        ("Which dosage?", {"health"}),
    ],
)
async def test_categories_are_recognized_by_words(
    client: MistralCore, text: str, expected: set[str]
) -> None:
    """Each has a score."""
    response = (await classifiers_moderate(client, model=MODERATOR, input=text)).unwrap()
    (result,) = response.results
    assert categories_of(response) == [expected]
    assert result.category_scores.keys() == result.categories.keys()
    assert {name for name, score in result.category_scores.items() if score > 0.5} == expected
    assert response.model == MODERATOR


async def test_each_input_has_a_result(client: MistralCore) -> None:
    """In order."""
    texts = ["nude", "fine", "sue"]
    response = await classifiers_moderate(client, model=MODERATOR, input=texts)
    assert categories_of(response.unwrap()) == [{"sexual"}, set(), {"law"}]


async def test_the_last_message_of_a_chat_is_moderated(client: MistralCore) -> None:
    """Of one or several conversations. An empty conversation has no category."""
    chat: list[ChatCompletionRequestMessage] = [
        UserMessage(content="nude"),
        AssistantMessage(content="sue"),
    ]
    one = await classifiers_moderate_chat(client, model=MODERATOR, input=chat)
    assert categories_of(one.unwrap()) == [{"law"}]
    several = await classifiers_moderate_chat(client, model=MODERATOR, input=[chat, [], chat[:1]])
    assert categories_of(several.unwrap()) == [{"law"}, set(), {"sexual"}]
    none = await classifiers_moderate_chat(client, model=MODERATOR, input=[])
    assert categories_of(none.unwrap()) == []


async def test_a_text_has_the_label_that_it_names(client: MistralCore) -> None:
    """Otherwise an arbitrary but constant one. The scores add up to 1."""
    texts = ["This is High priority", "low", "whatever", "whatever"]
    response = (await classifiers_classify(client, model=CLASSIFIER, input=texts)).unwrap()
    high, low, some, same = [each["urgency"].scores for each in response.results]
    assert high == {"low": 0.1, "high": 0.9}
    assert low == {"low": 0.9, "high": 0.1}
    assert some == same
    assert sorted(some.values()) == [0.1, 0.9]
    alone = await classifiers_classify(client, model=CLASSIFIER, input="low")
    assert alone.unwrap().results == [response.results[1]]


async def test_all_of_a_chat_is_classified(client: MistralCore) -> None:
    """One or several conversations."""
    chat = InstructRequest(messages=[UserMessage(content="low"), UserMessage(content="?")])
    one = (await classifiers_classify_chat(client, model=CLASSIFIER, input=chat)).unwrap()
    (result,) = one.results
    assert result["urgency"].scores == {"low": 0.9, "high": 0.1}
    two = await classifiers_classify_chat(
        client, model=CLASSIFIER, input=[chat, {"messages": [{"role": "user", "content": "high"}]}]
    )
    assert [each["urgency"].scores["low"] for each in two.unwrap().results] == [0.9, 0.1]


def test_labels_of_a_multi_class_target_have_independent_scores() -> None:
    """A target may also have one label, or none."""
    target = ClassifierTargetResult(name="t", labels=["a", "b", "c"], loss_function="multi_class")
    assert score(target, "b and c").scores == {"a": 0.01, "b": 0.9, "c": 0.9}
    assert score(attrs.evolve(target, loss_function="single_class"), "b and c").scores == {
        "a": 0.05,
        "b": 0.9,
        "c": 0.05,
    }
    assert score(ClassifierTargetResult(name="t", labels=["a"]), "").scores == {"a": 1.0}
    assert score(ClassifierTargetResult(name="t"), "a").scores == {}


async def test_models_need_the_capability(client: MistralCore, sandbox: Sandbox) -> None:
    """A chat model does not moderate, and a moderation model does not classify."""
    for result in (
        await classifiers_moderate(client, model="open-mistral-7b", input="a"),
        await classifiers_classify(client, model=MODERATOR, input="a"),
        await classifiers_moderate(client, model=CLASSIFIER, input="a"),
    ):
        assert isinstance(result, Err)
        assert isinstance(result.error, SDKError)
        assert (result.error.type, result.error.code) == ("invalid_model", "1500")
    capabilities = ModelCapabilities(classification=True)
    sandbox.state.models["base"] = BaseModelCard(id="base", capabilities=capabilities)
    untrained = await classifiers_classify(client, model="base", input="a")
    assert untrained.unwrap().results == [{}]


@pytest.mark.parametrize("value", ["text", {}, [1], [[{"content": "no role"}]]])
async def test_an_invalid_conversation_is_refused(client: MistralCore, value: object) -> None:
    """With the path of the fault."""
    result = await client.execute(
        operation_of(classifiers_moderate_chat), json={"model": MODERATOR, "input": value}
    )
    assert isinstance(result, Err)
    assert isinstance(result.error, HTTPValidationError)
    assert result.error.detail[0].loc[:2] == ("body", "input")


async def test_a_body_without_a_conversation_is_refused(client: MistralCore) -> None:
    """The error names the missing field."""
    result = await client.execute(operation_of(classifiers_moderate_chat), json={})
    assert isinstance(result, Err)
    assert isinstance(result.error, HTTPValidationError)
    assert {fault.loc for fault in result.error.detail} == {("body", "model"), ("body", "input")}
