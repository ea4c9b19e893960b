"""Personal data in text that nobody declared: `find(text, regions=...) -> list[Span]`."""
