"""The processes of the service: doors in, letters out, letters in."""
