"""Functions over several operations: paging, waiting, folding, structured output, batches."""
