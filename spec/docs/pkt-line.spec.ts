// Git's packets of docs/examples, whole and in pieces.
import test from "ava";
import { parseLoopSync } from "sluice/stream";
import { packet, packets, refs } from "../../docs/examples/pkt-line.ts";
import { binary, latin, of, refuses } from "./_bytes.ts";

/** A packet with its length before it. */
const pkt = (text: string): string => (text.length + 4).toString(16).padStart(4, "0") + text;
const ID = "0123456789abcdef0123456789abcdef01234567";

test("packets and signs", (t) => {
  const input = `${pkt("# service=git-upload-pack\n")}0000${pkt("\xff\0")}000100040002`;
  t.deepEqual(of(t, packets, input).emitted, [
    latin("# service=git-upload-pack\n"),
    "flush",
    latin("\xff\0"),
    "delimiter",
    latin(""),
    "end of response",
  ]);
  t.deepEqual(of(t, packet, "0006a\n").value, latin("a\n"));
});

test("references, the first with what the server can do", (t) => {
  const input = `${pkt(`${ID} HEAD\0side-band-64k agent=git/2 \n`)}${pkt(`${ID} refs/heads/m\n`)}0000`;
  t.deepEqual(of(t, refs, input).value, [
    { id: ID, name: "HEAD", capabilities: ["side-band-64k", "agent=git/2"] },
    { id: ID, name: "refs/heads/m", capabilities: undefined },
  ]);
  t.deepEqual(of(t, refs, "0000").value, []);
});

test("says what is wrong, and where", (t) => {
  refuses(t, packet, "0003", 0, "no packet has a length of 3");
  refuses(t, packet, "00g0", 2, "expected hexadecimal digit");
  refuses(t, packet, "0009abc", 7, "unexpected end of input; bytes needed: 5, available: 3");
  refuses(t, refs, `${pkt("abc HEAD")}0000`, 7, "expected hexadecimal digit");
  refuses(t, refs, `${pkt(`${ID} a b`)}0000`, 46, 'expected "\\u0000", "\\n" or end of the frame');
});

test("each packet is emitted when it is there", (t) => {
  const loop = parseLoopSync(packets, binary);
  t.deepEqual(loop.next(latin("0006a")).value.emitted, []);
  t.deepEqual(loop.next(latin("b000")).value.emitted, [latin("ab")]);
  t.deepEqual(loop.next(latin("0")).value.emitted, ["flush"]);
});
