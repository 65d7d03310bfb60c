"""Fill in the middle: generate the code between a prompt and a suffix."""
