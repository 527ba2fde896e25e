"""Addresses of a person's own data."""

from django.urls import path

from people.privacy import views

urlpatterns = [
    path("data/", views.my_data, name="my_data"),
    path("data/export/", views.export_data, name="export_data"),
    path("data/erase/", views.erase, name="erase_account"),
    path("data/consents/<int:consent_id>/withdraw/", views.withdraw, name="withdraw_consent"),
]
