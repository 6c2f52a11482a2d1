import pytest

from logistics.settlement.edge.csv_text import write_csv


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Blue Shop", "Blue Shop"),
        ('He said "no", twice', '"He said ""no"", twice"'),
        ("-12.50", "-12.50"),  # a number stays one
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3", "'-2+3"),
        ("小店", "小店"),
    ],
)
def test_a_cell_is_shown_and_never_run(value: str, written: str) -> None:
    assert write_csv(["a"], [[value]]) == f"a\r\n{written}\r\n"
