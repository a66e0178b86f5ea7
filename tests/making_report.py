"""Word documents as an author leaves them, put together from parts: text, tables, notes, comments, tracked changes, and what lies behind them."""

import io
import zipfile
from xml.sax.saxutils import escape

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_W = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
MAIN_TYPE = f"{_W}document.main+xml"


def run(text, properties=""):
    """A run; lines and tabs stand for themselves."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


class Report:
    """A report that is put together piece by piece; `data` gives the file."""

    def __init__(self):
        self.body, self.rels, self.parts, self.types = [], [], {}, {}
        self.notes = {"footnote": [], "endnote": [], "comment": []}
        self.core = {"title": "Draft report"}
        self.custom = {}
        self.ids = 0

    def raw(self, xml):
        self.body.append(xml)
        return self

    def paragraph(self, *pieces):
        """A paragraph; pieces are texts (a run each) or XML that begins with "<"."""
        return self.raw(f"<w:p>{''.join(each if each.startswith('<') else run(each) for each in pieces)}</w:p>")

    def heading(self, text):
        return self.raw(f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{run(text)}</w:p>')

    def table(self, *rows):
        made = "".join(f"<w:tr>{''.join(f'<w:tc><w:p>{run(cell)}</w:p></w:tc>' for cell in row)}</w:tr>" for row in rows)
        return self.raw(f"<w:tbl>{made}</w:tbl>")

    def note(self, kind, text, before="See the note."):
        self.notes[kind].append(f"<w:p>{run(text)}</w:p>")
        number = len(self.notes[kind])
        return self.paragraph(before, f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>')

    def deletion(self, text, before="Before. ", author="An Author"):
        return self.paragraph(before, self.deleted(text, author), " After.")

    def deleted(self, text, author="An Author"):
        self.ids += 1
        said = f'<w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r>'
        return f'<w:del w:id="{self.ids}" w:author="{author}">{said}</w:del>'

    def inserted(self, text, author="An Author"):
        self.ids += 1
        return f'<w:ins w:id="{self.ids}" w:author="{author}">{run(text)}</w:ins>'

    def hidden(self, text):
        return self.paragraph("Shown.", run(text, "<w:vanish/>"))

    def picture(self, described):
        self.ids += 1
        frame = f'<wp:docPr id="{self.ids}" name="Picture {self.ids}" descr="{escape(described)}"/>'
        return self.paragraph(f"<w:r><w:drawing><wp:inline>{frame}</wp:inline></w:drawing></w:r>")

    def text_box(self, text):
        box = f"<wps:txbx><w:txbxContent><w:p>{run(text)}</w:p></w:txbxContent></wps:txbx>"
        old = f"<v:textbox><w:txbxContent><w:p>{run(text)}</w:p></w:txbxContent></v:textbox>"
        shape = f"<a:graphic><a:graphicData><wps:wsp>{box}</wps:wsp></a:graphicData></a:graphic>"
        drawing = f'<w:drawing><wp:anchor><wp:docPr id="90" name="Text Box 1"/>{shape}</wp:anchor></w:drawing>'
        return self.paragraph(
            "Beside a box.",
            f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback><w:pict><v:shape>{old}</v:shape>'
            "</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        )

    def link(self, address, shown="the page"):
        key = self.relation("hyperlink", address, outside=True)
        return self.paragraph("See ", f'<w:hyperlink r:id="{key}">{run(shown)}</w:hyperlink>', ".")

    def relation(self, kind, target, outside=False):
        key = f"rId{len(self.rels) + 1}"
        mode = ' TargetMode="External"' if outside else ""
        self.rels.append(f'<Relationship Id="{key}" Type="{_R}{kind}" Target="{escape(target, {chr(34): "&quot;"})}"{mode}/>')
        return key

    def page(self, kind, text):
        """A header or footer."""
        name = f"{kind}{sum(each.startswith(f'word/{kind}') for each in self.parts) + 1}.xml"
        tag = "hdr" if kind == "header" else "ftr"
        self.part(f"word/{name}", f"<w:{tag} {NS}><w:p>{run(text)}</w:p></w:{tag}>", f"{_W}{kind}+xml")
        self.relation(kind, name)
        return self

    def part(self, name, xml, content_type=""):
        self.parts[name] = xml if isinstance(xml, bytes) else f"{_HEAD}{xml}".encode()
        if content_type:
            self.types[name] = content_type
        return self

    def data(self, main_type=MAIN_TYPE):
        """The file's bytes."""
        for kind, made in self.notes.items():
            if made and f"word/{kind}s.xml" not in self.parts:
                tag = f'<w:{kind} w:id="{{}}" w:author="An Author" w:initials="AA">' if kind == "comment" else f'<w:{kind} w:id="{{}}">'
                said = "".join(f"{tag.format(number)}{each}</w:{kind}>" for number, each in enumerate(made, start=1))
                self.part(f"word/{kind}s.xml", f"<w:{kind}s {NS}>{said}</w:{kind}s>", f"{_W}{kind}s+xml")
                self.relation(f"{kind}s", f"{kind}s.xml")
        self.part("word/document.xml", f"<w:document {NS}><w:body>{''.join(self.body)}</w:body></w:document>")
        self.types["word/document.xml"] = main_type
        self._properties()
        return packed(
            {"[Content_Types].xml": self._content_types(), "_rels/.rels": _TOP, "word/_rels/document.xml.rels": self._rels(), **self.parts}
        )

    def write(self, path):
        path.write_bytes(self.data())
        return path

    def _properties(self):
        said = "".join(f"<dc:{key}>{escape(value)}</dc:{key}>" for key, value in self.core.items())
        space = f'xmlns:cp="{_PACKAGE}metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        self.part("docProps/core.xml", f"<cp:coreProperties {space}>{said}</cp:coreProperties>")
        if self.custom:
            vt = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
            own = "".join(
                f'<property fmtid="x" pid="{at}" name="{escape(key)}"><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
                for at, (key, value) in enumerate(self.custom.items(), start=2)
            )
            space = f'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="{vt}"'
            self.part("docProps/custom.xml", f"<Properties {space}>{own}</Properties>")

    def _content_types(self):
        made = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in self.types.items())
        defaults = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        defaults += '<Default Extension="xml" ContentType="application/xml"/>'
        return f'{_HEAD}<Types xmlns="{_PACKAGE}content-types">{defaults}{made}</Types>'.encode()

    def _rels(self):
        return f'{_HEAD}<Relationships xmlns="{_PACKAGE}relationships">{"".join(self.rels)}</Relationships>'.encode()


_TOP = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}relationships"><Relationship Id="rId1" Type="{_R}officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>'
).encode()


def packed(parts):
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return memory.getvalue()
