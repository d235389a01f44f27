"""The addresses of the archive's pages."""

from django.urls import path

from articles.api.endpoints import api
from articles.api.reference import reference
from articles.views.accounts import ChangePassword, SignIn, SignOut
from articles.views.actor import actor, actors
from articles.views.article import article, article_raw
from articles.views.batch import batch
from articles.views.bulk import bulk_batch, bulk_batches, bulk_begin, bulk_discard, bulk_new, bulk_undo
from articles.views.citing import cite
from articles.views.compare_searches import compare_searches
from articles.views.coverage_file import coverage_file
from articles.views.curate_actor import curate_actor, curate_mention
from articles.views.desk import desk, desk_item, desk_next, desk_rule, desk_tray, undo_field
from articles.views.desk_copies import desk_copies, desk_copies_next, desk_pair, desk_pair_rule, undo_pair
from articles.views.desk_lines import desk_line, desk_line_rule, desk_lines, desk_lines_next, undo_disputed
from articles.views.desk_unread import (
    desk_jobs,
    desk_refused,
    desk_uploads,
    job_aside,
    job_back,
    refused_back,
    refused_seen,
)
from articles.views.edit_article import edit_article
from articles.views.export import export_results
from articles.views.health import health
from articles.views.help import search_help
from articles.views.home import home
from articles.views.lines import job, job_again, mark_line_here, undo_mark
from articles.views.months_file import months_file
from articles.views.network import network
from articles.views.opensearch import opensearch
from articles.views.outlet import outlet, outlets
from articles.views.pair import choose_pair, pair
from articles.views.quote_ledger import actor_quotes
from articles.views.review import review, review_next, review_pair, review_rule, undo_ruling
from articles.views.search import search
from articles.views.shelves import (
    collection,
    collection_arrange,
    collections,
    note_change,
    note_write,
    shelve,
    tags,
)
from articles.views.story import compare_articles, stories, story
from articles.views.timeline import show_timeline
from articles.views.upload import (
    upload,
    upload_begin,
    upload_discard,
    upload_files,
    upload_start,
    uploads,
)

