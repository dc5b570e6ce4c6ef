"""What a browser complains about while a page is open."""

from playwright.sync_api import ConsoleMessage, Page, Request


def watch(page: Page) -> list[str]:
    """Collects violations of the Content-Security-Policy, script errors and failed requests."""
    found: list[str] = []

    def console(message: ConsoleMessage) -> None:
        if message.type == "error":
            found.append(message.text)

    def failed(request: Request) -> None:
        if "ERR_ABORTED" not in (request.failure or ""):  # a page that is left, a preview that a newer one replaces
            found.append(f"failed: {request.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("requestfailed", failed)
    return found
