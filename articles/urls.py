"""The addresses of the archive's pages."""

from django.urls import path

from articles.views.actor import actor, actors
from articles.views.article import article, article_raw
from articles.views.health import health
from articles.views.help import search_help
from articles.views.home import home
from articles.views.lines import job, job_again, mark_line_here, undo_mark
from articles.views.outlet import outlet, outlets
from articles.views.search import search
from articles.views.story import compare_articles, stories, story

urlpatterns = [
    path("", home, name="home"),
    path("search/", search, name="search"),
    path("articles/<slug:permanent_id>/", article, name="article"),
    path("articles/<slug:permanent_id>/raw/", article_raw, name="article_raw"),
    path("articles/<slug:permanent_id>/lines/<int:number>/<slug:label>/", mark_line_here, name="mark_line"),
    path("jobs/<int:pk>/", job, name="job"),
    path("jobs/<int:pk>/again/", job_again, name="job_again"),
    path("rulings/<int:pk>/undo-line/", undo_mark, name="undo_line"),
    path("articles/<slug:one>/compare/<slug:other>/", compare_articles, name="compare"),
    path("stories/", stories, name="stories"),
    path("stories/<int:pk>/", story, name="story"),
    path("actors/", actors, name="actors"),
    path("actors/<int:pk>-<slug:slug>/", actor, name="actor"),
    path("actors/<int:pk>/", actor, name="actor_short"),
    path("outlets/", outlets, name="outlets"),
    path("outlets/<slug:slug>/", outlet, name="outlet"),
    path("help/", search_help, name="help"),
    path("health/", health, name="health"),
]
