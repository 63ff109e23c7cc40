"""What readers are given: one `Generation` of catalog and index at a time; and the checks between kinds."""
