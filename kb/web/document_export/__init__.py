"""Pages as documents: Word, ODT and PDF."""
