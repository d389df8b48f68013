# expect: 1
class Loader:
    def load(self, plugins):
        for plugin in plugins:
            try:
                plugin()
            except ValueError:
                self.failed = True
            except Exception:

                pass
