// The grammars that come with the package and its documentation, and a few small ones as people write them, each with an
// input: what the super-instructions are for.

import { calculation } from "../../docs/examples/calculator.ts";
import { responses } from "../../docs/examples/http-response.ts";
import { ini } from "../../docs/examples/ini.ts";
import { log } from "../../docs/examples/log.ts";
import { multipart } from "../../docs/examples/multipart.ts";
import { refs } from "../../docs/examples/pkt-line.ts";
import { program } from "../../docs/examples/pl0.ts";
import { replies } from "../../docs/examples/resp.ts";
import { json, jsonValue } from "../../src/formats/json.ts";
import {
  type AnyParser,
  between,
  choice,
  delimited,
  each,
  eof,
  lazy,
  many,
  map,
  opt,
  or,
  type Parser,
  rule,
  separatedPair,
  sepBy,
  sepBy1,
  seq,
  skipL,
  skipR,
} from "../../src/index.ts";
import {
  charSet,
  identifier,
  lexeme,
  number,
  spaces0,
  string,
  stringLit,
  symbol,
  takeWhile,
  takeWhile1,
} from "../../src/lex/index.ts";

interface Shipped {
  readonly name: string;
  readonly parser: AnyParser;
  readonly input: string;
  /** The characters of the input stand for bytes. */
  readonly binary?: boolean;
}

const lineEnd = string("\n");
const field = takeWhile(charSet(',"\\n').complement());
const quoted = delimited(string('"'), takeWhile(charSet('"').complement()), string('"'));
const csv = each(skipR(sepBy1(or(quoted, field), string(",")), lineEnd));

const eventLine = seq(
  takeWhile1(charSet("a-z")),
  skipL(seq(string(":"), opt(string(" "))), takeWhile(charSet("\\n").complement())),
);
const serverEvents = each(skipR(many(skipR(eventLine, lineEnd)), lineEnd));

type Setting = string | number | boolean | Setting[] | { [name: string]: Setting };
const setting: Parser<Setting> = lazy(() =>
  choice<Setting, never, readonly Parser<Setting>[]>([
    lexeme(stringLit),
    lexeme(number),
    symbol("on").as(true),
    symbol("off").as(false),
    rule("list", between(symbol("["), sepBy(setting, symbol(",")), symbol("]"))),
    rule("group", map(between(symbol("{"), sepBy(named, symbol(",")), symbol("}")), Object.fromEntries<Setting>)),
  ]),
);
const named = separatedPair(or(lexeme(stringLit), lexeme(identifier)), symbol("="), setting);
const settings = skipR(skipL(spaces0, map(many(named), Object.fromEntries<Setting>)), eof);

type Form = string | number | Form[];
const form: Parser<Form> = lazy(() =>
  choice<Form, never, readonly Parser<Form>[]>([
    rule("list", between(symbol("("), many(form), symbol(")"))),
    lexeme(number),
    lexeme(takeWhile1(charSet("a-z+*<=?"))),
  ]),
);

const queryText = takeWhile1(charSet("&=").complement());
const query = map(sepBy(separatedPair(queryText, string("="), queryText), string("&")), Object.fromEntries<string>);

const OK = "HTTP/1.1 200 OK\r\n";
const ID = "0123456789abcdef0123456789abcdef01234567";

export const shipped: readonly Shipped[] = [
  {
    name: "JSON",
    parser: json,
    input: '{ "a": [1, -2.5, {"b": "x\\n", "c": true}], "é": { "d": [], "e": [[3], [null]] } }',
  },
  {
    name: "NDJSON",
    parser: each(jsonValue),
    input: '{"id": 1, "tags": ["a", "b"]}\n{"id": 2, "tags": []}\n[1, 2.5]\n',
  },
  { name: "calculator", parser: calculation, input: "2 * max(x, 3.5) + -(y - 1) ^ 2" },
  {
    name: "PL/0",
    parser: program,
    input:
      "const m = 7, k = 85; var n, f; begin n := 5; { loop } while n > 0 do begin f := f * (n + 1); n := n - 1 end; ! f end.",
  },
  {
    name: "INI",
    parser: ini,
    input: 'top = 1\n[server] ; it\nhost = example.org\nport=80\n[text]\n a = "b \\"c\\"" # d\n',
  },
  {
    name: "log",
    parser: log,
    input: '2024-05-01T12:00:00.250Z WARN disk=sda1 message="nearly \\"full\\""\n2024-05-01T12:00:00Z INFO\n',
  },
  { name: "RESP", parser: replies, input: "*3\r\n:1\r\n*2\r\n+a\r\n$-1\r\n$1\r\nb\r\n-ERR no\r\n", binary: true },
  {
    name: "HTTP",
    parser: responses,
    input: `${OK}Content-Length: 2\r\nServer: a b\r\n\r\nab${OK}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n`,
    binary: true,
  },
  {
    name: "multipart",
    parser: multipart("x7"),
    input: '--x7\r\nContent-Disposition: form-data; name="a"\r\n\r\none\r\n--x7 \r\nX-A: b\r\n\r\n\r\n--x7--\r\n',
    binary: true,
  },
  {
    name: "pkt-line",
    parser: refs,
    input: `0050${ID} HEAD\0side-band-64k agent=git/2.39 \n003a${ID} refs/heads/m\n0000`,
    binary: true,
  },
  { name: "CSV", parser: csv, input: '1,"Smith, A",0.5,naïve,,2024-02-29\n2,"b",,,,\n' },
  { name: "server-sent events", parser: serverEvents, input: "event: tick\nid: 1\ndata: – more –\n\ndata:x\n\n" },
  {
    name: "settings",
    parser: settings,
    input:
      'host = "example.org"\nports = [80, 443]\ntls = { on_start = on, names = ["a", "b"], "deep down" = { "x" = 1.5 } }\nnone = []\n',
  },
  { name: "S-expressions", parser: many(form), input: "(define (square x) (* x x)) (square 12)" },
  { name: "query", parser: query, input: "a=1&b=x%20y&c=z" },
];
