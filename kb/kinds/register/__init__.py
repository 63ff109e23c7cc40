"""The register: blanks, choices and conditions that tools share."""
