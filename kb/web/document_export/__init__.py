"""Export of pages as documents: Word, ODT and PDF."""
