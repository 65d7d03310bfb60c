"""A signing secret stays out of logs and tracebacks."""

from mistral_funcs import beta_webhooks_get_signing_secret
from tests.funcs.wire import read


async def test_secret_is_not_in_its_representation() -> None:
    """Neither of the response nor of the result."""
    response = {"signing_secret": "whsec_1"}
    result = await read(lambda client: beta_webhooks_get_signing_secret(client, "w"), response)
    assert result.unwrap().signing_secret == response["signing_secret"]
    assert "whsec_1" not in repr(result)
