"""Functions that combine operations: paging, waiting, folding, structured output, batches."""
