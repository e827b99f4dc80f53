"""What people read: pages folded from the casebook, and the views that show them."""
