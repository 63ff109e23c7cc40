"""Publishing: writes changes of records to the log, applies them to the files, and updates what readers see."""
