import dataclasses


@dataclasses.dataclass
class Outer ( object ):  # outer
    class Inner(object): pass

    def make(self):
        class Local(
            object,
        ):
            x = 1

        return Local
# output
import dataclasses


@dataclasses.dataclass
class Outer:  # outer
    class Inner: pass

    def make(self):
        class Local:
            x = 1

        return Local
