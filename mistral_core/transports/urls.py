"""URLs of requests and redirects."""

from yarl import URL

from mistral_core.errors import InvalidRequestError
from mistral_core.http.messages import Request, Response
from mistral_core.http.servers import shown_url


def request_url(request: Request) -> URL:
    """Return the URL of a request, which a hook may have changed."""
    try:
        url = URL(request.url, encoded=True)
        _ = url.port  # Validated on access.
    except ValueError:
        message = f"The request URL is not valid{shown_url(request.url)}"
        raise InvalidRequestError(message, "server_url") from None
    return url


def redirect_target(method: str, url: URL, response: Response) -> URL | None:
    """Return the URL to redirect to, if it is on the same server and the method is the same."""
    keeps_method = response.status in (307, 308) or (
        response.status in (301, 302, 303) and method == "GET"
    )
    location = response.headers.get("location", "")
    if (
        not keeps_method
        or not location
        or not location.isascii()
        or not location.isprintable()
        or " " in location
    ):
        return None
    try:
        target = url.join(URL(location, encoded=True))
        return target if target.origin() == url.origin() and target.user is None else None
    except ValueError:
        return None
