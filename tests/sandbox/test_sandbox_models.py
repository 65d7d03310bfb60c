"""Models of the sandbox, in process and over HTTP."""

import aiohttp
import pytest

from mistral_core import (
    APIConnectionError,
    Err,
    HTTPValidationError,
    MistralCore,
    Ok,
    RequestOptions,
    RequestTimeoutError,
    Response,
    RetryConfig,
    SDKError,
    Timeout,
)
from mistral_core.errors import Failure
from mistral_core.result import Result
from mistral_funcs import (
    models_archive,
    models_delete,
    models_list,
    models_retrieve,
    models_unarchive,
    models_update,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import (
    BaseModelCard,
    ClassifierFineTunedModel,
    CompletionFineTunedModel,
    FTModelCard,
)

BASE = "open-mistral-7b"
TUNED = "ft:open-mistral-7b:587a6b29:20240514:7e773925"
CLASSIFIER = "ft:classifier:open-mistral-7b:587a6b29:20240601:1f0a2c3d"
ONCE = RetryConfig(strategy="none")


def refused(result: Result[object, Failure]) -> SDKError:
    """Return the error of a refused call."""
    assert isinstance(result, Err)
    assert isinstance(result.error, SDKError)
    return result.error


async def test_a_new_sandbox_has_base_and_fine_tuned_models(client: MistralCore) -> None:
    """Each kind of card is read as its class."""
    cards = (await models_list(client)).unwrap().data
    assert {type(card) for card in cards} == {BaseModelCard, FTModelCard}


async def test_lists_are_filtered_by_provider_and_model(client: MistralCore) -> None:
    """By each filter, and by both."""
    mine = (await models_list(client, provider="sandbox")).unwrap().data
    assert {type(card) for card in mine} == {FTModelCard}
    (one,) = (await models_list(client, model=BASE)).unwrap().data
    assert isinstance(one, BaseModelCard)
    assert (await models_list(client, provider="sandbox", model=BASE)).unwrap().data == []


async def test_a_model_is_found_by_id_and_by_alias(client: MistralCore) -> None:
    """Both return the same card."""
    by_id = (await models_retrieve(client, BASE)).unwrap()
    assert by_id == (await models_retrieve(client, "open-mistral")).unwrap()


async def test_an_update_changes_only_the_given_fields(client: MistralCore) -> None:
    """An omitted field is kept, `None` clears it."""
    updated = (await models_update(client, TUNED, name="new")).unwrap()
    assert isinstance(updated, CompletionFineTunedModel)
    assert (updated.name, updated.description) == ("new", "Answers support tickets.")
    await models_update(client, TUNED, description=None)
    card = (await models_retrieve(client, TUNED)).unwrap()
    assert isinstance(card, FTModelCard)
    assert (card.name, card.description) == ("new", None)


async def test_a_classifier_is_updated(client: MistralCore) -> None:
    """The response has its targets."""
    updated = (await models_update(client, CLASSIFIER, name="new")).unwrap()
    assert isinstance(updated, ClassifierFineTunedModel)
    assert [target.name for target in updated.classifier_targets] == ["urgency"]


async def test_a_model_is_archived_and_restored(client: MistralCore) -> None:
    """Both change the card."""
    for call, archived in ((models_archive, True), (models_unarchive, False)):
        response = (await call(client, TUNED)).unwrap()
        assert (response.id, response.archived) == (TUNED, archived)
        card = (await models_retrieve(client, TUNED)).unwrap()
        assert isinstance(card, FTModelCard)
        assert card.archived is archived


async def test_a_deleted_model_is_gone(client: MistralCore) -> None:
    """Also from the list. Deleting it again is a 404."""
    assert (await models_delete(client, TUNED)).unwrap().deleted
    cards = (await models_list(client)).unwrap().data
    assert TUNED not in [getattr(card, "id", None) for card in cards]
    for again in (models_delete, models_retrieve, models_archive, models_update):
        assert refused(await again(client, TUNED)).status == 404


async def test_a_base_model_cannot_be_changed(client: MistralCore) -> None:
    """It can be neither deleted nor updated nor archived."""
    for call in (models_delete, models_update, models_archive, models_unarchive):
        error = refused(await call(client, BASE))
        assert (error.status, error.type) == (400, "invalid_request_error")
    assert isinstance(await models_retrieve(client, BASE), Ok)


async def test_each_fault_of_a_body_is_reported(client: MistralCore) -> None:
    """With 422 and its path, as in the API."""
    result = await models_update(client, TUNED, name=1)  # type: ignore[arg-type]
    assert isinstance(result, Err)
    assert isinstance(result.error, HTTPValidationError)
    (fault,) = result.error.detail
    assert (fault.loc, fault.type, fault.input) == (("body", "name"), "string_type", 1)


async def test_only_the_right_key_is_accepted(sandbox: Sandbox) -> None:
    """A wrong or missing key is a 401."""
    async with sandbox.serve() as url:
        for key in ("wrong", ""):
            async with MistralCore(key, server_url=url) as stranger:
                assert refused(await models_list(stranger)).status == 401
    assert refused(await models_list(MistralCore("wrong", transport=sandbox))).status == 401


async def test_each_response_has_a_request_id(client: MistralCore) -> None:
    """Refusals too."""
    assert (await models_list(client)).call.request_id == "sandbox-1"
    assert refused(await models_retrieve(client, "none")).request_id == "sandbox-2"


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (429, "rate_limited", "1300"),
        (503, "service_tier_capacity_exceeded", "3505"),
        (500, "sandbox_fault", None),
        (599, "sandbox_fault", None),
    ],
)
async def test_it_fails_on_demand(
    client: MistralCore, sandbox: Sandbox, status: int, kind: str, code: str | None
) -> None:
    """With a status, for a number of requests."""
    sandbox.fail(status, times=2)
    for _ in range(2):
        error = refused(await models_list(client))
        assert (error.status, error.type, error.code) == (status, kind, code)
    assert isinstance(await models_list(client), Ok)


