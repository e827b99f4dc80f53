"""Tests of the seeded simulation: the services hold in every world, and broken ones are caught."""
