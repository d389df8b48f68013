class Order:
    def large(self):
        for item in self.items:
            if not item:
                return False
            else:
                return True
# output
class Order:
    def large(self):
        for item in self.items:
            return bool(item)
