"""Addresses of a person's associations and invitations."""

from django.urls import path

from people import association_views as views
from people import invitation_views

urlpatterns = [
    path("association/find/", views.find, name="association_find"),
    path("association/add/", views.add, name="association_add"),
    path("association/<int:pk>/", views.association, name="association"),
    path("association/<int:pk>/claim/", views.claim, name="association_claim"),
    path("association/<int:pk>/invite/", views.invite, name="association_invite"),
    path("association/<int:pk>/hand-over/", views.hand_over, name="association_hand_over"),
    path("association/roles/<uuid:public_id>/minutes/", views.own_protocol, name="own_protocol"),
    path("association/roles/<uuid:public_id>/leave/", views.leave, name="membership_leave"),
    path("association/roles/<uuid:public_id>/end/", views.end_member, name="member_end"),
    path("association/invitations/<uuid:public_id>/revoke/", views.revoke, name="invitation_revoke"),
    path("invitation/", invitation_views.invitation, name="invitation"),
    path("invitation/<str:token>/", invitation_views.link, name="invitation_link"),
]
