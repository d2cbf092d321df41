from shelf import import_files


def test_lists_of_two_libraries(database, books, tmp_path):
    north = tmp_path / "north.csv"
    north.write_text("isbn,title,author\n1,Dune,Frank Herbert\n2,Emma,Jane Austen\n")
    south = tmp_path / "south.csv"
    south.write_text("isbn,title,author,copies\n3,Momo,Michael Ende,4\n")
    assert import_files(database, [north, south]) == 3
    assert books.count() == 3
    assert books.get("3").copies == 4


def test_no_lists(database):
    assert import_files(database, []) == 0
