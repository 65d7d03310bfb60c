"""Fill in the middle: write what stands between two pieces of code."""
