"""Forms generated from the schema of a record, and conversion of posted values to the record's text."""
