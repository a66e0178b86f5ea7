"""Tables that stand beside one another on one sheet."""


def told(extraction):
    return [(entry.source.where, entry.when.edtf, entry.text) for entry in extraction.entries]


def reasons(extraction):
    return [(each.where, each.text, each.reason) for each in (*extraction.ignored, *extraction.unread)]


def test_two_chronologies_beside_one_another_are_read_as_two(read_book):
    read = read_book(
        [
            ["Mother", None, None, None, "Son"],
            ["Date", "Event", "Outcome", None, "Date", "Event", "Outcome"],
            ["03/04/2019", "Rang", "None", None, "13/05/2019", "Seen", "NFA"],
            ["15/04/2019", "Visit", "None"],
        ]
    )
    assert told(read) == [
        ('sheet "Sheet" row 3', "2019-04-03", "Rang\nNone"),
        ('sheet "Sheet" row 4', "2019-04-15", "Visit\nNone"),
        ('sheet "Sheet" row 3', "2019-05-13", "Seen\nNFA"),
    ]
    assert read.seen == 7
    assert "Son" in [text for _, text, _ in reasons(read)]


def test_two_chronologies_without_a_column_between_them_are_told_apart_by_the_repeated_headings(read_csv):
    read = read_csv([["When", "What happened", "When", "What happened"], ["03/04/2019", "Rang", "13/05/2019", "Seen"]])
    assert [(when, text) for _, when, text in told(read)] == [("2019-04-03", "Rang"), ("2019-05-13", "Seen")]


def test_a_key_beside_a_chronology_is_set_aside_and_is_no_part_of_its_rows(read_book):
    read = read_book(
        [
            ["Date", "Event", "Outcome", None, "Key"],
            ["03/04/2019", "HV rang", "None", None, "HV", "Health visitor"],
            ["15/04/2019", "SW visit", "None", None, "SW", "Social worker"],
        ]
    )
    assert [text for *_, text in told(read)] == ["HV rang\nNone", "SW visit\nNone"]
    assert "HV\nHealth visitor" in [text for _, text, _ in reasons(read)]
    assert not read.unread


def test_an_empty_column_inside_one_table_takes_nothing_apart(read_csv):
    read = read_csv([["Date", "", "Event", "", "Outcome"], ["03/04/2019", "", "Rang", "", "None"], ["15/04/2019", "", "Visit", "", "x"]])
    assert told(read) == [("row 2", "2019-04-03", "Rang\nNone"), ("row 3", "2019-04-15", "Visit\nx")]


def test_a_date_of_event_and_a_date_of_action_are_one_table(read_csv):
    read = read_csv([["Date", "Event", "Date completed", "Action"], ["03/04/2019", "Rang", "05/04/2019", "Visit"]])
    assert told(read) == [("row 2", "2019-04-03", "Rang\n05/04/2019\nVisit")]
