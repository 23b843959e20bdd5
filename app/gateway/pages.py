"""The gateway's own short answers, in both languages: what happened, and what to do.

(A failed script's page comes from the parent, which knows why; this one stands in where the parent does not answer.)
"""

import html
from collections.abc import Mapping

Words = tuple[str, str]
"""(title, sentence); a sentence may hold {names}."""

_EN: dict[str, Words] = {
    "bad-request-line": ("Bad request", "The first line of the request is not “METHOD /path HTTP/1.1”."),
    "bad-head": (
        "Bad request",
        "The request's header is not valid HTTP: a line is malformed, or its length is stated twice.",
    ),
    "bad-target": ("Bad request", "The address in the request is neither a path nor a URL."),
    "bad-host": ("Bad request", "The Host field does not name a computer."),
    "bad-chunk": ("Bad request", "The request's body is not in valid chunks."),
    "host-count": ("Bad request", "A request must have exactly one Host field."),
    "not-our-host": (
        "Not here",
        "This server answers to 127.0.0.1 and localhost only. Use one of these names in the address.",
    ),
    "version": ("HTTP version not supported", "This server speaks HTTP/1.1 and HTTP/1.0."),
    "target-too-long": ("Address too long", "The address is longer than 32 KiB. Send that much by POST."),
    "head-too-long": (
        "Header too long",
        "The request's header is longer than 64 KiB. Deleting this site's cookies may help.",
    ),
    "body-too-long": ("Too large", "The upload is larger than this site allows (limits.body_mib in gatehouse.toml)."),
    "no-room": ("No room", "The upload could not be stored: the disk is full."),
    "timeout": ("Too slow", "The request did not arrive in time."),
    "expectation": ("Expectation failed", "Only “Expect: 100-continue” is known."),
    "trace": ("Method not allowed", "TRACE is refused: it would show a page what it must not read."),
    "connect": ("Not implemented", "This server is not a proxy."),
    "transfer-coding": ("Not implemented", "The only transfer coding that is known is “chunked”."),
    "no-such-file": ("Not found", "There is nothing at this address."),
    "no-such-script": ("Not found", "There is no such script in this folder."),
    "no-index": ("Nothing to show", "This folder has no index page."),
    "hidden": ("Not found", "There is nothing at this address."),
    "outside": (
        "Not here",
        "This address leads out of the site. Links to other folders can be allowed in the site's settings.",
    ),
    "bad-path": ("Bad address", "This address cannot be read: it holds what no file name may hold."),
    "unreadable": ("Not readable", "The file is there, but may not be read. Check its rights (chmod a+r)."),
    "method": (
        "Method not allowed",
        "A file can only be asked for with GET and HEAD. A form needs a script as its action.",
    ),
    "queue": ("Busy", "Too many scripts of this site run or wait already. Try again in a moment."),
    "recorder": ("Busy", "The record of runs cannot keep up. Try again in a moment."),
    "script-failed": ("The script failed", "The script could not answer this request."),
    "script-late": ("The script took too long", "The script was ended, because it met its time limit."),
    "redirect-loop": (
        "Redirects in a circle",
        "The script's local redirects (Location: /…) lead back to where they began, or never end.",
    ),
    "own-fault": ("Gatehouse itself failed", "This is a fault in Gatehouse, not in your script."),
    "see-run": ("", "Open run #{run} in Gatehouse"),
    "near": ("", "Did you mean {near}?"),
}

