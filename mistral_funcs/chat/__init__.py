"""Complete chats with a model."""
