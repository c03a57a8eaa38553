// Peggy, its grammar tuned: `$` for texts, a string without escapes tried first, alternatives in order of frequency.
import peggyLibrary from "peggy";
import type { BatchPeer } from "./peer.ts";

const grammar = String.raw`
document = _ @value _

value
  = string
  / number
  / object
  / array
  / "true" { return true; }
  / "false" { return false; }
  / "null" { return null; }

object
  = "{" _ members:(@member|.., _ "," _|) _ "}" {
      const result = {};
      for (let i = 0; i < members.length; i++) result[members[i][0]] = members[i][1];
      return result;
    }

member = @string _ ":" _ @value

array = "[" _ @value|.., _ "," _| _ "]"

string
  = '"' @$[^"\\\u0000-\u001f]* '"'
  / '"' parts:($[^"\\\u0000-\u001f]+ / escape)* '"' { return parts.join(""); }

escape
  = "\\" @(
      '"'
      / "\\"
      / "/"
      / "b" { return "\b"; }
      / "f" { return "\f"; }
      / "n" { return "\n"; }
      / "r" { return "\r"; }
      / "t" { return "\t"; }
      / "u" digits:$([0-9a-f]i [0-9a-f]i [0-9a-f]i [0-9a-f]i) { return String.fromCharCode(parseInt(digits, 16)); }
    )

number = digits:$("-"? ("0" / [1-9] [0-9]*) ("." [0-9]+)? ([eE] [+-]? [0-9]+)?) { return +digits; }

_ = [ \t\n\r]*
`;

const parser = peggyLibrary.generate(grammar);

export const peggy: BatchPeer = { name: "peggy", parse: (text) => parser.parse(text) };
