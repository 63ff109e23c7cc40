"""Converting a tool to a country and downloading it."""
