"""Printed documents of a workshop, built from blocks. Nothing here accesses the database."""
