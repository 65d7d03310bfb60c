"""OCR: read documents."""
