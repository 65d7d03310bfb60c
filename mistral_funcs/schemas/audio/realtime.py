"""Schemas of both kinds of realtime sessions."""

from typing import Literal, TypeAlias, final

import attrs

from mistral_core import Schema

AudioEncoding: TypeAlias = (
    Literal["pcm_s16le", "pcm_s32le", "pcm_f16le", "pcm_f32le", "pcm_mulaw", "pcm_alaw"] | str
)
"""Encoding of raw audio. Other values are accepted."""

StreamingMode: TypeAlias = Literal["responsive", "long_form"] | str
"""When speech is generated: early, or from long passages. Other values are accepted."""


@final
@attrs.frozen(kw_only=True)
class AudioFormat(Schema):
    """A format of raw audio, one channel.

    Attributes:
        encoding: Encoding of a sample.
        sample_rate: Samples per second.
    """

    encoding: AudioEncoding
    sample_rate: int
