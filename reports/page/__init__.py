"""The timeline as one page: lanes by agency, and a table that can be searched and filtered; working and anonymised."""
