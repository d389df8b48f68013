def use(rows):
    names = set([row.name
                 for row in rows])
    sizes = dict([(row.name, """
        text""")
                  for row in rows
                  if row])
    return names, sizes, list([row
                               for row in rows])
# output
def use(rows):
    names = {row.name
             for row in rows}
    sizes = {row.name: """
        text"""
             for row in rows
             if row}
    return names, sizes, [row
                          for row in rows]
