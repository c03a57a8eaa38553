// The HTTP/1.1 responses of docs/examples, whole and in pieces.
import test from "ava";
import { parseLoopSync } from "sluice/stream";
import { head, response, responses } from "../../docs/examples/http-response.ts";
import { binary, latin, of, refuses } from "./_bytes.ts";

const OK = "HTTP/1.1 200 OK\r\n";

test("a head", (t) => {
  t.deepEqual(of(t, head, `${OK}Server: a b \r\nX-Empty:\r\nX-\xe9: no\r\n\r\n`).ok, false);
  t.deepEqual(of(t, head, `${OK}Server: \ta\xe9b \r\nX-Empty:\r\n\r\n`).value, {
    version: "1.1",
    status: 200,
    reason: "OK",
    fields: [
      ["server", "a\xe9b"],
      ["x-empty", ""],
    ],
  });
});

test("a body that is counted", (t) => {
  const { value } = of(t, response, `${OK}Content-Length: 4\r\n\r\na\r\n\xff`);
  t.deepEqual(value?.body, [latin("a\r\n\xff")]);
  refuses(t, response, `${OK}Content-Length: x\r\n\r\n`, 38, "Content-Length is no number");
});

test("a body in chunks, with extensions and trailers", (t) => {
  const input = `${OK}Transfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0A \r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\n`;
  const { value } = of(t, response, input);
  t.deepEqual(value?.body, [latin("hello"), latin("0123456789")]);
  t.deepEqual(value?.trailers, [["x-sum", "1"]]);
  const chunks = `${OK}Transfer-Encoding: gzip, Chunked\r\n\r\n`;
  const at = chunks.length;
  refuses(t, response, `${chunks}5\r\nhel`, at + 3, "unexpected end of input; bytes needed: 5, available: 3");
  refuses(t, response, `${chunks}5\r\nhello!\r\n`, at + 8, 'expected "\\r\\n"');
  refuses(
    t,
    response,
    `${chunks}fffffff\r\n`,
    at,
    "a length of 268435455 is out of bounds: it must be a whole number from 0 to 16777216",
  );
});

test("a body up to the end of the connection, and none", (t) => {
  t.deepEqual(of(t, response, `${OK}\r\nall\r\n of it`).value?.body, [latin("all\r\n of it")]);
  t.deepEqual(of(t, response, "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n").value?.body, []);
});

test("says what is wrong, and where", (t) => {
  refuses(t, response, "HTTP/1.1 99 x\r\n\r\n", 9, "99 is no status code");
  refuses(t, response, "FTP/1.1 200 x\r\n\r\n", 0, "expected HTTP version");
  refuses(t, response, `${OK}Ser ver: a\r\n\r\n`, 20, 'expected ":"');
});

test("each response is emitted when its body is there", (t) => {
  const loop = parseLoopSync(responses, binary);
  const first = `${OK}Content-Length: 2\r\n\r\nab`;
  const second = `${OK}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n`;
  t.is(loop.next(latin(first.slice(0, -1))).value.emitted.length, 0);
  t.is(loop.next(latin("b")).value.emitted.length, 1);
  t.is(loop.next(latin(second + first.slice(0, 10))).value.emitted.length, 1);
  t.is(of(t, responses, first + second + first).emitted.length, 3);
});
