"""Which code paths this process takes: Linux's own, or those that work on every system."""

import os
import sys

IS_PORTABLE = sys.platform != "linux" or os.environ.get("GATEHOUSE_PORTABLE") == "1"
"""True on macOS and Windows, and where GATEHOUSE_PORTABLE=1 asks for it, so that those paths are tested."""
