"""A process that runs mypy again and again: reads argument lists as JSON lines, answers in JSON lines.

Started as a script with `python -I`, so that neither the working directory nor the environment decides what
it imports. It ends when its input does.
"""

import json
import resource
import sys


def serve(memory_mb: int) -> None:
    """Answer each line with `[stdout, stderr, status]` of one run of mypy."""
    limit = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    from mypy import api

    for line in sys.stdin:
        answer = json.dumps(api.run(json.loads(line)))
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
