"""`dudao migrate`: an embedded deployment moves to servers; same bytes, same positions, counted afterwards."""
