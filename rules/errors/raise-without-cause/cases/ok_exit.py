import typer


def main(path):
    try:
        return open(path)
    except FileNotFoundError:
        raise SystemExit(f"{path} does not exist")
    except OSError:
        raise typer.Exit(2)
