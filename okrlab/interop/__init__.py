"""Formats of other systems and programs, in and out."""
