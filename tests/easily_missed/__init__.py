"""What is easily missed: one scenario or test for every numbered row of the requirements, under its number."""
