"""Random years in a random county: whatever people try, the law of the tables holds."""
