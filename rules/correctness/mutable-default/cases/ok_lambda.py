from dataclasses import dataclass, field


@dataclass
class Box:
    items: list = field(default_factory=list)


first = lambda box=[]: box
