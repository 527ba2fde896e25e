"""Account addresses: ours first, then what allauth offers besides."""

from django.urls import include, path

from people import views

urlpatterns = [
    path("cabinet/", views.cabinet, name="cabinet"),
    path("cabinet/profile/", views.profile, name="profile"),
    path("cabinet/", include("people.association_urls")),
    path("cabinet/", include("people.privacy.urls")),
    path("account/", include("people.security_urls")),
    path("account/", include("allauth.urls")),
]
