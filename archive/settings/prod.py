"""Serving: what `make run` uses on one's own machine, and a host behind a TLS proxy with ARCHIVE_HTTPS=1."""

from archive.settings.base import *

# Cookies and redirects insist on TLS only where TLS is: a local `make run` speaks plain HTTP on loopback.
SESSION_COOKIE_SECURE = ARCHIVE_HTTPS
CSRF_COOKIE_SECURE = ARCHIVE_HTTPS
SECURE_SSL_REDIRECT = ARCHIVE_HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 30 if ARCHIVE_HTTPS else 0
# Subdomains and the browsers' preload list are for whoever owns the domain to decide, not for an archive on it.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ARCHIVE_HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
