"""How good the coder is and how far reviewers agree, and what was reviewed whole as gold."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.requests import Request
from starlette.responses import Response

from tocsin.evaluation.write_gold import write_gold
from tocsin.register.whole import Whole
from tocsin.web.answers import page
from tocsin.web.library import opened

_STAMP = (2000, 1, 1, 0, 0, 0)  # of every file in the archive: the same reviews give the same bytes


def agreement(request: Request) -> Response:
    """Error rate and agreement, by type."""
    with opened(request.app.state.settings.register) as library:
        reviews = library.register.reviews
        alphas = {one.type: one for one in reviews.agreement()}
        rates = reviews.rates()
        return page(request, "agreement.html", rate=reviews.rate(), rates=rates, agreed=reviews.agreed(), alphas=alphas,
                    judged_types=sorted({*rates, *alphas}), counts=reviews.counts(),
                    disputed=len(reviews.queue("newest", which="disputed")))


def gold(request: Request) -> Response:
    """Articles of which every record was judged, as gold files in one archive."""
    with opened(request.app.state.settings.register) as library:
        content = _archive(library.register.reviewed_articles())
    return Response(content, media_type="application/zip",
                    headers={"content-disposition": 'attachment; filename="tocsin-gold.zip"'})


def _archive(articles: Iterable[Whole]) -> bytes:
    packed = io.BytesIO()
    with TemporaryDirectory() as folder, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for found in articles:
            write_gold(Path(folder), f"a_{found.article.id[:12]}", found.article, found.records, found.rejected)
        for file in sorted(Path(folder).iterdir()):
            archive.writestr(zipfile.ZipInfo(f"gold/{file.name}", _STAMP), file.read_bytes(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
