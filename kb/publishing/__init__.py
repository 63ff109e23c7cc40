"""From the log to files to what readers are given; every change of a record goes through here."""
