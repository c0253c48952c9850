"""What `bench/run` measured, as tables in README.md and as a picture."""

import pathlib

BENCH = pathlib.Path(__file__).resolve().parent
README = BENCH / "README.md"
PICTURE = BENCH / "urc_mix.svg"
BEGIN, END = "<!-- measured: written by bench/run -->", "<!-- end -->"

OWN = ("goto", "table", "goto+session", "table+session", "decode", "encode")   # the codec's own; others are rivals
BAD = ("noise", "overlong_lines", "absurd_lengths", "prompts")
CHUNKS = ("1", "16", "64", "256", "1460", "whole")


class Measured:
    def __init__(self, measured):
        self.counts, self.clang = measured["counts"], measured["clang"]
        self.times = {name: measured["times"][name] for name in self.counts}   # in the order of the cases

    def time(self, case, of="event"):
        return self.times[case][of]

    def ratio(self, case, other, of="event"):
        return self.time(case, of) / self.time(other, of)

    def worst(self, figure_of, chunk, parser, streams=("urc_mix", "buffered_read", "push_1460", "push_16", "coap")):
        """The largest figure of a parser over the dialects and streams, and which case it is of."""
        cases = [name.split("/") for name in self.times]
        return max((figure_of("/".join(case)), f"{case[0]}, {case[1]}") for case in cases
                   if case[1] in streams and case[2:] == [chunk, parser])


def table(head, rows):
    """Columns whose head ends in a colon are flush right."""
    out = ["| " + " | ".join(title.rstrip(":") for title in head) + " |",
           "|" + "|".join("--:" if title.endswith(":") else "---" for title in head) + "|"]
    return "\n".join(out + ["| " + " | ".join(row) + " |" for row in rows])


def goals(m):
    bc26 = "bc26/{}/256/{}".format
    over_floor = lambda stream: m.ratio(bc26(stream, "goto"), bc26(stream, "floor"))
    byte, slowest = m.worst(lambda name: m.time(name, "byte"), "1", "goto")
    session, most = m.worst(lambda name: m.ratio(name, name.replace("+session", "")), "256", "goto+session")
    rows = []

    def goal(text, measured, limit, unit="", at_least=False):
        met = measured >= limit if at_least else measured <= limit
        rows.append([text, f"{'≥' if at_least else '≤'} {limit:g}{unit}", f"{measured:.2f}{unit}", "met" if met else "**not met**"])

    goal("`urc_mix`, the fastest face (`next` is the only one), times the floor", over_floor("urc_mix"), 1.25)
    goal("`urc_mix`, through `next`, times the floor", over_floor("urc_mix"), 1.5)
    goal("`urc_mix`, through `next`", m.time(bc26("urc_mix", "goto")), 25, " ns an event")
    goal("`push_1460`, times the floor", over_floor("push_1460"), 1.25)
    goal("`buffered_read`, times the floor", over_floor("buffered_read"), 1.25)
    goal("`urc_mix`, times faster than `sscanf` behind a prefix switch", m.ratio(bc26("urc_mix", "sscanf"), bc26("urc_mix", "goto")), 3.5,
         at_least=True)
    if m.clang:
        goal("`urc_mix`, clang's code, times g++'s", m.clang[bc26("urc_mix", "goto")], 1.2)
    else:
        rows.append(["`urc_mix`, clang's code, times g++'s", "≤ 1.2", "not measured", ""])
    goal(f"In chunks of 1 byte, the slowest stream ({slowest})", byte, 8, " ns a byte")
    goal("`urc_mix` with `Session`, times without", m.ratio(bc26("urc_mix", "goto+session"), bc26("urc_mix", "goto")), 1.2)
    goal(f"With `Session`, times without, the slowest stream ({most})", session, 1.2)
    for stream in BAD:
        of_usual = lambda name: m.ratio(name, name.replace(stream, "urc_mix"), "byte")
        bad, dialect = m.worst(of_usual, "256", "goto", (stream,))
        goal(f"A byte, times one of `urc_mix`, the slowest dialect ({dialect})", bad, 3)
    return table(["goal, of bc26 in chunks of 256 bytes if not said otherwise", "limit:", "measured:", ""], rows)


def rivals(m):
    """Every parser of bc26's urc_mix, the fastest first: (name, ns an event)."""
    found = [(name.split("/")[3], time["event"]) for name, time in m.times.items() if name.startswith("bc26/urc_mix/256/")]
    return sorted(found, key=lambda one: one[1])


def rival_table(m):
    floor = m.time("bc26/urc_mix/256/floor")
    return table(["parser", "ns/event:", "times the floor:", "instructions/event:"],
                 [[f"**{name}**" if name in OWN else name, f"{each:.1f}", f"{each / floor:.2f}",
                   f"{m.counts[f'bc26/urc_mix/256/{name}']['event']:.0f}"] for name, each in rivals(m)])


