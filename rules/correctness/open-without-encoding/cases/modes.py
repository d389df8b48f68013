import io


def schreiben(größe):
    with open(größe, "w", newline="") as eins, io.open(
        größe,
        mode="a",  # anhängen
    ) as zwei:
        eins.write("ä")
        zwei.write("ö")
# output
import io


def schreiben(größe):
    with open(größe, "w", newline="", encoding="utf-8") as eins, io.open(
        größe,
        mode="a",  # anhängen
        encoding="utf-8",
    ) as zwei:
        eins.write("ä")
        zwei.write("ö")
