"""Counts by Python's str.split() for the text the `whitespace` tokenizer is checked against: python whitespace-counts.py > whitespace-counts.json"""
import collections
import json
import pathlib

harbour = (pathlib.Path(__file__).parents[2] / "corpora" / "harbour.txt").read_text("utf-8")
# Every code point Python takes for white space, between words; a few that look like it but are not; line ends of both kinds.
spaces = [chr(c) for c in range(0x110000) if chr(c).isspace()]
lookalikes = ["\u200b", "\u180e", "\u2060", "\ufeff"]
text = harbour + "".join(f"left{c}right{c}{c}Left " for c in spaces) + " ".join(f"a{c}b" for c in lookalikes)
text += "\r\n\u00c9t\u00e9 e\u0301te\u0301 \U0001f600 \ud55c\uad6d\uc5b4 don't DON'T\r\n\n\nlast"
counts = collections.Counter(text.split())
ordered = sorted(counts.items(), key=lambda item: -item[1])  # stable: ties by first appearance
print(json.dumps({"text": text, "lines": len(text.split("\n")), "counts": ordered}, indent=0, ensure_ascii=True))
