"""Vietnamese as people type it: text, dates, money, names, and how to show them."""
