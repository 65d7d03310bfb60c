"""A fake of the Mistral API for demos, tests and offline work: stateful, and without a model."""

from mistral_funcs.sandbox.sandbox import Sandbox as Sandbox
