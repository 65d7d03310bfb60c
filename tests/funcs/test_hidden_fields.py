"""Fields with secret or long values are not in the representation of an object."""

import attrs
import pytest

from mistral_funcs.schemas import (
    APIKeyAuth,
    BatchJob,
    CustomConnector,
    GetSignedUrlResponse,
    GithubRepositoryIn,
    OAuth2TokenAuth,
    OCRImageObject,
    RawAudio,
    SpeechResponse,
    SpeechStreamAudioDelta,
    WandbIntegration,
    WebhookSigningSecret,
)

HIDDEN: dict[type[attrs.AttrsInstance], str] = {
    APIKeyAuth: "value",
    BatchJob: "outputs",
    CustomConnector: "authorization",
    GetSignedUrlResponse: "url",
    GithubRepositoryIn: "token",
    OAuth2TokenAuth: "value",
    OCRImageObject: "image_base64",
    RawAudio: "data",
    SpeechResponse: "audio_data",
    SpeechStreamAudioDelta: "audio_data",
    WandbIntegration: "api_key",
    WebhookSigningSecret: "signing_secret",
}


@pytest.mark.parametrize("schema", HIDDEN, ids=lambda schema: schema.__name__)
def test_field_is_not_in_the_representation(schema: type[attrs.AttrsInstance]) -> None:
    """Fields that are secret or long are left out."""
    assert not attrs.fields_dict(schema)[HIDDEN[schema]].repr


def test_secret_is_not_shown_in_a_containing_object() -> None:
    """Neither as an object nor as a mapping."""
    key = APIKeyAuth(value="s3cret")
    connector = CustomConnector(connector_id="c", authorization=key)
    other = CustomConnector(connector_id="c", authorization={"type": "api-key", "value": "s3cret"})
    assert "s3cret" not in f"{key!r} {[connector, other]!r} {connector}"
