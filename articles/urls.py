"""The addresses of the archive's pages."""

from django.urls import path

from articles.views.actor import actor, actors
from articles.views.article import article, article_raw
from articles.views.health import health
from articles.views.help import search_help
from articles.views.home import home
from articles.views.outlet import outlet, outlets
from articles.views.search import search

urlpatterns = [
    path("", home, name="home"),
    path("search/", search, name="search"),
    path("articles/<slug:permanent_id>/", article, name="article"),
    path("articles/<slug:permanent_id>/raw/", article_raw, name="article_raw"),
    path("actors/", actors, name="actors"),
    path("actors/<int:pk>-<slug:slug>/", actor, name="actor"),
    path("actors/<int:pk>/", actor, name="actor_short"),
    path("outlets/", outlets, name="outlets"),
    path("outlets/<slug:slug>/", outlet, name="outlet"),
    path("help/", search_help, name="help"),
    path("health/", health, name="health"),
]
