"""The published language keeps its promises: every record ever written stays readable."""
