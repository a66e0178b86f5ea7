"""Events told as cards: headings beside what they say, one table for each event or one for all."""

LONG = "Officers attended the address and spoke with both adults, who said that all was well."


def told(extraction):
    return [(entry.source.where, entry.when.edtf, entry.time, entry.text) for entry in extraction.entries]


def card(date, time, said, outcome):
    return [("Date of contact", date), ("Time", time), ("Narrative", said), ("Outcome/Disposal", outcome)]


def test_one_table_for_each_event_is_read_as_a_row_each(read_word):
    read = read_word([card("03/04/2019", "10:15", LONG, "NFA"), "", card("13 May 2019", "", "Called", "Referred")])
    assert told(read) == [
        ("table 1 row 1", "2019-04-03", "10:15", f"{LONG}\nNFA"),
        ("table 2 row 1", "2019-05-13", None, "Called\nReferred"),
    ]
    assert read.entries[0].fields() == {"event": LONG, "action": "NFA"}
    assert read.seen == 2
    assert any("cards" in note for note in read.notes)


def test_cards_stacked_in_one_table_are_told_apart_by_their_first_heading(read_book):
    rows = [("Ref", "A/1"), *card("03/04/2019", "10:15", LONG, "NFA"), (), ("Ref", "A/2"), *card("13/05/2019", "", "Called", "Referred")]
    read = read_book([list(row) for row in rows])
    assert [(where, when) for where, when, *_ in told(read)] == [
        ('sheet "Sheet" row 2', "2019-04-03"),
        ('sheet "Sheet" row 8', "2019-05-13"),
    ]
    assert read.entries[1].fields()["reference"] == "A/2"


def test_a_card_without_a_date_or_with_an_impossible_one_is_an_event_to_mend_and_takes_no_other_cards_date(read_word):
    read = read_word(
        [card("03/04/2019", "10:15", LONG, "NFA"), card("", "", "Neighbour rang", "None"), card("31/02/2019", "9am", "Called", "None")]
    )
    assert [when for _, when, *_ in told(read)] == ["2019-04-03", "XXXX", "XXXX"]
    assert all(entry.problems for entry in read.entries[1:])


def test_cards_of_two_pairs_a_row_with_the_account_across_the_whole_width(read_word):
    import docx

    document = docx.Document()
    for number, (date, said) in enumerate((("03/04/2019", LONG), ("13/05/2019", "Called the ward")), start=1):
        table = document.add_table(rows=6, cols=4)
        texts = [
            [f"Event {number}"],
            ["Date", date, "Time", "10:15"],
            ["Professional involved", "J Reed", "Agency", "CMHT"],
            ["Narrative"],
            [said],
            ["Outcome", "None"],
        ]
        for row, cells in zip(table.rows, texts, strict=True):
            if len(cells) == 1:
                row.cells[0].merge(row.cells[3])
            elif len(cells) == 2:
                row.cells[1].merge(row.cells[3])
            for cell, text in zip(row.cells, cells, strict=False):
                cell.text = text
    read = read_word(document)
    assert told(read) == [
        ("table 1 row 2", "2019-04-03", "10:15", f"J Reed\nCMHT\n{LONG}\nNone"),
        ("table 2 row 2", "2019-05-13", "10:15", "J Reed\nCMHT\nCalled the ward\nNone"),
    ]
    assert {each.where for each in read.ignored} == {"table 1 row 1", "table 2 row 1"}


def test_a_table_on_its_side_gives_an_event_for_each_column(read_word):
    read = read_word([[("Date", "03/04/2019", "13/05/2019"), ("Event", LONG, "Called"), ("Outcome", "NFA", "None")]])
    assert told(read) == [
        ("table 1 column 2 row 1", "2019-04-03", None, f"{LONG}\nNFA"),
        ("table 1 column 3 row 1", "2019-05-13", None, "Called\nNone"),
    ]


def test_particulars_on_a_cover_are_no_card(read_word):
    cover = [("Agency", "Housing"), ("Author", "J Reed"), ("Date of report", "03/04/2021"), ("Summary", "Report on the tenancy")]
    people = [("Name", "A Person"), ("Date of birth", "03/04/1961"), ("Address", "1 Road")]
    read = read_word([cover, people, [("Date", "Event"), ("13/02/2019", "Visit")]])
    assert [where for where, *_ in told(read)] == ["table 3 row 2"]
