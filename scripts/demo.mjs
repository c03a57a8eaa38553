// Parses a JSON document in small pieces and shows what happens: what goes in, what the parser asks for, which items
// leave while the document is still on its way; then the same document cut in the middle, and the error that this gives.
//
//   npm run demo [-- FILE [CHUNK_SIZE]]
import { createReadStream, statSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { between, choice, each, emit, ParseError, preceded, separatedPair, sepBy, seq, skipMany, slice } from "sluice";
import { jsonValue } from "sluice/formats/json";
import { anyChar, charSet, lexeme, string, symbol, takeWhile, takeWhile1 } from "sluice/lex";
import { CLOSED, parseLoop } from "sluice/stream";

const FIRST_CHUNKS = 6;
const FIRST_ITEMS = 20;

// The grammar: the elements of a list, or the members of an object, leave one by one; of "statuses" it is the elements.
const space = takeWhile(" \n\r\t");
const token = (text) => symbol(text, space);
const elements = between(token("["), each(jsonValue, { sep: token(",") }), token("]"));
const letters = choice([takeWhile1(charSet('"\\\\').complement()), seq(string("\\"), anyChar)]);
const name = lexeme(slice(seq(string('"'), skipMany(letters), string('"'))).map(JSON.parse), space);
const statuses = preceded(seq(token('"statuses"'), token(":")), elements);
const member = emit(separatedPair(name, token(":"), jsonValue).map(([key, value]) => ({ [key]: value })));
const members = between(token("{"), sepBy(choice([statuses, member]), token(",")), token("}"));
const document = preceded(space, choice([elements, members, emit(jsonValue)]));

const terminal = process.stdout.isTTY === true;
const number = (n) => n.toLocaleString("en");
process.stdout.on("error", (error) => process.exit(error.code === "EPIPE" ? 0 : 1));

const [file = fileURLToPath(new URL("../spec/corpora/twitter.json", import.meta.url)), size = "4096"] =
  process.argv.slice(2);
const chunkSize = Number(size);
if (!Number.isInteger(chunkSize) || chunkSize < 1) stop(`the chunk size is a number of bytes from 1, not "${size}"`);
const total = bytesOf(file);

console.log(`${basename(file)}: ${number(total)} bytes in pieces of ${number(chunkSize)}\n`);
const whole = await feed(createReadStream(file, { highWaterMark: chunkSize }), true);
console.log(`
${number(whole.chunks)} chunks, ${number(whole.items)} items, ${number(whole.bytes)} bytes in ${whole.time.toFixed(0)} ms
most units held back at the end of a chunk: ${number(whole.held)}`);
if (tell(whole)) {
  const half = Math.ceil(total / 2);
  console.log(`\nThe same document, cut after ${number(half)} bytes:\n`);
  const broken = await feed(createReadStream(file, { highWaterMark: chunkSize, end: half - 1 }), false);
  tell(broken);
  console.log(`${number(broken.items)} items had left before the end came`);
} else process.exitCode = 1;

/** Feeds the loop chunk by chunk; `shown`: prints what happens on the way. */
async function feed(chunks, shown) {
  const loop = parseLoop(document, { source: basename(file) });
  const seen = { chunks: 0, items: 0, bytes: 0, held: 0, time: 0, result: undefined };
  const started = performance.now();
  let step = await loop.next("");
  for await (const chunk of chunks) {
    seen.chunks++;
    seen.bytes += chunk.length;
    step = await loop.next(chunk);
    note(step, seen, shown);
    if (step.done) break;
  }
  if (!step.done) {
    step = await loop.next(CLOSED);
    note(step, seen, shown);
  }
  if (shown && terminal) process.stdout.write("\r\x1b[K");
  if (shown && seen.items > FIRST_ITEMS) console.log(`         … ${number(seen.items - FIRST_ITEMS)} more`);
  return { ...seen, time: performance.now() - started, result: step.value.result };
}

function note({ done, value: outcome }, seen, shown) {
  if (!done) seen.held = Math.max(seen.held, outcome.continuation.meta.buffered);
  if (shown && seen.chunks <= FIRST_CHUNKS && !done) {
    const { reason, minBytes } = outcome.demand;
    line(`chunk ${seen.chunks}: ${number(seen.bytes)} bytes are in; reason ${reason}, minBytes ${minBytes}`);
  }
  for (const item of outcome.emitted) {
    seen.items++;
    if (shown && seen.items <= FIRST_ITEMS) line(`  item ${seen.items}: ${describe(item)}`);
  }
  if (shown && terminal) process.stdout.write(`\r\x1b[K${number(seen.bytes)} bytes, ${number(seen.items)} items`);
}

/** A line of its own, above the progress line where there is one. */
function line(text) {
  process.stdout.write(`${terminal ? "\r\x1b[K" : ""}${text}\n`);
}

function describe(item) {
  const author = item?.user?.screen_name;
  if (author === undefined || typeof item.text !== "string") return start(JSON.stringify(item), 60);
  return `@${author}: ${start(item.text, 40)}`;
}

function start(text, length) {
  const characters = [...text.replace(/\s+/g, " ")];
  return characters.length <= length ? characters.join("") : `${characters.slice(0, length).join("")}…`;
}

/** Prints the error of a run that failed; says whether it succeeded. */
function tell({ result }) {
  if (!result.ok) console.log(new ParseError(result).message);
  return result.ok;
}

function bytesOf(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) stop(`there is no file "${path}"`);
  if (!stat.isFile()) stop(`"${path}" is not a file`);
  return stat.size;
}

function stop(message) {
  console.error(`demo: ${message}`);
  process.exit(2);
}
