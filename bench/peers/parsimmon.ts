// Parsimmon, with a regular expression for each token, as its documentation does it.
import P, { type Parsed } from "parsimmon";
import type { BatchPeer } from "./peer.ts";

const space = P.regexp(/[ \t\n\r]*/);
const token = <T>(parser: Parsed<T>): Parsed<T> => parser.skip(space);
const symbol = (text: string): Parsed<string> => token(P.string(text));

const string = token(P.regexp(/"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/))
  .map((image) => (image.includes("\\") ? (JSON.parse(image) as string) : image.slice(1, -1)))
  .desc("string");
const number = token(P.regexp(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/))
  .map(Number)
  .desc("number");
const comma = symbol(",");
const colon = symbol(":");

const value: Parsed<unknown> = P.lazy(() =>
  P.alt<unknown>(
    object,
    array,
    string,
    number,
    symbol("true").result(true),
    symbol("false").result(false),
    symbol("null").result(null),
  ),
);
const member = P.seqMap(string, colon, value, (key, _, of) => [key, of] as const);
const object = symbol("{").then(member.sepBy(comma)).skip(symbol("}")).map(Object.fromEntries);
const array = symbol("[").then(value.sepBy(comma)).skip(symbol("]"));
const document = space.then(value);

export const parsimmon: BatchPeer = { name: "parsimmon", parse: (text) => document.tryParse(text) };
