"""The blank chronology that a board sends to agencies, as a spreadsheet and as a Word document; sent back filled in, it is read as any other."""

from reports.blank_columns import Request
from reports.blank_document import write_document
from reports.blank_workbook import write_workbook

__all__ = ["Request", "write_document", "write_workbook"]
