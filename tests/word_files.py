"""Word files written by hand, part by part, so that a test says exactly what stands in them."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_KINDS = ("styles", "numbering", "footnotes", "endnotes", "comments", "header", "settings")
_ROOTS = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments",
          "header": "hdr", "settings": "settings"}  # fmt: skip


def p(*runs, style="", more=""):
    """A paragraph of runs; a plain text is a run of its own."""
    look = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = "".join(each if each.startswith("<") else r(each) for each in runs)
    return f"<w:p><w:pPr>{look}{more}</w:pPr>{inner}</w:p>"


def r(text, look=""):
    """A run of a text with properties."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tbl(*rows, look=""):
    """A table of rows of cells; a cell is a text, or XML of `tc`."""
    shown = "".join(f"<w:tr>{''.join(each if each.startswith('<w:t') else tc(each) for each in row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr>{look}</w:tblPr>{shown}</w:tbl>"


def tc(text, look=""):
    """A table cell."""
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{p(text) if text else '<w:p/>'}</w:tc>"


def picture(key="rId9", says="", more="", crop="", docpr=""):
    """A run that shows a picture, 10 cm wide."""
    fill = f'<pic:blipFill><a:blip r:embed="{key}">{more}</a:blip>{crop}</pic:blipFill>'
    held = f'<pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="x"/></pic:nvPicPr>{fill}<pic:spPr><a:prstGeom prst="rect"/></pic:spPr></pic:pic>'
    data = f'<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">{held}</a:graphicData></a:graphic>'
    return drawing(data, f'descr="{says}" {docpr}')


def drawing(graphic, docpr=""):
    """A run with a drawing."""
    about = f'<wp:extent cx="3600000" cy="1800000"/><wp:docPr id="1" name="x" {docpr}/>'
    return f"<w:r><w:drawing><wp:inline>{about}{graphic}</wp:inline></w:drawing></w:r>"


def shape(inner="", geometry="rect"):
    """A run with a drawn shape, with a text box where there is something in it."""
    box = f"<wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx>" if inner else ""
    held = f'<wps:wsp><wps:spPr><a:prstGeom prst="{geometry}"/></wps:spPr>{box}</wps:wsp>'
    return drawing(
        f'<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">{held}</a:graphicData></a:graphic>'
    )


def word(*body, media=None, core="", **parts):
    """The bytes of a Word file: the body's blocks, further parts by their kind (`styles`, `footnotes` …), pictures by the id of a relationship."""
    media = media or {}
    document = f"<w:document {_NAMESPACES}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>"
    files = {"word/document.xml": document}
    related = {"": [("rId1", "officeDocument", "word/document.xml")], "word/document.xml": []}
    for number, kind in enumerate(each for each in _KINDS if each in parts):
        files[f"word/{kind}.xml"] = f"<w:{_ROOTS[kind]} {_NAMESPACES}>{parts[kind]}</w:{_ROOTS[kind]}>"
        related["word/document.xml"].append((f"rPart{number}", kind, f"{kind}.xml"))
    for key, (name, data) in media.items():
        files[f"word/media/{name}"] = data
        related["word/document.xml"].append((key, "image", f"media/{name}"))
    if core:
        files["docProps/core.xml"] = core
        related[""].append(("rId2", "core-properties", "docProps/core.xml"))
    files |= {_rels_of(part): _relationships(rels) for part, rels in related.items()}
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _types(files))
        for name, content in files.items():
            package.writestr(name, content)
    return held.getvalue()


def _rels_of(part):
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def _relationships(rels):
    inner = "".join(f'<Relationship Id="{key}" Type="{_TYPE}{kind}" Target="{target}"/>' for key, kind, target in rels)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


def _types(files):
    word_type = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    told = "".join(
        f'<Override PartName="/{name}" ContentType="{word_type}.{"document.main" if name.endswith("document.xml") else name[5:-4]}+xml"/>'
        for name in files
        if name.startswith("word/") and name.endswith(".xml") and "/_rels/" not in name
    )
    ends = "".join(f'<Default Extension="{e}" ContentType="{t}"/>' for e, t in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", "application/xml"), ("png", "image/png"),
        ("jpg", "image/jpeg"), ("emf", "image/x-emf")))  # fmt: skip
    return f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{ends}{told}</Types>'
