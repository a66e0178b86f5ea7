"""A picture as bare pixels: what was cut off in Word is gone, and so is everything that a picture's file says besides what it shows."""

import io
from math import ceil

from PIL import Image

from timeline.authored_content import Picture
from timeline.errors import ReportError

MOST_PIXELS = 60_000_000
_PIXELS_PER_CM = 220 / 2.54  # as Word prints
_LEAST_ACROSS = 200
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF")


def bare_png(picture: Picture) -> bytes:
    """The shown part of a picture as a PNG of pixels alone, the same bytes each time; ReportError names the picture that cannot be read.

    Place, time, camera, comments, colour profiles and thumbnails are left behind, for the pixels are put into a new picture.
    """
    try:
        opened = Image.open(io.BytesIO(picture.data), formats=_FORMATS)
        if opened.width * opened.height > MOST_PIXELS:
            raise ReportError(f"picture {picture.number} of the report is too large: make it smaller and put it in anew")
        shown = _cut(_plain(opened), picture.shown)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):  # Pillow raises SyntaxError for a broken PNG
        raise ReportError(
            f"picture {picture.number} of the report is no PNG, JPEG, GIF, BMP or TIFF that can be read: put it in anew as a picture (PNG)"
        ) from None
    widest = max(_LEAST_ACROSS, ceil(picture.width_cm * _PIXELS_PER_CM)) if picture.width_cm else shown.width
    if shown.width > widest:
        shown = shown.resize((widest, max(1, round(shown.height * widest / shown.width))), Image.Resampling.LANCZOS)
    bare = Image.frombytes(shown.mode, shown.size, shown.tobytes())
    written = io.BytesIO()
    bare.save(written, "PNG")
    return written.getvalue()


def _plain(opened: Image.Image) -> Image.Image:
    """The first picture of a file in plain colours; what shines through is kept where there is such."""
    see_through = "transparency" in opened.info or opened.mode in ("RGBA", "LA", "PA")
    return opened.convert("RGBA" if see_through else "RGB")


def _cut(picture: Image.Image, shown: tuple[float, float, float, float]) -> Image.Image:
    left, top, right, bottom = shown
    across, down = picture.size
    x, y = min(int(left * across), across - 1), min(int(top * down), down - 1)
    return picture.crop((x, y, max(x + 1, ceil((1 - right) * across)), max(y + 1, ceil((1 - bottom) * down))))
