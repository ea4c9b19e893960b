"""A fictional person: pages, photos and an answer key, audited through the real pipeline."""
