// Every message in English. The other locales have the same keys, and each template there the same places for arguments.

/** Templates by key; `{0}`, `{1}` … stand for the arguments. */
export const ENGLISH = {
  // what a diagnostic says
  expected: "expected {0}",
  "expected.end": "unexpected end of input, expected {0}",
  end: "unexpected end of input",
  refused: "this can't stand here",
  E2001: "operator '{0}' can't be chained with '{1}': parentheses must say which comes first",
  E3001: "the body of this repetition succeeds without consuming",
  E4001: "left recursion: {0}",
  "E4001.andThen": "left recursion: andThen goes on without reading",
  "stream.decode": "malformed UTF-8 at byte {0}",
  "limit.token": "this token is longer than {0} units; raise limits.maxTokenUnits if it is to be accepted",
  "limit.token.from": "it begins here",
  "limit.buffer":
    "more than {0} units have to be kept in case the parse comes back; raise limits.maxBufferedUnits, or let the grammar decide sooner",
  "limit.buffer.from": "kept from here on",
  "limit.depth": "the input nests deeper than {0} levels; raise limits.maxDepth if it is to be accepted",
  "limit.steps": "the parse takes more than {0} steps; raise limits.maxSteps if such input is to be accepted",
  "limit.diagnostics": "there are more than {0} errors; raise limits.maxDiagnostics to be told of the others",
  "limit.diagnostics.warnings": "{0} more warnings from here on; raise limits.maxDiagnostics to be told of them",
  keywordRunTogether: 'the keyword "{0}" runs together with what follows it',
  reservedWord: '"{0}" is a reserved word',
  bidiControl: "the invisible character {0}, which changes the direction of text, can't stand here",
  notNfc: '"{0}" is not in the Unicode normalization form NFC',
  confusable: '"{0}" looks like "{1}"',
  mixedScripts: '"{0}" mixes scripts whose letters look alike',
  opened: "opened here",
  found: "found {0}",
  parsing: "while parsing {0}",

  // what is wrong with a number, a literal, an indentation
  E7101: "{0} is out of range: in radix {1}, it must be from {2} to {3}",
  E7102: "{0} is no decimal number",
  "E7102.range": "{0} is out of the range of a float: its digits, in radix {3}, must make a number from {1} to {2}",
  E7103: "{0} is no whole number in radix {1}",
  "E7103.digit": "this is no digit in radix {0}",
  E7201: "{0} is no escape; there are {1}",
  "E7201.line": "the end of a line is no escape; there are {0}",
  "E7202.half": "{0} is no Unicode scalar value: it is half of a surrogate pair",
  "E7202.beyond": "{0} is no Unicode scalar value: it is more than 10FFFF",
  E7203: "the line ends inside this literal; write \\n for a line end, or close it",
  "E7204.none": "a character literal holds one character, this one none",
  "E7204.more": "a character literal holds one character (code point), this one more",
  E7301: "this line is indented as no block that is open",
  "E7301.deeper": "this line is indented deeper than its block",
  E7302: "tabs and spaces are mixed, so that this line can't be compared with its block",

  // what a run that rests waits for
  "resume.bytes": "bytes needed to go on: {0} at least, or the end of the input",
  "resume.take": "take what was emitted, then go on with an empty chunk",
  "resume.turn": "its turn is over; go on with an empty chunk",
  "resume.inside": "inside {0}",
  "resume.next": "next could be {0}",
  "resume.held": "units held: {0}, from offset {1} on",
  "resume.checkpoint": "the last checkpoint ended at offset {0}",

  // how expectations are called, and put together
  "name.text": '"{0}"',
  "name.any": "any character",
  "name.class": "one of [{0}]",
  "name.not": "something other than {0}",
  "name.end": "end of input",
  "list.comma": "{0}, {1}",
  "list.or": "{0} or {1}",
  "list.more": "{0} … and {1} more",

  // what is printed around them
  error: "error",
  warning: "warning",
  info: "info",
  note: "note",
  help: "help",
  here: "here",
  trace: "trace",
  "trace.last": "last {0} of {1}",
  byte: "byte {0}",
  insert: "insert {0}",
  replace: "replace {0} with {1}",
  remove: "remove {0}",
  "count.error.one": "{0} error",
  "count.error.other": "{0} errors",
  "count.warning.one": "{0} warning",
  "count.warning.other": "{0} warnings",
  "count.info.one": "{0} remark",
  "count.info.other": "{0} remarks",
} as const;

/** The keys that the engine itself uses. */
export type TemplateKey = keyof typeof ENGLISH;
