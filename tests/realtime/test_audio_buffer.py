"""The buffer between a microphone and a session: bounded, with a count of dropped audio."""

import asyncio

import pytest

from mistral_funcs import AudioBuffer


async def test_a_full_buffer_makes_the_source_wait() -> None:
    """Nothing is dropped."""
    buffer = AudioBuffer(max_bytes=4)
    await buffer.put(b"abc")
    waiting = asyncio.create_task(buffer.put(b"de"))
    await asyncio.sleep(0)
    assert not waiting.done()
    assert await anext(buffer) == b"abc"
    await waiting
    assert await anext(buffer) == b"de"
    assert buffer.dropped == 0


async def test_a_full_buffer_drops_the_oldest_audio_and_counts_it() -> None:
    """This mode is for sources that cannot wait."""
    buffer = AudioBuffer(max_bytes=4)
    for audio in (b"ab", b"cd", b"e"):
        buffer.put_nowait(audio)
    buffer.close()
    assert [audio async for audio in buffer] == [b"cd", b"e"]
    assert buffer.dropped == 2


async def test_audio_larger_than_the_buffer_is_accepted_alone() -> None:
    """It is neither dropped nor delayed."""
    buffer = AudioBuffer(max_bytes=1)
    await buffer.put(b"abc")
    assert await anext(buffer) == b"abc"


async def test_a_closed_buffer_ends_and_drops_late_audio() -> None:
    """A waiting writer returns, and a waiting reader gets the end."""
    buffer = AudioBuffer(max_bytes=1)
    await buffer.put(b"a")
    waiting = asyncio.create_task(buffer.put(b"bc"))
    await asyncio.sleep(0)
    buffer.close()
    await waiting
    buffer.put_nowait(b"d")
    assert [audio async for audio in buffer] == []
    assert buffer.dropped == 4
    empty = AudioBuffer()
    taking = asyncio.create_task(anext(empty))
    await asyncio.sleep(0)
    empty.close()
    with pytest.raises(StopAsyncIteration):
        await taking


async def test_a_callback_in_another_thread_adds_audio() -> None:
    """As audio libraries do."""
    buffer = AudioBuffer()
    loop = asyncio.get_running_loop()
    await asyncio.to_thread(loop.call_soon_threadsafe, buffer.put_nowait, b"abc")
    assert await anext(buffer) == b"abc"
