"""Booklets: a chapter, a catalogue, an edition or the whole site as one file, in one language.

`making.subject_of` finds what is public, `making.booklet_of` gathers its words, and each format draws these.
"""
