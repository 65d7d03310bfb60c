"""Agents: answer a conversation as an agent that was set up before."""
