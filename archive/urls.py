"""The site's addresses: the archive itself, and Django's admin for curators."""

from django.contrib import admin
from django.urls import include, path

from articles.views.accounts import to_sign_in

urlpatterns = [
    path("admin/login/", to_sign_in),  # one page to sign in for all, before the admin's own
    path("admin/", admin.site.urls),
    path("", include("articles.urls")),
]
