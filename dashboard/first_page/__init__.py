"""What a browser gets before the application runs: the index page of each address, scripts compressed, wrong addresses."""
