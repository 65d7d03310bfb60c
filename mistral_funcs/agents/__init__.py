"""Agents: chat completions with a preconfigured agent."""
