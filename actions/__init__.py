"""rasa-sdk actions: each translates between Rasa and one use case of bot/counter."""
