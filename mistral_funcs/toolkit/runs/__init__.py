"""Runs: completions whose tool calls are executed."""
