# expect: 5
import json


def use(path, data):
    for line in open(path):
        print(line)
    open(path, "w").write(data)
    lines = [line for line in open(path)]
    return json.load(open(path)), open(path).readlines(), lines
