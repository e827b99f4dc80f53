"""The process of the reporting: the casebook in, pages out."""
