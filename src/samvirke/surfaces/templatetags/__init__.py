"""Template tags: how templates say codes, days and parts of pages."""
