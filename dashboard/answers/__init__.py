"""What a page says, as numbers: pure selection and arithmetic, without streamlit."""
