"""Commands for scripts and for people without the window.

A command module has `add_arguments(parser)` and `run(options) -> exit code`: 0 done, 1 the thing asked about is not
there or failed, 2 wrong usage.  Results go to stdout, everything else to stderr.
"""
