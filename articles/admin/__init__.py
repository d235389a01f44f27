"""Django's admin for curators. It only calls `articles.curate`, so that every correction is a ruling."""

from django.contrib import admin

from articles.admin import actor, article, outlet, page, ruling, shelf, work

__all__ = ["actor", "article", "outlet", "page", "ruling", "shelf", "work"]

admin.site.site_header = "Dateline curation"
admin.site.site_title = "Dateline"
admin.site.index_title = "The archive"
