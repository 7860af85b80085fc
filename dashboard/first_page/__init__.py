"""What a browser gets before the application runs: index pages, compressed scripts, wrong addresses."""
