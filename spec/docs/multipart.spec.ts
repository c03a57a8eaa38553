// The multipart bodies of docs/examples, whole and in pieces.
import test from "ava";
import { parseLoopSync } from "sluice/stream";
import { multipart } from "../../docs/examples/multipart.ts";
import { binary, latin, of, refuses } from "./_bytes.ts";

const parser = multipart("x7");
const ONE = 'Content-Disposition: form-data; name="a"\r\n\r\n';

test("parts with fields and bytes", (t) => {
  const input = `--x7\r\n${ONE}one\r\n--x7 \t\r\nX-A: b\r\n\r\n\xff\r\n--x\r\n\r\n\r\n--x7\r\n\r\n\r\n--x7--\r\nepilogue`;
  const result = of(t, parser, input);
  t.deepEqual(result.emitted, [
    { fields: { "content-disposition": 'form-data; name="a"' }, body: latin("one") },
    { fields: { "x-a": "b" }, body: latin("\xff\r\n--x\r\n\r\n") },
    { fields: {}, body: latin("") },
  ]);
  t.is(result.value, 3);
});

test("a preamble before the first delimiter", (t) => {
  t.is(of(t, parser, "for old readers\r\n--x7\r\n\r\nab\r\n--x7--").emitted.length, 1);
});

test("says what is wrong, and where", (t) => {
  refuses(t, parser, "--x7\r\n\r\nab\r\n", 12, 'unexpected end of input, expected "\\r\\n--x7"');
  refuses(t, parser, `--x7\r\n${ONE}ab\r\n--x7!`, 58, 'expected "--" or "\\r\\n"');
  refuses(t, parser, "--x7\r\n: a\r\n\r\nab\r\n--x7--", 6, 'expected "\\r\\n" or field name');
});

test("each part is emitted when the delimiter behind it is there", (t) => {
  const loop = parseLoopSync(parser, binary);
  t.is(loop.next(latin(`--x7\r\n${ONE}one\r\n--x`)).value.emitted.length, 0);
  t.is(loop.next(latin("7")).value.emitted.length, 1);
});
