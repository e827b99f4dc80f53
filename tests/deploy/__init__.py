"""The deployment: compose, manifests, image, alerts and runbooks say the same as the programs do."""
