"""The console's pages: rendered here, without a script but for filling in the code of a link."""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import structlog
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.core.people import Staff
from bot.flows.open_console import enter, leave, who_is_in
from bot.flows.read_console import Story, list_flags, show_words, tell_story
from bot.flows.services import Services

log = structlog.get_logger(__name__)
HERE = Path(__file__).parent
COOKIE = "held_console"
LONGEST_FORM = 2000  # bytes
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
FILES = {"style.css": "text/css", "enter.js": "text/javascript"}

Page = Callable[[Request], Awaitable[Response]]


class Console:
    """The pages for one clinic; its services have the address that they are served under."""

    def __init__(self, services: Services) -> None:
        assert services.console_url is not None, "only where a clinic serves one"
        address = urlsplit(services.console_url)
        self._s = services
        self._root = f"{address.path}/console"
        self._origin = f"{address.scheme}://{address.netloc}"
        self._is_secure = address.scheme == "https"
        self._pages = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
        )

    def routes(self) -> list[Route]:
        """All pages; the proxy in front has taken the path of the address away."""
        pages: Mapping[str, tuple[Page, str]] = {
            "/console": (self._door, "GET"),
            "/console/enter": (self._enter, "POST"),
            "/console/leave": (self._leave, "POST"),
            "/console/flags": (self._flags, "GET"),
            "/console/flags/{flag:int}": (self._story, "GET"),
            "/console/flags/{flag:int}/words": (self._words, "POST"),
            "/console/{file}": (self._file, "GET"),
        }
        return [
            Route(path, self._guarded(page), methods=[method])
            for path, (page, method) in pages.items()
        ]

    def _guarded(self, page: Page) -> Page:
        """Every page with its headers; no error shows, or logs, what somebody wrote."""

        async def guarded(request: Request) -> Response:
            try:
                # a form of another page says whose it is: browsers send that with every POST
                is_ours = request.headers.get("origin") == self._origin
                if request.method == "POST" and not is_ours:
                    response = self._said("console.wrong_origin", 403)
                else:
                    response = await page(request)
            except Exception as error:  # noqa: BLE001 - its text may hold what somebody wrote
                log.error("a page of the console failed", error=type(error).__name__)
                response = self._said("console.trouble", 500)
            response.headers.update(HEADERS)
            return response

        return guarded

    def _render(self, name: str, status: int = 200, **values: object) -> Response:
        page = self._pages.get_template(name)
        shown = page.render(say=self._s.phrases.say, root=self._root, **values)
        return HTMLResponse(shown, status_code=status)

    def _said(self, phrase: str, status: int) -> Response:
        return self._render("enter.html", status, said=self._s.phrases.say(phrase))

    async def _door(self, _: Request) -> Response:
        """Where the link leads: opening it, as previews of links do, uses nothing up."""
        return self._render("enter.html", said=None)

    async def _enter(self, request: Request) -> Response:
        body = await request.body()
        sent = parse_qs(body[:LONGEST_FORM].decode(errors="replace")).get("code", [""])
        entered = await enter(self._s, sent[0].strip().rpartition("#")[2])
        if entered is None:
            return self._said("console.enter_refused", 403)
        response = RedirectResponse(f"{self._root}/flags/{entered.flag_id}", status_code=303)
        response.set_cookie(
            COOKIE,
            entered.session,
            path=self._root,
            httponly=True,
            samesite="strict",
            secure=self._is_secure,
        )
        return response

    async def _leave(self, request: Request) -> Response:
        await leave(self._s, request.cookies.get(COOKIE, ""))
        response = RedirectResponse(self._root, status_code=303)
        response.delete_cookie(COOKIE, path=self._root)
        return response

    async def _flags(self, request: Request) -> Response:
        who = await self._who(request)
        if who is None:
            return self._said("console.not_in", 403)
        lines = await list_flags(self._s, who)
        return self._render("list.html", lines=lines, who=who.name)

    async def _story(self, request: Request) -> Response:
        return await self._tell(request, tell_story)

    async def _words(self, request: Request) -> Response:
        return await self._tell(request, show_words)

    async def _tell(
        self, request: Request, tell: Callable[[Services, Staff, int], Awaitable[Story | None]]
    ) -> Response:
        who = await self._who(request)
        if who is None:
            return self._said("console.not_in", 403)
        story = await tell(self._s, who, request.path_params["flag"])
        if story is None:
            return self._said("console.not_here", 404)
        return self._render("story.html", story=story, who=who.name)

    async def _who(self, request: Request) -> Staff | None:
        return await who_is_in(self._s, request.cookies.get(COOKIE, ""))

    async def _file(self, request: Request) -> Response:
        name = request.path_params["file"]
        if name not in FILES:
            return self._said("console.not_here", 404)
        return FileResponse(HERE / "static" / name, media_type=FILES[name])
