"""The self-check: one topic a page, a result with a plan, and the comparison of files. Nothing is stored."""
