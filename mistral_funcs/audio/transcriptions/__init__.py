"""Transcriptions: write down what is said."""
