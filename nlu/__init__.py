"""Understanding: training data and Rasa graph components, each a thin wrap around a pure function."""