urlpatterns = [
    path("", home, name="home"),
    path("coverage.<slug:ending>", coverage_file, name="coverage_file"),
    path("search/", search, name="search"),
    path("search/network/", network, name="network"),
    path("search/timeline/", show_timeline, name="timeline"),
    path("search/months.<slug:ending>", months_file, name="months_file"),
    path("search/export/", export_results, name="export"),
    path("search/batch/", batch, name="batch"),
    path("search/compare/", compare_searches, name="compare_searches"),
    path("articles/<slug:permanent_id>/", article, name="article"),
    path("articles/<slug:permanent_id>/edit/", edit_article, name="edit_article"),
    path("articles/<slug:permanent_id>/cite.<slug:ending>", cite, name="cite"),
    path("articles/<slug:permanent_id>/raw/", article_raw, name="article_raw"),
    path("articles/<slug:permanent_id>/lines/<int:number>/<slug:label>/", mark_line_here, name="mark_line"),
    path("articles/<slug:permanent_id>/shelves/", shelve, name="shelve"),
    path("articles/<slug:permanent_id>/notes/", note_write, name="note_write"),
    path("notes/<int:pk>/", note_change, name="note_change"),
    path("tags/", tags, name="tags"),
    path("collections/", collections, name="collections"),
    path("collections/<slug:slug>/", collection, name="collection"),
    path("collections/<slug:slug>/arrange/", collection_arrange, name="collection_arrange"),
    path("jobs/<int:pk>/", job, name="job"),
    path("jobs/<int:pk>/again/", job_again, name="job_again"),
    path("rulings/<int:pk>/undo-line/", undo_mark, name="undo_line"),
    path("articles/<slug:one>/compare/<slug:other>/", compare_articles, name="compare"),
    path("stories/", stories, name="stories"),
    path("stories/<int:pk>/", story, name="story"),
    path("desk/", desk, name="desk"),
    path("desk/actors/", review, name="review"),
    path("desk/actors/next/", review_next, name="review_next"),
    path("desk/actors/<int:pk>/", review_pair, name="review_pair"),
    path("desk/actors/<int:pk>/rule/", review_rule, name="review_rule"),
    path("desk/actor/<int:pk>/", curate_actor, name="curate_actor"),
    path("desk/mentions/<int:pk>/", curate_mention, name="curate_mention"),
    path("desk/rulings/<int:pk>/undo/", undo_ruling, name="undo_ruling"),
    path("desk/uploads/", uploads, name="uploads"),
    path("desk/uploads/begin/", upload_begin, name="upload_begin"),
    path("desk/uploads/<int:pk>/", upload, name="upload"),
    path("desk/uploads/<int:pk>/files/", upload_files, name="upload_files"),
    path("desk/uploads/<int:pk>/start/", upload_start, name="upload_start"),
    path("desk/uploads/<int:pk>/discard/", upload_discard, name="upload_discard"),
    path("desk/unfinished/", desk_uploads, name="desk_uploads"),
    path("desk/jobs/", desk_jobs, name="desk_jobs"),
    path("desk/jobs/<int:pk>/aside/", job_aside, name="job_aside"),
    path("desk/jobs/notes/<int:pk>/undo/", job_back, name="job_back"),
    path("desk/many/", bulk_batches, name="bulk_batches"),
    path("desk/many/new/", bulk_new, name="bulk_new"),
    path("desk/many/<int:pk>/", bulk_batch, name="bulk_batch"),
    path("desk/many/<int:pk>/begin/", bulk_begin, name="bulk_begin"),
    path("desk/many/<int:pk>/undo/", bulk_undo, name="bulk_undo"),
    path("desk/many/<int:pk>/discard/", bulk_discard, name="bulk_discard"),
    path("desk/copies/", desk_copies, name="desk_copies"),
    path("desk/copies/next/", desk_copies_next, name="desk_copies_next"),
    path("desk/copies/<int:pk>/", desk_pair, name="desk_pair"),
    path("desk/copies/<int:pk>/rule/", desk_pair_rule, name="desk_pair_rule"),
    path("desk/rulings/<int:pk>/undo-pair/", undo_pair, name="undo_pair"),
    path("desk/lines/", desk_lines, name="desk_lines"),
    path("desk/lines/next/", desk_lines_next, name="desk_lines_next"),
    path("desk/lines/<int:pk>/", desk_line, name="desk_line"),
    path("desk/lines/<int:pk>/rule/", desk_line_rule, name="desk_line_rule"),
    path("desk/rulings/<int:pk>/undo-mark/", undo_disputed, name="undo_disputed"),
    path("desk/refused/", desk_refused, name="desk_refused"),
    path("desk/refused/<int:pk>/seen/", refused_seen, name="refused_seen"),
    path("desk/refused/notes/<int:pk>/undo/", refused_back, name="refused_back"),
    path("desk/rulings/<int:pk>/undo-field/", undo_field, name="undo_field"),
    path("desk/<slug:kind>/", desk_tray, name="desk_tray"),
    path("desk/<slug:kind>/next/", desk_next, name="desk_next"),
    path("desk/<slug:kind>/<slug:permanent_id>/", desk_item, name="desk_item"),
    path("desk/<slug:kind>/<slug:permanent_id>/rule/", desk_rule, name="desk_rule"),
    path("actors/", actors, name="actors"),
    path("actors/pair/", choose_pair, name="choose_pair"),
    path("actors/<int:pk>-<slug:slug>/", actor, name="actor"),
    path("actors/<int:pk>-<slug:slug>/quotes/", actor_quotes, name="actor_quotes"),
    path("actors/<int:one>/with/<int:other>/", pair, name="pair"),
    path("actors/<int:pk>/", actor, name="actor_short"),
    path("outlets/", outlets, name="outlets"),
    path("outlets/<slug:slug>/", outlet, name="outlet"),
    path("api/", reference, name="api_reference"),
    path("api/", api.urls),
    path("help/", search_help, name="help"),
    path("sign-in/", SignIn.as_view(), name="sign_in"),
    path("sign-out/", SignOut.as_view(), name="sign_out"),
    path("password/", ChangePassword.as_view(), name="password"),
    path("health/", health, name="health"),
    path("opensearch.xml", opensearch, name="opensearch"),
]
