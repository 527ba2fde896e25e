"""Addresses. Public pages live under a language; staff, files and machines do not."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from core import picture_views, views
from home.sitemaps import sitemap
from law.duty_urls import feed_urlpatterns
from people.admin.history import site_history, site_history_results

handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.page_not_found
handler500 = views.server_error

urlpatterns = [
    path("", views.start),
    path("admin/login/", views.staff_door),  # one sign-in for everybody
    path("admin/reports/site-history/", site_history),
    path("admin/reports/site-history/results/", site_history_results),
    path("admin/", include(admin_urls)),
    path("documents/", include(document_urls)),
    path("livez", views.livez),
    path("readyz", views.readyz),
    path("robots.txt", views.robots),
    path("sitemap.xml", sitemap),
    path(".well-known/security.txt", views.security_txt),
    path("og/<int:page_id>-<slug:mark>.png", picture_views.picture, name="picture"),
    *feed_urlpatterns,
]

if settings.DEMO:
    from home import demo_mail

    urlpatterns += [
        path("demo/mail/", demo_mail.inbox, name="demo_mail"),
        *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    ]

urlpatterns += i18n_patterns(
    path("", include("people.urls")),
    path("", include("law.duty_urls")),
    path("", include("law.urls")),
    path("", include("faq.urls")),
    path("", include("courses.urls")),
    path("", include("core.routing")),
)
