"""Addresses of sign-in, sessions, second factor and change of e-mail; they go before allauth's own."""

from django.urls import path

from people import sign_in_views as views

urlpatterns = [
    path("login/", views.SignInView.as_view(), name="account_login"),
    path("login/code/", views.one_entrance, name="account_request_login_code"),
    path("login/code/confirm/", views.ConfirmCodeView.as_view(), name="account_confirm_login_code"),
    path("login/password/", views.PasswordSignInView.as_view(), name="account_login_password"),
    path("signup/", views.one_entrance, name="account_signup"),
]
