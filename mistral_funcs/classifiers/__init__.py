"""Moderate and classify texts and chats."""
