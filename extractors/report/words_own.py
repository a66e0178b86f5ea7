"""What Word itself writes into a document: names of pictures and bookmarks, and the words of the codes of fields. None of it is the author's."""

import re

OWN_PICTURE = re.compile(
    r"(?:picture|image|graphic|chart|diagram|text ?box|rectangle|oval|line|straight connector|group|shape|table|object|canvas"
    r"|freeform(?:: shape)?|arrow|_x0000_\w+)[\s:]*\d*",
    re.IGNORECASE,
)
OWN_BOOKMARK = re.compile(r"_(?:Toc|Ref|Hlk|Hlt|GoBack|PictureBullets|MON|bookmark)\w*|OLE_LINK\d+")
# what the code of a field says of itself: its name, and switches after a backslash
FIELD_CODE = re.compile(
    r"\\[^\s\"]+|\b(?:ADDRESSBLOCK|ADVANCE|ASK|AUTHOR|AUTO(?:NUM|TEXT)\w*|BARCODE|BIBLIOGRAPHY|BIDIOUTLINE|CITATION|COMMENTS|COMPARE|CREATEDATE|DATABASE|DATE"
    r"|DDE(?:AUTO)?|DISPLAYBARCODE|DOCPROPERTY|DOCVARIABLE|EDITTIME|EMBED|EQ|FILENAME|FILESIZE|FILLIN|FORM(?:CHECKBOX|DROPDOWN|TEXT)|FORMULA|GLOSSARY|GOTOBUTTON"
    r"|GREETINGLINE|HYPERLINK|IF|IMPORT|INCLUDE(?:PICTURE|TEXT)?|INDEX|INFO|KEYWORDS|LASTSAVEDBY|LINK|LISTNUM|MACROBUTTON|MERGE\w+|NEXT(?:IF)?|NOTEREF|NUM(?:CHARS"
    r"|PAGES|WORDS)|PAGE(?:REF)?|PRINT(?:DATE)?|PRIVATE|QUOTE|RD|REF|REVNUM|SAVEDATE|SECTION(?:PAGES)?|SEQ|SET|SKIPIF|STYLEREF|SUBJECT|SYMBOL|T[AC]|TEMPLATE|TIME|TITLE"
    r"|TOA|TOC|USER(?:ADDRESS|INITIALS|NAME)|XE)\b|_(?:Toc|Ref|Hlk)\w+|\b(?:MERGEFORMAT|Charformat)\b"
)
