// Chevrotain with embedded actions, set up as its own benchmarks do it: offsets only, alternatives made once, checks of
// the grammar off, one token of look-ahead.
import { createToken, EmbeddedActionsParser, Lexer, type TokenType } from "chevrotain";
import type { BatchPeer } from "./peer.ts";

const token = (name: string, pattern: RegExp | string): TokenType => createToken({ name, pattern });

const leftBrace = token("leftBrace", "{");
const rightBrace = token("rightBrace", "}");
const leftBracket = token("leftBracket", "[");
const rightBracket = token("rightBracket", "]");
const comma = token("comma", ",");
const colon = token("colon", ":");
const yes = token("yes", "true");
const no = token("no", "false");
const nothing = token("nothing", "null");
const text = token("text", /"(?:[^\\"\u0000-\u001f]|\\(?:[bfnrt"\\/]|u[0-9a-fA-F]{4}))*"/);
const decimal = token("decimal", /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/);
const space = createToken({ name: "space", pattern: /[ \t\n\r]+/, group: Lexer.SKIPPED, line_breaks: true });

const tokens = [space, decimal, text, comma, colon, leftBrace, rightBrace, leftBracket, rightBracket, yes, no, nothing];
const lexer = new Lexer(tokens, { ensureOptimizations: true, positionTracking: "onlyOffset" });

function unquoted(image: string): string {
  return image.includes("\\") ? (JSON.parse(image) as string) : image.slice(1, -1);
}

class JsonParser extends EmbeddedActionsParser {
  readonly value: () => unknown;

  constructor() {
    super(tokens, { recoveryEnabled: false, maxLookahead: 1, skipValidations: true });

    const object = this.RULE("object", () => {
      const result: Record<string, unknown> = {};
      this.CONSUME(leftBrace);
      this.MANY_SEP({
        SEP: comma,
        DEF: () => {
          const key = this.CONSUME(text).image;
          this.CONSUME(colon);
          const member = this.SUBRULE(value);
          this.ACTION(() => {
            result[unquoted(key)] = member;
          });
        },
      });
      this.CONSUME(rightBrace);
      return result;
    });

    const array = this.RULE("array", () => {
      const result: unknown[] = [];
      this.CONSUME(leftBracket);
      this.MANY_SEP({
        SEP: comma,
        DEF: () => {
          result.push(this.SUBRULE(value));
        },
      });
      this.CONSUME(rightBracket);
      return result;
    });

    const alternatives = [
      { ALT: () => unquoted(this.CONSUME(text).image) },
      { ALT: () => Number(this.CONSUME(decimal).image) },
      { ALT: () => this.SUBRULE(object) },
      { ALT: () => this.SUBRULE(array) },
      {
        ALT: () => {
          this.CONSUME(yes);
          return true;
        },
      },
      {
        ALT: () => {
          this.CONSUME(no);
          return false;
        },
      },
      {
        ALT: () => {
          this.CONSUME(nothing);
          return null;
        },
      },
    ];
    const value: () => unknown = this.RULE("value", () => this.OR(alternatives));
    this.value = value;
    this.performSelfAnalysis();
  }
}

const parser = new JsonParser();

export const chevrotain: BatchPeer = {
  name: "chevrotain",
  parse(source) {
    const lexed = lexer.tokenize(source);
    parser.input = lexed.tokens;
    const result = parser.value();
    const error = lexed.errors[0] ?? parser.errors[0];
    if (error !== undefined) throw new SyntaxError(error.message);
    return result;
  },
};
