"""Events lists in the shapes in which planners keep them, in words of our own."""

from datetime import date, datetime, time, timedelta

import openpyxl

TEXTS = {
    # a banner, a StartEx row, twelve-hour clocks, three types, a repeated number, a lunch and a total
    "handbook.csv": """Master Scenario Events List,,,,,,,,
FOR CONTROLLERS,,,,,,,,
,,,,,,,,
Event #,Time,Event Description,Controller,Recipient Player(s),Expected Outcome,Objective(s),Type,Delivery
1,9:00 AM,STARTEX,Lead,All players,,,Administrative,Verbal
2,9:15 AM,"<p>The <b>port</b> calls.</p><p>It asks &amp; waits.</p>",A,blue,Ask back.,1,Contextual,Phone
3,9:20 AM,,,Blue,Priorities are set.,"1, 2",Expected Player Action,
4,12:05 PM,Late call,B,"Red, Blue",,Obj 2,Contingency,Radio
4,12:10 PM,Another call,B,"Clerks, Courts",,Obj 9,Key Event,Radio
,12:30 PM,LUNCH,,,,,Administrative,
6,,,,,,,,
Total injects: 6,,,,,,,,
""",
    # semicolons, Windows-1252, clocks with points, a line break in a cell, StartEx above the headings
    "german.csv": """Übung „Hafen“;;;;;
Übungsbeginn: 9.00 Uhr;;;;;
Lfd. Nr.;Uhrzeit;Einlage;Absender;Empfänger;Erwartete Maßnahmen
1;9.05 Uhr;Die Behörde fragt nach Plätzen.;Behörde;Alle;Plätze nennen.
2;9.20 Uhr;"Ein Anruf;
zwei Zeilen.";Büro;Red;
""".encode("cp1252"),
    # tabs and UTF-16, minutes with a decimal comma, before StartEx
    "offsets.tsv": "Inject No.\tOffset (min)\tSubject\tBody\n1\t0\tFirst\tThe first.\n"
    "2\t12,5\tSecond\tThe second.\n3\t-15\tBefore\tDoors open.\n".encode("utf-16"),
    # the sign between cells named in the file, a mark of UTF-8, hours
    "hours.csv": "\ufeffsep=;\nNo.;Time;Message\n1;H+0:10;Ten past.\n2;H+1;An hour.\n3;T–5;Early.\n".encode(),
    # dates with the month first, a date column, military clocks, a row that was cancelled
    "dates.csv": """Ref,Date,Time,Title,Message,Status
A-1,09/12/2031,0930,First,One.,planned
A-2,,1015,Second,Two.,Draft
A-3,09/13/2031,0815L,Third,Three.,planned
A-4,09/13/2031,2200,Gone,Never.,Cancelled
""",
    # clocks past midnight
    "night.csv": "Time,Message\n22:00,Lights out.\n23:30,A noise.\n00:15,Another.\n",
    # fractions of a day, as a spreadsheet exports unformatted times
    "fractions.csv": "Nr;Zeit;Nachricht\n1;0,375;Neun.\n2;0,395833333;Halb zehn.\n",
    # French headings
    "french.csv": """N°;Heure;Description;Expéditeur;Destinataires;Réaction attendue;Pièces jointes
1;9h30;Un appel.;Le port;Red;Rappeler.;plan.pdf
2;10h;Une lettre.;Mairie;Tous;;
""",
    # nothing but what is expected
    "actions.csv": "Module,Expected Player Action,Player\n1,They ask who decides.,Red\n2,They date.,Blue\n",
    # headings that nobody can know
    "private.csv": "Wann,Was genau,Geheim,Laune\nT+5,Der Hafen ruft an.,x,gut\n",
}


def two_rows_of_headings(path):
    """Two rows of headings, merged dates, a heading of a section, a sheet of contacts, a hidden sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Day 1"
    for row in (
        ["A list of events"],
        ["Timing", None, "Inject", None, None, "Remarks"],
        ["Date", "Planned", "ID", "From", "Description", None],
        [date(2031, 9, 12), time(9, 30), "I-1", "Port", "A call.", "Loud"],
        [None, time(10, 0), "I-2", "Port", "Again.", "-"],
        ["Module 2: Later"],
        [date(2031, 9, 13), 0.5, "I-3", "Port", "Noon."],
    ):
        sheet.append(row)
    for cells in ("A1:F1", "A2:B2", "C2:E2", "F2:F3", "A4:A5", "A6:F6"):
        sheet.merge_cells(cells)
    sheet["C8"] = "I-4"
    sheet["E4"].hyperlink = "https://example.org/call.pdf"
    contacts = book.create_sheet("Contacts")
    contacts.append(["Name", "Role", "Telephone"])
    contacts.append(["Office", "Lead", "none"])
    hidden = book.create_sheet("Old")
    hidden.append(["Message", "Title"])
    hidden.sheet_state = "hidden"
    book.save(path)
    return path


def branches(path):
    """Storylines, options, what waits, cells of many kinds, one message over two rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        [
            "#",
            "When",
            "Storyline",
            "Type",
            "Text",
            "Expected actions",
            "Branch",
            "If",
            "Attachment",
            "Severity",
        ],
        [
            1,
            datetime(2031, 9, 12, 9, 0),  # noqa: DTZ001 (as spreadsheets know it)
            "Water",
            "Email",
            "Dry.",
            "Ask.",
            "A: → 2; B: → 3",
            None,
            "a.pdf; b.png",
            3,
        ],
        [None, None, None, None, None, "Wait.", None, None, None, None],
        [2, timedelta(hours=9, minutes=20), '"', "Media", "It is wet.", None, None, "A in 1", None, 0.5],
        [3, "TBD", "Water", "Optional", "Maybe.", None, None, None, None, True],
        [4, "as needed", None, None, "Perhaps.", None, None, None, "https://example.org/x?y=1,2", None],
    ):
        sheet.append(row)
    sheet.merge_cells("E2:E3")
    book.save(path)
    return path


def written(name, folder):
    """A list of that name in a folder."""
    if name == "two_rows.xlsx":
        return two_rows_of_headings(folder / name)
    if name == "branches.xlsx":
        return branches(folder / name)
    content = TEXTS[name]
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder / name
