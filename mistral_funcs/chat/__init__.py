"""Chat: answer a conversation."""
