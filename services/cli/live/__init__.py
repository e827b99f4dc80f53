"""The cluster in the place of the town: the same plays and the same demonstration, on processes and real servers."""
