class Log:
    def warn(self, text):
        print(text)


log = Log()
log.warn("x")
