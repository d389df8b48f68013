from shapes import Circle
import shapes as s

area = Circle() * s.Square()
