"""What is kept of many runs stays small, and the last run that can be undone is found behind them."""

from shops import Shop

IMPROVE = ("improve", "src", "--rule", "not-in", "--auto-approve-safe")


def size(shop: Shop) -> int:
    state = shop.root.parent / "state"
    return sum(place.stat().st_size for place in state.rglob("*") if place.is_file())


def test_scans_do_not_fill_the_disk_nor_hide_the_last_run(kiosk: Shop) -> None:
    assert kiosk.run(*IMPROVE).code == 0
    many = "".join(f"def f{number}(a, b):\n    return not a in b\n\n\n" for number in range(100))
    (kiosk.root / "src" / "many.py").write_text(many)
    sizes = []
    for _ in range(20):
        assert kiosk.run("scan", "src").code == 1
        sizes.append(size(kiosk))
    assert sizes[-1] - sizes[9] < 0.2 * (sizes[9] - sizes[0])
    assert kiosk.run("rollback").code == 0
