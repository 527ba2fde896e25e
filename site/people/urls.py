"""Account addresses: ours first, then what allauth offers besides (password, e-mail change, second factor)."""

from django.urls import include, path

from people import views

urlpatterns = [
    path("cabinet/", views.cabinet, name="cabinet"),
    path("cabinet/profile/", views.profile, name="profile"),
    path("account/login/", views.SignInView.as_view(), name="account_login"),
    path("account/login/code/", views.one_entrance, name="account_request_login_code"),
    path("account/login/code/confirm/", views.ConfirmCodeView.as_view(), name="account_confirm_login_code"),
    path("account/login/password/", views.PasswordSignInView.as_view(), name="account_login_password"),
    path("account/signup/", views.one_entrance, name="account_signup"),
    path("account/", include("allauth.urls")),
]
