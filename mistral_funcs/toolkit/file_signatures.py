"""Media types by the first bytes of a file."""

SIGNATURES = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
    b"II*\0": "image/tiff",
    b"MM\0*": "image/tiff",
}
"""The first bytes of PDF and image files, with their media types."""


def type_by_content(head: bytes) -> str | None:
    """Return the media type of a PDF or an image, or `None`."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for first, kind in SIGNATURES.items() if head.startswith(first)), None)
