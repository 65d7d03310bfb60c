"""What is built on several operations: pages, waiting, folding, structured output, batches."""
