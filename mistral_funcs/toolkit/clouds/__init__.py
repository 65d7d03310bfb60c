"""Clouds that offer models of Mistral: Azure AI and Google Vertex AI."""
