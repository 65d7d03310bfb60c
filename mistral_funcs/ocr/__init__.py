"""OCR: extract the content of documents."""
