"""What a browser complains about while a page is open."""

from playwright.sync_api import ConsoleMessage, Page


def watch(page: Page) -> list[str]:
    """Collects violations of the Content-Security-Policy, script errors and failed requests."""
    found: list[str] = []

    def console(message: ConsoleMessage) -> None:
        if message.type == "error":
            found.append(message.text)

    page.on("console", console)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("requestfailed", lambda request: found.append(f"failed: {request.url}"))
    return found
