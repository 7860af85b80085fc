"""Records added up to exact figures, which no reader sees before they are protected."""
