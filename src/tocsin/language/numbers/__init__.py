"""Numbers in running text: counts, amounts with their units, sums of money, ordinals.

``amounts.py`` finds them, ``number_words.py`` says what they come to, ``number_masks.py`` where a digit is no number.
"""
