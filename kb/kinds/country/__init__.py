"""Countries: key facts of each, such as helplines, and what the Victims' Rights Directive means there."""
