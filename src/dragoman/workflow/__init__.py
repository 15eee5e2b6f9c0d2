"""The verbs of Dragoman as plain functions, a module each: the only place that knows all the parts.

`articles` finds and reads articles · `translate` drafts them into PO files · `export` writes the translated article ·
`start` makes a project. The commands in `dragoman.cli` do nothing but call these.
"""
