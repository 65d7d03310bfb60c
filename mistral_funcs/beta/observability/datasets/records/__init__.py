"""Read, judge, change and delete records of datasets."""
