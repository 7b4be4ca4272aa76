"""Questions in the formats of other systems, out and in; attempts as xAPI statements and tables.

Everything goes through `questions.Question`, so that a format is one writer and, where there is an
import, one reader. docs/interop.md says what each format loses.
"""
