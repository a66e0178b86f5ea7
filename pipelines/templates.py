"""The board's own Word templates, from the folder that case.toml names."""

from collections.abc import Mapping

from pipelines.review import Review
from pipelines.review_files import templates_in
from reports.template_sources import TEMPLATES
from timeline.errors import CaseError

_LARGEST = 20_000_000  # bytes: a template with pictures has a few million


def read_templates(review: Review, folder: str) -> Mapping[str, bytes]:
    """The templates in a folder, beside the review or by its whole path, by file name; none where case.toml names no folder.

    CaseError where the folder is missing, a file in it is no template that is used, or one is too large to be one.
    """
    if not folder:
        return {}
    where = review.folder / folder
    if not where.is_dir():
        raise CaseError("case.toml, [board]: the folder of templates is not there; give a folder beside case.toml, or take the line out")
    found = templates_in(where)
    for path in found:
        if path.name not in TEMPLATES:
            raise CaseError(
                f"case.toml, [board]: the folder of templates holds a document that is none; templates are {', '.join(TEMPLATES)}"
            )
        if path.stat().st_size > _LARGEST:
            raise CaseError(f"the template {path.name} is larger than {_LARGEST // 1_000_000} MB: save it with smaller pictures")
    return {path.name: path.read_bytes() for path in found}