async def test_it_can_fail_for_one_operation_only(client: MistralCore, sandbox: Sandbox) -> None:
    """Others succeed."""
    sandbox.fail(500, on=models_archive)
    assert isinstance(await models_list(client), Ok)
    assert refused(await models_archive(client, TUNED)).status == 500
    assert isinstance(await models_archive(client, TUNED), Ok)


async def test_it_can_send_any_response(client: MistralCore, sandbox: Sandbox) -> None:
    """Even one that the API would not send."""
    sandbox.fail(Response(418, body=b"short and stout"))
    error = refused(await models_list(client))
    assert (error.status, error.body) == (418, b"short and stout")


async def test_it_can_break_connections_and_stay_silent(
    client: MistralCore, sandbox: Sandbox
) -> None:
    """The client gets a connection error or a timeout."""
    sandbox.fail(APIConnectionError("pulled the plug"), times=2)
    result = await models_archive(client, TUNED)
    assert isinstance(result, Err)
    assert isinstance(result.error, APIConnectionError)

    sandbox.state.models.clear()
    silent = Sandbox()
    silent.fail(RequestTimeoutError("silence"))
    in_process = await models_list(MistralCore(transport=silent, retry_config=ONCE))
    assert isinstance(in_process, Err)
    assert isinstance(in_process.error, RequestTimeoutError)


async def test_it_stays_silent_over_http(sandbox: Sandbox) -> None:
    """Until the client's timeout."""
    sandbox.fail(RequestTimeoutError("silence"))
    impatient = RequestOptions(timeout=Timeout(read=0.05), retries=ONCE)
    async with sandbox.serve() as url, MistralCore(sandbox.api_key, server_url=url) as client:
        result = await models_list(client, options=impatient)
    assert isinstance(result, Err)
    assert isinstance(result.error, RequestTimeoutError)


async def test_it_records_requests_without_the_key(client: MistralCore, sandbox: Sandbox) -> None:
    """So that a test can inspect them."""
    await models_update(client, TUNED, name="é")
    (request,) = sandbox.requests
    assert (request.method, request.body) == ("PATCH", '{"name":"é"}'.encode())
    assert sandbox.api_key not in repr(request) + repr(dict(request.headers))


async def test_no_key_is_recorded_in_any_case_of_the_header(sandbox: Sandbox) -> None:
    """Header names are case-insensitive."""
    headers = {"aUTHORIZATION": f"Bearer {sandbox.api_key}"}
    async with (
        sandbox.serve() as url,
        aiohttp.ClientSession() as session,
        session.get(f"{url}/v1/models", headers=headers) as response,
    ):
        assert response.status == 200
    assert "authorization" not in sandbox.requests[0].headers


async def test_it_serves_over_ipv6(sandbox: Sandbox) -> None:
    """The URL has brackets."""
    async with (
        sandbox.serve("::1") as url,
        MistralCore(sandbox.api_key, server_url=url) as client,
    ):
        assert url.startswith("http://[::1]:")
        assert isinstance(await models_list(client), Ok)
