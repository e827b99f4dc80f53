"""The process of the audit: letters of every sender in, into the casebook."""
