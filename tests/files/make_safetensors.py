"""Makes tests/fixtures/safetensors.json: odd files and what Python's safetensors
library says of each.

    pip install safetensors==0.8.0 numpy==2.4.6 ml_dtypes==0.6.0
    python tests/files/make_safetensors.py
"""
import base64
import json
import pathlib
import struct
import tempfile

import ml_dtypes
import numpy as np
from safetensors import deserialize, safe_open
from safetensors.numpy import save

FIXTURE = pathlib.Path(__file__).parent.parent / "fixtures" / "safetensors.json"
NUMPY = {"F32": np.float32, "F16": np.float16, "BF16": ml_dtypes.bfloat16}
ONE = struct.pack("<f", 1.5)


def file(header, values=b"", length=None):
    """A file with this header, whatever it says."""
    if isinstance(header, str):
        header = header.encode()
    size = len(header) if length is None else length
    return struct.pack("<Q", size) + header + values


def entry(shape="[1]", offsets="[0,4]", dtype='"F32"', more=""):
    return f'{{{more}"dtype":{dtype},"shape":{shape},"data_offsets":{offsets}}}'


def one(name="w", before="", **parts):
    """A header with one tensor."""
    return f'{{{before}"{name}":{entry(**parts)}}}'


def unknown(value):
    """A header whose tensor has a key that the format does not know."""
    return one(more=f'"x":{value},')


def metadata(value, name="__metadata__"):
    return one(before=f'"{name}":{value},')


def two(first, second):
    return f'{{"a":{first},"b":{second}}}'


def of_type(dtype, values):
    """A file with four values."""
    header = one(dtype=f'"{dtype}"', shape="[4]", offsets=f"[0,{len(values)}]")
    return file(header, values)


F, S = ONE, one()
HALVES = np.array([1 / 3, -65504, 6e-8, np.inf])

