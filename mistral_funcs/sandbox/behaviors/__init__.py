"""Hand-written behaviors of the sandbox: the module of a resource is imported on first use."""
