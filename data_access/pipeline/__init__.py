"""From files to cells: intake (read, check, load), publication (compute, freeze a release), building, checking.

Nothing here is imported by `data_access` itself: readers never pay for it.
"""