# Names of files, their bytes.
CASES = {
    # What the file holds
    "one tensor": file(S, F),
    "no tensor": file("{}"),
    "only metadata": file('{"__metadata__":{"a":"b"}}'),
    "a scalar": file(one(shape="[]"), F),
    "the values in another order than the names": file(two(entry(offsets="[4,8]"), entry()), F + ONE[::-1]),
    "saved by Python": save({"a/x": np.arange(6, dtype=np.float32).reshape(2, 3), "b": np.float32([0.1])}, {"made": "by \u00fc"}),
    "saved by Python as float16": save({"a": np.float16([1 / 3, 65504, -0.0]), "none": np.float16([])}, {"made": "here"}),
    "float16": of_type("F16", HALVES.astype(np.float16).tobytes()),
    "bfloat16": of_type("BF16", HALVES.astype(ml_dtypes.bfloat16).tobytes()),
    # Names
    "a name twice, with ranges side by side": file(f'{{"w":{entry()},"w":{entry(offsets="[4,8]")}}}', F + F),
    "a name twice, with one range": file(f'{{"w":{entry()},"w":{entry()}}}', F),
    "a name twice, once escaped": file(f'{{"w":{entry()},"\\u0077":{entry(offsets="[4,8]")}}}', F + F),
    "a name twice, once escaped, with one range": file(f'{{"w":{entry()},"\\u0077":{entry()}}}', F),
    "metadata twice": file(f'{{"__metadata__":{{}},"__metadata__":{{}},"w":{entry()}}}', F),
    "metadata twice, first null": file(f'{{"__metadata__":null,"__metadata__":{{}},"w":{entry()}}}', F),
    "metadata twice, once escaped": file(f'{{"__metadata__":{{}},"__metadat\\u0061__":{{}},"w":{entry()}}}', F),
    "a key of the metadata twice": file(metadata('{"a":"b","a":"c"}'), F),
    "dtype twice": file(one(dtype='"F32","dtype":"F32"'), F),
    "shape twice": file(one(shape='[2],"shape":[1]'), F),
    "data_offsets twice": file(one(offsets='[0,4],"data_offsets":[0,4]'), F),
    "an unknown key twice": file(unknown('1,"x":2'), F),
    "an empty name": file(one(""), F),
    "the name __proto__": file(one("__proto__"), F),
    "the name constructor": file(one("constructor"), F),
    "a name of digits": file(f'{{"10":{entry()},"9":{entry(offsets="[4,8]")}}}', F + F),
    "a name with an escaped slash": file(one("a\\/b"), F),
    "a name with a pair of surrogates": file(one("\\ud83d\\ude00"), F),
    "a name with an emoji": file(one("\U0001f600"), F),
    "a name with NUL": file(one("w\\u0000"), F),
    "a name with a mark of byte order": file(one("\ufeffw"), F),
    "a name with a high surrogate alone": file(one("\\ud800"), F),
    "a name with a low surrogate alone": file(one("\\udc00"), F),
    "a name with a control character": file(one("w\x01"), F),
    "a name with a wrong escape": file(one("\\x77"), F),
    # Metadata
    "metadata null": file(metadata("null"), F),
    "metadata null, escaped": file(metadata("null", "__metadat\\u0061__"), F),
    "metadata escaped": file(metadata('{"a":"b"}', "__metadat\\u0061__"), F),
    "metadata with __proto__": file(metadata('{"__proto__":"b"}'), F),
    "metadata with a number": file(metadata('{"a":1}'), F),
    "metadata with 1.0": file(metadata('{"a":1.0}'), F),
    "metadata with null": file(metadata('{"a":null}'), F),
    "metadata with an object": file(metadata('{"a":{}}'), F),
    "metadata with half a surrogate pair": file(metadata('{"a":"\\ud800"}'), F),
    "metadata as a list": file(metadata("[]"), F),
    "metadata as text": file(metadata('"a"'), F),
    "metadata as a number": file(metadata("1"), F),
    "a tensor called __metadata__": file(one("__metadata__"), F),
    # Ranges
    "two tensors with one range": file(two(entry(), entry()), F),
    "two tensors with overlapping ranges": file(two(entry("[2]", "[0,8]"), entry("[2]", "[4,12]")), F * 3),
    "a range inside another": file(two(entry("[3]", "[0,12]"), entry("[1]", "[4,8]")), F * 3),
    "a hole between two": file(two(entry(), entry(offsets="[8,12]")), F * 3),
    "a hole at the beginning": file(one(offsets="[4,8]"), F * 2),
    "bytes behind the last": file(S, F + b"\0"),
    "bytes without a tensor": file("{}", b"\0"),
    "a byte too few": file(S, F[:3]),
    "an empty tensor inside another": file(two(entry("[2]", "[0,8]"), entry("[0]", "[4,4]")), F * 2),
    "an empty tensor behind the end": file(one(shape="[0]", offsets="[8,8]")),
    "an empty tensor at the beginning": file(two(entry("[2]", "[0,8]"), entry("[0]", "[0,0]")), F * 2),
    "an empty tensor at the end": file(two(entry("[2]", "[0,8]"), entry("[0,3]", "[8,8]")), F * 2),
    "an empty tensor between two": file(f'{{"a":{entry()},"c":{entry(offsets="[4,8]")},"b":{entry("[0]", "[4,4]")}}}', F * 2),
    "two empty tensors": file(two(entry("[0]", "[0,0]"), entry("[0]", "[0,0]"))),
    "a range that ends before it begins": file(one(offsets="[4,0]"), F),
    "a shape that is not the range's": file(one(shape="[2]"), F),
    "a type that is not the range's": file(one(dtype='"F16"'), F),
    # Numbers
    "a side 1.0": file(one(shape="[1.0]"), F),
    "a side 1e0": file(one(shape="[1e0]"), F),
    "a side 10e-1": file(one(shape="[10e-1]"), F),
    "a side -1": file(one(shape="[-1]"), F),
    "two sides -1": file(one(shape="[-1,-1]"), F),
    "a side -0": file(one(shape="[-0]", offsets="[0,0]")),
    "a side 01": file(one(shape="[01]"), F),
    "a side +1": file(one(shape="[+1]"), F),
    "a side of text": file(one(shape='["1"]'), F),
    "a side null": file(one(shape="[null]"), F),
    "a side of 2^64": file(one(shape="[18446744073709551616]"), F),
    "sides of 2^53 + 1 and 0": file(one(shape="[9007199254740993,0]", offsets="[0,0]")),
    "sides whose product is 2^64": file(one(shape="[4294967296,4294967296]", offsets="[0,0]")),
    "sides whose product passes 2^64, then 0": file(one(shape="[4294967296,4294967296,0]", offsets="[0,0]")),
    "sides 0, then a product of 2^64": file(one(shape="[0,4294967296,4294967296]", offsets="[0,0]")),
    "a side whose bytes are 2^64": file(one(shape="[4611686018427387904]", offsets="[0,0]")),
    "an offset 0.0": file(one(offsets="[0.0,4]"), F),
    "an offset 4e0": file(one(offsets="[0,4e0]"), F),
    "one offset": file(one(offsets="[0]"), F),
    "three offsets": file(one(offsets="[0,4,4]"), F),
    "offsets as an object": file(one(offsets='{"0":0,"1":4}'), F),
    "a shape as an object": file(one(shape='{"0":1}'), F),
    "a shape null": file(one(shape="null"), F),
    # Entries
    "an unknown key": file(unknown("1.5"), F),
    "no dtype": file('{"w":{"shape":[1],"data_offsets":[0,4]}}', F),
    "no shape": file('{"w":{"dtype":"F32","data_offsets":[0,4]}}', F),
    "no data_offsets": file('{"w":{"dtype":"F32","shape":[1]}}', F),
    "an entry null": file('{"w":null}'),
    "an entry that is a number": file('{"w":3}'),
    "an entry that is a list": file('{"w":["F32",[1],[0,4]]}', F),
    "an escaped key of an entry": file('{"w":{"\\u0064type":"F32","shape":[1],"data_offsets":[0,4]}}', F),
    "an escaped dtype": file(one(dtype='"F3\\u0032"'), F),
    "a dtype in small letters": file(one(dtype='"f32"'), F),
    "a dtype that does not exist": file(one(dtype='"F31"'), F),
    "a dtype null": file(one(dtype="null"), F),
    "a dtype as an object": file(one(dtype='{"F32":null}'), F),
    "an unknown key with half a surrogate pair": file(unknown('"\\ud800"'), F),
    "an unknown key with a number beyond float64": file(unknown("1e999"), F),
    "an unknown key of 125 levels": file(unknown("[" * 125 + "]" * 125), F),
    "an unknown key of 126 levels": file(unknown("[" * 126 + "]" * 126), F),
    # Text
    "a mark of byte order": file("\ufeff" + S, F),
    "bytes that are no UTF-8": file(S.encode().replace(b"w", b"\xff"), F),
    "an overlong NUL": file(S.encode().replace(b"w", b"\xc0\x80"), F),
    "a surrogate in UTF-8": file(S.encode().replace(b"w", b"\xed\xa0\x80"), F),
    "spaces behind the header": file(S + "   ", F),
    "other white space behind the header": file(S + "\n\t\r ", F),
    "white space before the header": file(" \n" + S, F),
    "white space in the header": file('{ "w"\n:\t' + entry() + "\r}", F),
    "NUL behind the header": file(S + "\0", F),
    "a vertical tab behind the header": file(S + "\x0b", F),
    "text behind the header": file(S + "x", F),
    "a second header": file(S + S, F),
    "a space without break": file('{"w":\u00a0' + entry() + "}", F),
    "a comma at the end": file(S[:-1] + ",}", F),
    "a comment": file("{/**/" + S[1:], F),
    "single quotes": file(S.replace('"', "'"), F),
    "NaN": file(one(shape="[NaN]"), F),
    "no JSON": file("{not json"),
    "a header that is a list": file("[]"),
    "a header that is a number": file("3"),
    "a header that is null": file("null"),
    # Lengths
    "no byte": b"",
    "7 bytes": b"\2\0\0\0\0\0\0",
    "a header of no byte": file(""),
    "a header that ends behind the file": file(S, F, length=1000),
    "a header of more than 100 MB": file("{}", length=100_000_001),
    "a header of 2^63 bytes": file("{}", length=2**63),
    "a header of 2^64 - 1 bytes": file("{}", length=2**64 - 1),
    # Types
    **{
        f"values of type {dtype}": of_type(dtype, bytes(int(4 * size)))
        for dtype, size in {
            "BOOL": 1, "U8": 1, "I8": 1, "F8_E5M2": 1, "F8_E4M3": 1, "I16": 2, "U16": 2,
            "I32": 4, "U32": 4, "F64": 8, "I64": 8, "U64": 8, "C64": 8, "F4": 0.5,
        }.items()
    },
}


def verdict(content):
    """What the library reads from a file, or why it does not."""
    try:
        tensors = deserialize(content)
    except Exception as error:
        return {"refused": str(error)}
    with tempfile.NamedTemporaryFile() as named:
        named.write(content)
        named.flush()
        with safe_open(named.name, "np") as opened:
            texts = opened.metadata()
    return {
        "tensors": {
            name: {
                "dtype": tensor["dtype"],
                # Sides beyond float64's whole numbers as text.
                "shape": [side if side < 2**53 else str(side) for side in tensor["shape"]],
                "values": [
                    str(value)
                    for value in np.frombuffer(tensor["data"], NUMPY[tensor["dtype"]]).astype(np.float64)
                ]
                if tensor["dtype"] in NUMPY
                else None,
            }
            for name, tensor in sorted(tensors, key=lambda pair: pair[0])
        },
        "metadata": texts or {},
    }


cases = [
    {"name": name, "file": base64.b64encode(content).decode(), **verdict(content)}
    for name, content in CASES.items()
]
FIXTURE.write_text(json.dumps(cases, separators=(",", ":")) + "\n")
print(f"{len(cases)} files, {sum('refused' in case for case in cases)} refused")
