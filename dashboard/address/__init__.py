"""The address of a page and the view it asks for; who the visitor is."""
