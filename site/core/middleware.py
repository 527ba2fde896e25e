"""Early answers and headers that Django and Wagtail do not give by themselves."""

from collections.abc import Callable

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware as DjangoLocaleMiddleware

GetResponse = Callable[[HttpRequest], HttpResponse]

ADMIN_POLICY = {
    # Wagtail's admin still writes scripts and styles into its pages.
    "default-src": [NONE],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "media-src": [SELF],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "worker-src": [SELF, "blob:"],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
}
PERMISSIONS = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"


class ForeignCharsetMiddleware:
    """Answers 400 to a form in a charset other than UTF-8.

    Stock Django crashes on `charset=utf-7` outside its own error handling: the CSRF check raises
    BadRequest, and the view for that error reads POST again.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        charset = (request.content_params or {}).get("charset", "utf-8").strip("\"' ").lower().replace("_", "-")
        if charset in {"utf-8", "utf8"}:
            request.encoding = "utf-8"  # the one spelling Django reads forms in
        else:
            return HttpResponse("400: only UTF-8 is read here\n", status=400, content_type="text/plain; charset=utf-8")
        return self.get_response(request)


class LocaleMiddleware(DjangoLocaleMiddleware):
    """Leaves a 404 outside the languages as it is: Django would send `/admin/…` to `/kk/admin/…`, a page of nobody."""

    WITHOUT_LANGUAGE = ("/admin/", "/documents/", "/media/", "/calendar/", "/demo/", "/og/")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code == 404 and request.path_info.startswith(self.WITHOUT_LANGUAGE):
            return response
        return super().process_response(request, response)


class SecurityHeadersMiddleware:
    """Permissions-Policy and Cross-Origin-Resource-Policy; Django sets the rest."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        return response


class AdminPolicyMiddleware:
    """Gives `/admin/` the policy its pages can live with; everything else keeps the strict one.

    A preview is a public page in a frame of the editor: what is not published yet may run no more than what is.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_preview = getattr(request, "is_preview", False)
        if is_preview or request.path_info.startswith("/admin/"):
            response["X-Frame-Options"] = "SAMEORIGIN"
            policy = {"frame-ancestors": [SELF]} if is_preview else ADMIN_POLICY
            setattr(response, "_csp_replace", policy)  # noqa: B010  where django-csp looks for it
        return response
