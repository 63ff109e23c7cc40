"""Countries: key facts such as helplines, and how the Victims' Rights Directive applies there."""
