class Reader:
    def read(self, lines):
        for line in lines:
            try:
                self.use(line)
            except:
                def later():
                    raise ValueError(line)

                self.failed.append(later)
# output
class Reader:
    def read(self, lines):
        for line in lines:
            try:
                self.use(line)
            except Exception:
                def later():
                    raise ValueError(line)

                self.failed.append(later)
