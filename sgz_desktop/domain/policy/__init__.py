"""Rules of assistance as data, and the three-valued evaluator that reads them."""