_ZH: dict[str, Words] = {
    "bad-request-line": ("请求有误", "请求的第一行不是“方法 /路径 HTTP/1.1”的形式。"),
    "bad-head": ("请求有误", "请求头不符合 HTTP 规定：某一行格式不对，或长度给出了两次。"),
    "bad-target": ("请求有误", "请求中的地址既不是路径，也不是网址。"),
    "bad-host": ("请求有误", "Host 字段写的不是一台计算机的名字。"),
    "bad-chunk": ("请求有误", "请求体的分块格式不对。"),
    "host-count": ("请求有误", "一个请求必须有且只有一个 Host 字段。"),
    "not-our-host": ("不在这里", "本服务器只应答 127.0.0.1 和 localhost，请在地址中使用其中之一。"),
    "version": ("不支持的 HTTP 版本", "本服务器使用 HTTP/1.1 和 HTTP/1.0。"),
    "target-too-long": ("地址太长", "地址超过了 32 KiB。这么多内容请用 POST 发送。"),
    "head-too-long": ("请求头太长", "请求头超过了 64 KiB。删除本站的 Cookie 或许有用。"),
    "body-too-long": ("内容太大", "上传的内容超过了本站的限制（gatehouse.toml 中的 limits.body_mib）。"),
    "no-room": ("空间不足", "上传的内容无法保存：磁盘已满。"),
    "timeout": ("太慢", "请求没有及时送达。"),
    "expectation": ("无法满足期望", "只认得“Expect: 100-continue”。"),
    "trace": ("不允许的方法", "TRACE 被拒绝：它会让网页看到不该读取的内容。"),
    "connect": ("未实现", "本服务器不是代理。"),
    "transfer-coding": ("未实现", "传输编码只认得“chunked”。"),
    "no-such-file": ("找不到", "这个地址没有内容。"),
    "no-such-script": ("找不到", "这个文件夹里没有这个脚本。"),
    "no-index": ("没有可显示的内容", "这个文件夹没有首页文件。"),
    "hidden": ("找不到", "这个地址没有内容。"),
    "outside": ("不在这里", "这个地址指向网站之外。可以在网站设置中允许指向其他文件夹的链接。"),
    "bad-path": ("地址有误", "这个地址无法读取：其中有文件名不能包含的字符。"),
    "unreadable": ("无法读取", "文件存在，但没有读取权限。请检查它的权限（chmod a+r）。"),
    "method": ("不允许的方法", "文件只能用 GET 和 HEAD 请求。表单的 action 应当是一个脚本。"),
    "queue": ("繁忙", "本站已有太多脚本在运行或等待，请稍后再试。"),
    "recorder": ("繁忙", "运行记录暂时跟不上，请稍后再试。"),
    "script-failed": ("脚本出错了", "脚本没能应答这个请求。"),
    "script-late": ("脚本用时太长", "脚本达到时间限制，已被结束。"),
    "redirect-loop": ("循环重定向", "脚本的本地重定向（Location: /…）绕回了起点，或没有尽头。"),
    "own-fault": ("Gatehouse 自身出错", "这是 Gatehouse 的错误，与你的脚本无关。"),
    "see-run": ("", "在 Gatehouse 中打开第 {run} 次运行"),
    "near": ("", "是不是要找 {near}？"),
}

CATALOGUES: Mapping[str, Mapping[str, Words]] = {"en": _EN, "zh-CN": _ZH}

_STYLE = """
:root{color-scheme:light dark;--back:#f3f2ef;--card:#fff;--line:#e6e4df;--text:#1d1b18;--quiet:#55524b;--accent:#2f55cf}
@media (prefers-color-scheme:dark){:root{--back:#121214;--card:#19191c;--line:#29292e;--text:#ececef;--quiet:#b8b7bf;\
--accent:#93aaff}}
body{margin:0;background:var(--back);color:var(--text);font:15px/1.6 Inter,system-ui,"PingFang SC","Microsoft YaHei",\
"Noto Sans CJK SC",sans-serif}
main{max-width:40rem;margin:12vh auto 0;padding:22px 28px;background:var(--card);border:1px solid var(--line);\
border-radius:10px}
h1{margin:0 0 6px;font-size:20px;line-height:1.35}
h1 small{float:right;color:var(--quiet);font:600 13px/1.9 ui-monospace,monospace}
p{margin:6px 0;color:var(--quiet);overflow-wrap:anywhere}
a{color:var(--accent)}
"""
"""The look of the failure page (app/diagnose/page.css), for less."""

_PAGE = """<!doctype html>
<html lang="{lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{status} {title}</title>
<style>{style}</style>
<main>
<h1>{title} <small>{status}</small></h1>
{paragraphs}
</main>
</html>
"""


def language(accept_language: bytes) -> str:
    """'zh-CN' where Chinese is asked for before English, otherwise 'en' (RFC 9110 §12.5.4, without its weights)."""
    for item in accept_language.lower().split(b","):
        tag = item.strip()[:2]
        if tag in (b"zh", b"en"):
            return "zh-CN" if tag == b"zh" else "en"
    return "en"


def own_page(
    status: int,
    slug: str,
    *,
    accept: bytes,
    accept_language: bytes,
    near: str | None = None,
    run: int | None = None,
    run_url: str | None = None,
) -> tuple[bytes, bytes]:
    """(Content-Type, body): HTML where `Accept` names it, otherwise text."""
    lang = language(accept_language)
    words = CATALOGUES[lang]
    title, sentence = words[slug]
    lines = [sentence]
    if near:
        lines.append(words["near"][1].format(near=near))
    link = (words["see-run"][1].format(run=run), run_url) if run is not None and run_url else None
    if b"text/html" not in accept.lower():
        text = [title, *lines, *([f"{link[0]}: {link[1]}"] if link else [])]
        return b"text/plain; charset=utf-8", ("\n".join(text) + "\n").encode("utf-8", "replace")
    paragraphs = [f"<p>{html.escape(line)}</p>" for line in lines]
    if link:
        paragraphs.append(f'<p><a href="{html.escape(link[1])}">{html.escape(link[0])}</a></p>')
    told = {"lang": lang, "status": status, "title": html.escape(title), "paragraphs": "\n".join(paragraphs)}
    page = _PAGE.format(style=_STYLE, **told)
    return b"text/html; charset=utf-8", page.encode("utf-8", "replace")
