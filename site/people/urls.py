"""Account addresses: ours first, then what allauth offers besides."""

from django.urls import include, path

from people import letter_views, notification_views, views

urlpatterns = [
    path("cabinet/", views.cabinet, name="cabinet"),
    path("cabinet/profile/", views.profile, name="profile"),
    path("cabinet/messages/", letter_views.letters, name="letters"),
    path("cabinet/messages/<int:number>/", letter_views.letter, name="letter"),
    path("cabinet/notifications/", notification_views.notifications, name="notifications"),
    path("cabinet/", include("people.association_urls")),
    path("cabinet/", include("people.privacy.urls")),
    path("account/", include("people.security_urls")),
    path("account/", include("allauth.urls")),
]
