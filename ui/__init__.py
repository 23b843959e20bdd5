"""The front end: TypeScript in `src`, built into `dist` by `build.py`."""
