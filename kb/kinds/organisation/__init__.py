"""The kind `organisations`: the support services of one area, with ways in, hours and sources."""
