"""The national situation of a country, and several side by side."""
