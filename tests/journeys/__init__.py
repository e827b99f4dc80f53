"""Journeys: whole stories, played from the scenario files in this folder."""
