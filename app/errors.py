"""The one exception that a caller of Gatehouse is meant to see (STYLE.md 6, kind 2)."""

from collections.abc import Mapping


class GatehouseError(Exception):
    """Somebody asked for something impossible; told as a sentence and a way out, never as a traceback.

    The words stand once, in `app/words/{en,zh-CN}/*.json` under `errors.<slug>` ("error" and "fix");
    `app.words.error()` fills them in.  `status` is the HTTP status of an API answer.
    """

    def __init__(self, slug: str, *, status: int = 400, params: Mapping[str, object] | None = None) -> None:
        super().__init__(slug)
        self.slug = slug
        self.status = status
        self.params = dict(params or {})
