"""Addresses of sign-in, sessions, second factor and change of e-mail; they go before allauth's own."""

from django.urls import path

from people import (
    change_email_views,
    passkey_views,
    password_views,
    reauthentication_views,
    second_factor_views,
    sessions_views,
)
from people import sign_in_views as views

urlpatterns = [
    path("login/", views.SignInView.as_view(), name="account_login"),
    path("login/code/", views.one_entrance, name="account_request_login_code"),
    path("login/code/confirm/", views.ConfirmCodeView.as_view(), name="account_confirm_login_code"),
    path("login/password/", views.PasswordSignInView.as_view(), name="account_login_password"),
    path("signup/", views.one_entrance, name="account_signup"),
    path("email/", change_email_views.ask, name="account_email"),
    path("email/confirm/", change_email_views.confirm, name="account_email_confirm"),
    path("password/set/", password_views.SetPasswordView.as_view(), name="account_set_password"),
    path(
        "reauthenticate/code/",
        reauthentication_views.ReauthenticateByCodeView.as_view(),
        name="account_reauthenticate_by_code",
    ),
    path("sessions/", sessions_views.listing, name="usersessions_list"),
    path("sessions/others/end/", sessions_views.end_others, name="usersessions_end_others"),
    path("sessions/<int:number>/end/", sessions_views.end, name="usersessions_end"),
    path("second-factor/", second_factor_views.start, name="second_factor"),
    path("2fa/authenticate/", passkey_views.SecondFactorSignInView.as_view(), name="mfa_authenticate"),
    path("2fa/totp/activate/", second_factor_views.ActivateAppView.as_view(), name="mfa_activate_totp"),
    path("2fa/recovery-codes/", second_factor_views.RecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        second_factor_views.GenerateCodesView.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path("2fa/webauthn/add/", passkey_views.AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path("2fa/webauthn/login/", passkey_views.SignInByPasskeyView.as_view(), name="mfa_login_webauthn"),
    path(
        "2fa/webauthn/reauthenticate/",
        passkey_views.ReauthenticateByPasskeyView.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
]
