"""The guard of bench/run: what a ceiling lets pass, and when it may rise."""

import importlib.machinery
import importlib.util
import io
import pathlib
import sys
import tempfile
import unittest
from contextlib import redirect_stderr, redirect_stdout

BENCH = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(BENCH))
loader = importlib.machinery.SourceFileLoader("run", str(BENCH / "run"))
run = importlib.util.module_from_spec(importlib.util.spec_from_loader("run", loader))
loader.exec_module(run)


def quietly(function, *arguments):
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        return function(*arguments), said.getvalue()


class Guard(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        run.CEILINGS = pathlib.Path(directory.name) / "ceilings.tsv"
        run.write_ceilings({"a": (100.0, ""), "b": (50.0, "a new form")})

    def test_reads_what_it_writes(self):
        self.assertEqual(run.read_ceilings(), {"a": (100.0, ""), "b": (50.0, "a new form")})

    def test_a_count_above_its_ceiling_fails(self):
        self.assertEqual(quietly(run.check, {"a": 99.0, "b": 50.0}, run.read_ceilings())[0], 0)
        code, said = quietly(run.check, {"a": 100.1, "b": 50.0}, run.read_ceilings())
        self.assertEqual(code, 1)
        self.assertIn("a: 100.1 instructions are above the ceiling of 100.0", said)

    def test_every_count_has_a_ceiling_and_every_ceiling_a_count(self):
        self.assertEqual(quietly(run.check, {"a": 1.0, "b": 1.0, "c": 1.0}, run.read_ceilings())[0], 1)
        self.assertEqual(quietly(run.check, {"a": 1.0}, run.read_ceilings())[0], 1)

    def test_no_ceiling_rises_without_a_reason(self):
        before = run.CEILINGS.read_text()
        code, said = quietly(run.ceilings_from, {"a": 120.0, "b": 10.0}, "")
        self.assertEqual(code, 1)
        self.assertIn("say why with --reason", said)
        self.assertEqual(run.CEILINGS.read_text(), before)

    def test_the_reason_stands_beside_what_it_has_raised(self):
        self.assertEqual(quietly(run.ceilings_from, {"a": 120.0, "b": 50.0, "c": 7.0}, "two more fields")[0], 0)
        self.assertEqual(run.read_ceilings(), {"a": (123.6, "two more fields"), "b": (50.0, "a new form"), "c": (7.2, "")})

    def test_what_is_within_its_ceiling_never_lifts_it(self):
        self.assertEqual(quietly(run.ceilings_from, {"a": 99.9, "b": 40.0}, "")[0], 0)
        self.assertEqual(run.read_ceilings(), {"a": (100.0, ""), "b": (41.2, "a new form")})


if __name__ == "__main__":
    unittest.main()
