class Speicher:
    def leeren(self):
        for größe, wert in self.größen.items():  # alle
            if not wert:
                del self.größen[größe]
        for name in self.namen:
            value = self.namen.pop(name)
            print(value)
# output
class Speicher:
    def leeren(self):
        for größe, wert in list(self.größen.items()):  # alle
            if not wert:
                del self.größen[größe]
        for name in list(self.namen):
            value = self.namen.pop(name)
            print(value)
