"""Where the SDK differs from the specification, and why. A new difference is a row here."""

EXCEPTIONS: dict[tuple[str, str, str], str] = {
    ("*", "object", "type"): "it only names the kind of the object: any text is read",
    ("ModelList", "data", "default"): "a list that was left out is empty: a loop needs no check",
    ("CompletionFineTunedModel", "archived", "default"): "who does not say so archived nothing",
    ("ClassifierFineTunedModel", "archived", "default"): "who does not say so archived nothing",
    ("ClassifierTargetResult", "name", "required"): "it has no id: its name is what tells it",
}
"""Schema or function (`*` is any), field or argument, what differs of it, and the reason."""

IDENTITIES = frozenset({"id"})
"""The fields that a response must bear: older and self-hosted servers leave out all others."""

UNNAMED: dict[str, set[str]] = {
    "ModelCard": {"BaseModelCard", "FTModelCard"},
    "FineTunedModel": {"CompletionFineTunedModel", "ClassifierFineTunedModel"},
}
"""The unions to which the SDK gives a name and the specification none, with their members."""

TAGS: dict[str, str] = {
    "models": "models",
}
"""Each resource, with the tag that the specification has for its operations."""
