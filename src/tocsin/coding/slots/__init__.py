"""How many of what: equipment, people, casualties, sums, and the numbers that belong to them."""
