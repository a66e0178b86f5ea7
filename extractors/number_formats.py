"""A spreadsheet value as its number format shows it, for the formats that chronologies use."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import lru_cache

_DATE_TOKEN = re.compile(r"\[h+\]|am/pm|a/p|y+|m+|d+|h+|s+(?:\.0+)?|\"[^\"]*\"|\\.|_.|\*.|\[[^\]]*\]|.", re.I)
_QUOTED = re.compile(r"\"[^\"]*\"|\\.|\[(?!h+\]|mm?\]|ss?\])[^\]]*\]|_.|\*.", re.I)

_DAYS_TO_1904 = 1462
_DAY_SECONDS = 86_400
_LAST_SERIAL = 2_958_466

_Shown = Callable[[datetime, int], str]
# what each code of a format shows of a moment, given the hour as the format counts it
_SHOWN: dict[str, _Shown] = {
    "yyyy": lambda value, _: f"{value.year:04d}",
    "yy": lambda value, _: f"{value.year % 100:02d}",
    "mmmmm": lambda value, _: f"{value:%B}"[0],
    "mmmm": lambda value, _: f"{value:%B}",
    "mmm": lambda value, _: f"{value:%b}",
    "mm": lambda value, _: f"{value.month:02d}",
    "m": lambda value, _: str(value.month),
    "dddd": lambda value, _: f"{value:%A}",
    "ddd": lambda value, _: f"{value:%a}",
    "dd": lambda value, _: f"{value.day:02d}",
    "d": lambda value, _: str(value.day),
    "hh": lambda _, hour: f"{hour:02d}",
    "h": lambda _, hour: str(hour),
    "minutes": lambda value, _: f"{value.minute:02d}",
    "ss": lambda value, _: f"{value.second:02d}",
    "s": lambda value, _: str(value.second),
    "am/pm": lambda value, _: f"{value:%p}",
    "a/p": lambda value, _: f"{value:%p}"[:1],
}


def moment_of(serial: float, *, from_1904: bool = False) -> datetime | time | None:
    """The moment that a spreadsheet's number means: days since the end of 1899 (or 1904), below 1 a time of day alone; to the second.

    None where there is no such day. The day numbered 60 never was; it is read as the one before, as other programs show it.
    """
    if from_1904:
        serial += _DAYS_TO_1904
    if not 0 <= serial < _LAST_SERIAL:
        return None
    if serial < 1:
        return (datetime(2000, 1, 1) + timedelta(seconds=round(serial * _DAY_SECONDS))).time()  # noqa: DTZ001 - a clock on the wall
    days = int(serial)
    epoch = datetime(1899, 12, 31 if days < 60 else 30)  # noqa: DTZ001 - a cell knows no time zone
    return epoch + timedelta(days=days, seconds=round((serial - days) * _DAY_SECONDS))


@lru_cache(maxsize=256)
def is_date_format(number_format: str) -> bool:
    """Whether the format shows a date or a time."""
    return number_format.lower() != "general" and re.search(r"[ymdhs]", _QUOTED.sub("", number_format.split(";")[0]), re.I) is not None


def shown(value: object, number_format: str) -> str:
    """The value as the spreadsheet shows it; whole numbers without a decimal point."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return _number(value, number_format)
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if isinstance(value, time):
        return _moment(datetime.combine(date(2000, 1, 1), value), number_format if re.search("h", number_format, re.I) else "hh:mm")
    if isinstance(value, datetime):
        return _moment(value, number_format if is_date_format(number_format) else "dd/mm/yyyy")
    if isinstance(value, date):
        return _moment(datetime.combine(value, time()), number_format if is_date_format(number_format) else "dd/mm/yyyy")
    return str(value)


def _number(value: float, number_format: str) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if number_format == "General":
        return str(value) if isinstance(value, int) else f"{value:.15g}"
    plain = _QUOTED.sub("", number_format.split(";")[0]).strip()
    if re.fullmatch(r"0{2,}", plain) and isinstance(value, int):
        return f"{value:0{len(plain)}d}"
    decimals = len(plain.partition(".")[2].rstrip("%"))
    if re.fullmatch(r"[#0,]*0(?:\.0+)?%", plain):
        return f"{value * 100:.{decimals}f}%"
    if re.fullmatch(r"0\.0+", plain):
        return f"{value:.{decimals}f}"
    return str(value) if isinstance(value, int) else f"{value:.15g}"


def _moment(value: datetime, number_format: str) -> str:
    hour = value.hour % 12 or 12 if _has_half_day(number_format) else value.hour
    return "".join(part if isinstance(part, str) else part(value, hour) for part in _parts(number_format)).strip()


@lru_cache(maxsize=256)
def _has_half_day(number_format: str) -> bool:
    return re.search(r"am/pm|a/p", number_format, re.I) is not None


@lru_cache(maxsize=256)
def _parts(number_format: str) -> tuple[str | _Shown, ...]:
    """The format cut into what shows a part of the moment and what stands as it is; `m` is minutes after hours or before seconds."""
    tokens = _DATE_TOKEN.findall(number_format.split(";")[0])
    parts: list[str | _Shown] = []
    last = ""
    for index, token in enumerate(tokens):
        low = token.lower()
        upcoming = next((each.lower() for each in tokens[index + 1 :] if each.lower()[0] in "ymdhs"), "")
        if low in ("m", "mm") and (last.startswith(("h", "[h")) or upcoming.startswith("s")):
            parts.append(_SHOWN["minutes"])
        elif low in _SHOWN:
            parts.append(_SHOWN[low])
        elif low.startswith("[h"):
            parts.append(_SHOWN["hh"])
        elif low[0] in "ys" and low[0] * len(low) == low:
            parts.append(_SHOWN["yyyy" if low[0] == "y" else "ss"])
        elif token[0] in '"\\':
            parts.append(token.strip('"') if token[0] == '"' else token[1:])
        else:
            parts.append("" if token[0] in "[_*@" else token)
        if low[0] in "ymdhs" or low.startswith("[h"):
            last = low
    return tuple(parts)
