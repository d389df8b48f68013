def walk(waiting):
    for node in waiting:
        waiting.append(node.child)
        waiting[0] = node

        def later():
            waiting.remove(node)

        node.done = later
