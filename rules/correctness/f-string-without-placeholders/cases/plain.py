def check():
    value = 3
    return [
        f"ready",
        F'größe "x"',
        rf"\d{{2}}\n",
        f"{{}} {{a}} \N{EM DASH}}}".format(1, a=2) if value == 4 else fR"a\N",
        f"\N{EN DASH} {{\\}}",
        f"{value:>10}",
    ]
# output
def check():
    value = 3
    return [
        "ready",
        'größe "x"',
        r"\d{2}\n",
        "{} {a} \N{EM DASH}}".format(1, a=2) if value == 4 else R"a\N",
        "\N{EN DASH} {\\}",
        f"{value:>10}",
    ]