def chunk_table(m, parsers):
    rows = []
    for name in m.times:
        dialect, stream, chunk, parser = name.split("/")
        if chunk == CHUNKS[0] and parser in parsers:
            rows.append([dialect, stream, parser] + [f"{m.time('/'.join((dialect, stream, c, parser))):.1f}" for c in CHUNKS])
    return table(["dialect", "stream", "parser"] + [f"{chunk}:" for chunk in CHUNKS], rows)


def case_table(m, wanted):
    rows = []
    for name in m.times:
        dialect, stream, chunk, parser = name.split("/")
        if wanted(stream, chunk, parser):
            event, byte = m.time(name), m.time(name, "byte")
            rows.append([dialect, stream, parser, f"{event:.1f}", f"{1e3 / event:.1f}", f"{1e3 / byte:.0f}", f"{m.counts[name]['event']:.0f}"])
    return table(["dialect", "stream", "parser", "ns/event:", "million events/s:", "MB/s:", "instructions/event:"], rows)


def bad_table(m):
    rows = []
    for name in m.times:
        dialect, stream, chunk, parser = name.split("/")
        if stream in BAD:
            usual = f"{dialect}/urc_mix/{chunk}/{parser}"
            rows.append([dialect, stream, parser, f"{m.time(name, 'byte'):.2f}", f"{m.ratio(name, usual, 'byte'):.2f}",
                         f"{m.counts[name]['byte']:.1f}", f"{m.counts[name]['byte'] / m.counts[usual]['byte']:.2f}"])
    return table(["dialect", "stream", "parser", "ns/byte:", "times urc_mix:", "instructions/byte:", "times urc_mix:"], rows)


def picture(m):
    """Bars of nanoseconds an event. Its colours are those of the reader's page, light or dark."""
    found = rivals(m)
    left, width, row = 110, 560, 26
    scale = (width - 60) / max(each for _, each in found)
    bars = []
    for i, (name, each) in enumerate(found):
        y = 40 + i * row
        kind = "own" if name in OWN else "bound" if name in ("memcpy", "memchr", "floor") else "rival"
        length = max(1.0, each * scale)
        bars += [f'<text class="name" x="{left - 8}" y="{y + 13}">{name}</text>',
                 f'<rect class="{kind}" x="{left}" y="{y}" width="{length:.1f}" height="18"/>',
                 f'<text x="{left + length + 6:.1f}" y="{y + 13}">{each:.1f}</text>']
    height = 40 + len(found) * row + 8
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + width} {height}" font-family="sans-serif" font-size="13" role="img">',
        "<title>Nanoseconds an event of bc26's urc_mix, chunks of 256 bytes</title>",
        "<style>text{fill:#1f2328}.name{text-anchor:end}.own{fill:#0969da}.bound{fill:#8c959f}.rival{fill:#d4a72c}",
        "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.own{fill:#4493f8}.bound{fill:#6e7681}.rival{fill:#bb8009}}</style>",
        f'<text x="{left}" y="22">ns an event of urc_mix, bc26, 256-byte chunks; blue: atwire, grey: bounds</text>',
        *bars, "</svg>", ""])


def write(measured):
    m = Measured(measured)
    sections = [
        f"{measured['machine']}; medians of {measured['repetitions']} interleaved runs in one process" +
        (", clang's code in turns with g++'s." if m.clang else "."),
        goals(m),
        "## Beside other parsers\n\nThe events of bc26's `urc_mix`, chunks of 256 bytes.\n\n"
        f"![Nanoseconds an event of each parser]({PICTURE.name})\n\n" + rival_table(m),
        "## By chunk size\n\nNanoseconds an event.\n\n" + chunk_table(m, ("goto", "floor", "goto+session")),
        "## By face and lexer\n\nChunks of 256 bytes.\n\n" +
        case_table(m, lambda stream, chunk, parser: chunk == "256" and parser in OWN[:4] and stream not in BAD),
        "## Commands, and writing\n\nAn event is a command where the stream is `commands`. `decode` reads chunks of 256 bytes.\n\n" +
        case_table(m, lambda stream, chunk, parser: parser in ("decode", "encode")),
        "## Bad input\n\nChunks of 256 bytes; beside `urc_mix` of the same dialect and lexer.\n\n" + bad_table(m),
        "## `atwire check`\n\nOn raw captures, one core: the module's bytes alone, held to all rules of the dialect. In random order lines "
        "of TCP/IP contradict each other: about a third of them is found.\n\n" +
        table(["dialect", "stream", "MB/s:"],
              [[*name.split("/")[:2], f"{rate / 1e6:.0f}"] for name, rate in measured["check"].items()]),
    ]
    text = README.read_text()
    begin, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    README.write_text(f"{text[:begin]}\n" + "\n\n".join(sections) + f"\n{text[end:]}")
    PICTURE.write_text(picture(m))
