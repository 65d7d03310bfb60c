"""Complete chats with agents."""
