// The RESP grammar of docs/examples, whole and in pieces.
import test from "ava";
import { parseLoopSync } from "sluice/stream";
import { type Reply, ReplyError, replies, reply } from "../../docs/examples/resp.ts";
import { binary, latin, of, refuses } from "./_bytes.ts";

const gives = test.macro({
  exec(t, input: string, value: Reply) {
    t.deepEqual(of(t, reply, input).value, value);
  },
  title: (_, input: string) => `gives ${JSON.stringify(input)}`,
});

test(gives, "+OK\r\n", "OK");
test(gives, "-ERR unknown command\r\n", new ReplyError("ERR unknown command"));
test(gives, ":-42\r\n", -42);
test(gives, "$5\r\nhello\r\n", latin("hello"));
test(gives, "$0\r\n\r\n", latin(""));
test(gives, "$4\r\n\r\n\xff\0\r\n", latin("\r\n\xff\0"));
test(gives, "$-1\r\n", null);
test(gives, "*-1\r\n", null);
test(gives, "*0\r\n", []);
test(gives, "*3\r\n:1\r\n*2\r\n+a\r\n$-1\r\n$1\r\nb\r\n", [1, ["a", null], latin("b")]);

test("says what is wrong, and where", (t) => {
  refuses(t, reply, "!x\r\n", 0, 'expected "+", "-", ":", "$" or "*"');
  refuses(t, reply, "$9\r\nabc", 4, "unexpected end of input; bytes needed: 9, available: 3");
  refuses(t, reply, "$3\r\nabcd\r\n", 7, 'expected "\\r\\n"');
  refuses(t, reply, "$x\r\n", 1, "expected length");
  refuses(
    t,
    reply,
    "*9999999\r\n",
    1,
    "a length of 9999999 is out of bounds: it must be a whole number from 0 to 1048576",
  );
  refuses(t, reply, "*2\r\n:1\r\n", 8, 'unexpected end of input, expected "+", "-", ":", "$" or "*"');
});

test("each reply is emitted when its last byte is there", (t) => {
  const loop = parseLoopSync(replies, binary);
  t.deepEqual(loop.next(latin("+OK\r\n$3\r\nab")).value.emitted, ["OK"]);
  t.deepEqual(loop.next(latin("c\r")).value.emitted, []);
  t.deepEqual(loop.next(latin("\n*1\r\n")).value.emitted, [latin("abc")]);
  t.deepEqual(loop.next(latin(":7\r\n")).value.emitted, [[7]]);
  t.deepEqual(of(t, replies, "+a\r\n:1\r\n*1\r\n$1\r\nx\r\n").emitted, ["a", 1, [latin("x")]]);
});
