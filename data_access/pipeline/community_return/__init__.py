"""The monthly return of a community: its form, what is wrong in one, and its figures."""
