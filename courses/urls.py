from django.urls import path

from courses import views

urlpatterns = [
    path("seats/<uuid:public_id>/", views.seat, name="seat"),
    path("seats/<uuid:public_id>/cancel/", views.cancel, name="seat_cancel"),
    path("seats/<uuid:public_id>/calendar.ics", views.calendar, name="seat_calendar"),
]
