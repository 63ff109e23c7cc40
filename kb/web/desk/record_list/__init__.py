"""The list of the records of a kind on the desk: filter, order, saved filters, and ticked records."""
