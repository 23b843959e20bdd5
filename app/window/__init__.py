"""The native window: a child process that shows one URL (PLATFORM.md 0), and the desktop's own acts."""
