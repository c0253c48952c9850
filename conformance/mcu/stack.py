"""The deepest stack of a program, from what g++ -fcallgraph-info=su says of each function."""
import re
from functools import lru_cache
from pathlib import Path

# Calls through a pointer: what stands in the line, and the mangled names of the functions that it may reach.
INDIRECT = {
    r"\blex\(": r"3lexERNS_5LexerE",
    r"usual\[": r"assemble_usual",
    r"withdrawing->header\(": r"DecoderUlRS0_E_4_FUN",
    r"withdrawing->kept\(": r"DecoderUlRS0_E0_4_FUN",
    r"hex_by_content_format\(": r"hex_by_content_format",
    r"\bholds\(": r"Eh$",  # takes a byte
}
# A header that turns out broken is read to its end as a line, by the same functions; a line has no header. So they are entered twice.
MOST_ENTRIES = 2


class CallGraph:
    """The functions of some objects, each with its frame in bytes, and whom it calls. What has no entry is a library's, and counts 0."""

    def __init__(self, files):
        self.frames, calls = {}, {}
        for file in files:
            text = Path(file).read_text()
            for title, frame, kind in re.findall(r'node: \{ title: "([^"]+)" label: "[^"]*\\n(\d+) bytes \(([\w,]+)\)', text):
                if kind != "static":
                    raise SystemExit(f"{title}: its frame is {kind}, which has no bound")
                self.frames[title] = int(frame)
            for source, target, label in re.findall(r'edge: \{ sourcename: "([^"]+)" targetname: "([^"]+)"(?: label: "([^"]*)")?', text):
                calls.setdefault(source, set()).add((target, label))
        self.calls = {source: sorted({one for call in all_of for one in self.targets(*call)}) for source, all_of in calls.items()}
        self.recursive = {title for title in self.frames if title in self.reached(title)}

    def targets(self, target, label):
        if target != "__indirect_call":
            return [target]
        file, line, _ = label.rsplit(":", 2)
        text = Path(file).read_text().splitlines()[int(line) - 1]
        for pattern, name in INDIRECT.items():
            if re.search(pattern, text):
                return [title for title in self.frames if re.search(name, title)]
        raise SystemExit(f"{label}: stack.py doesn't know what this calls: {text.strip()}")

    def reached(self, title):
        seen, left = set(), [title]
        while left:
            for target in self.calls.get(left.pop(), ()):
                if target not in seen:
                    seen.add(target)
                    left.append(target)
        return seen

    def deepest(self, root):
        """Bytes below `root`, whose own frame isn't counted, and the chain of calls that needs them."""
        entries = {}

        def below(title):
            found = (0, ())
            for target in self.calls.get(title, ()):
                if entries.get(target, 0) == MOST_ENTRIES:
                    continue
                entries[target] = entries.get(target, 0) + 1
                depth, chain = (below if target in self.recursive else known)(target)
                entries[target] -= 1
                found = max(found, (depth + self.frames.get(target, 0), (target, *chain)))
            return found

        known = lru_cache(None)(below)
        return below(root)
