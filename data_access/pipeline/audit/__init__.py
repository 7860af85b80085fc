"""Can a reader work out what is hidden, and is the database consistent with itself?"""
