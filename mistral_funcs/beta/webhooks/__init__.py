"""Create, list and delete webhooks, and get their signing secrets."""
