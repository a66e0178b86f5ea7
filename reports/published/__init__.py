"""The document that is published, built new."""
