"""Media types by file name, independent of the system's configuration."""

from pathlib import PurePath

OCTETS = "application/octet-stream"

MEDIA_TYPES = {
    ".aac": "audio/aac",
    ".aif": "audio/aiff",
    ".aiff": "audio/aiff",
    ".amr": "audio/amr",
    ".avif": "image/avif",
    ".bmp": "image/bmp",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".flac": "audio/flac",
    ".gif": "image/gif",
    ".heic": "image/heic",
    ".heif": "image/heif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".m4a": "audio/mp4",
    ".m4b": "audio/mp4",
    ".m4v": "video/mp4",
    ".md": "text/markdown",
    ".mka": "audio/matroska",
    ".mkv": "video/matroska",
    ".mov": "video/quicktime",
    ".mp2": "audio/mpeg",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".mpeg": "video/mpeg",
    ".mpg": "video/mpeg",
    ".mpga": "audio/mpeg",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".ogv": "video/ogg",
    ".opus": "audio/ogg",
    ".parquet": "application/vnd.apache.parquet",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".svg": "image/svg+xml",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".txt": "text/plain",
    ".wav": "audio/wav",
    ".wave": "audio/wav",
    ".weba": "audio/webm",
    ".webm": "video/webm",
    ".webp": "image/webp",
    ".wma": "audio/x-ms-wma",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".3g2": "video/3gpp2",
    ".3gp": "video/3gpp",
}
"""Media types by suffix. A container for audio and video has a video type."""


RECORDINGS = {
    "video/3gpp": "audio/3gpp",
    "video/3gpp2": "audio/3gpp2",
    "video/matroska": "audio/matroska",
    "video/mp4": "audio/mp4",
    "video/mpeg": "audio/mpeg",
    "video/ogg": "audio/ogg",
    "video/quicktime": "audio/mp4",
    "video/webm": "audio/webm",
}
"""The audio types of containers for audio and video."""


def media_type(name: str, *, audio: bool = False) -> str:
    """Return the media type of a file by its name.

    Args:
        name: The name of the file.
        audio: Whether the file is an audio recording. Containers then have an audio type.
    """
    suffixes = PurePath(name).suffixes
    last = suffixes[-1].lower() if suffixes else ""
    kind = MEDIA_TYPES.get(last) or _guess("".join(suffixes[-2:]))
    return RECORDINGS.get(kind, kind) if audio else kind


def _guess(suffixes: str) -> str:
    """Return the media type from Python's built-in table, without the system's tables."""
    import mimetypes  # noqa: PLC0415 - rarely needed

    kind, encoding = mimetypes.MimeTypes().guess_type(f"file{suffixes}")
    return kind if kind and not encoding else OCTETS
