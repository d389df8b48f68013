# path: tests/test_read.py
def test_read(tmp_path):
    assert open(tmp_path / "a").read() == "a"
