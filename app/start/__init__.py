"""From the first line of `launcher.py` to a running program.

`main` reads the options and, in a checkout, prepares what is missing: an environment with our packages, and the built
front end (`preparation`).  Then it starts the program (`program`) or a command.  All that runs before the environment
stands uses the standard library only.
"""
