// Every option of a run does something: with another value of it, something that can be observed is different.
import test from "ava";
import {
  emit,
  eof,
  type Limits,
  lazy,
  many,
  manyTill,
  or,
  type Parser,
  type RunConfig,
  recover,
  rule,
  run,
  seq,
} from "../src/index.ts";
import { jsonRelaxed, lexeme, oneOf, string, takeWhile1 } from "../src/lex/index.ts";
import {
  flowController,
  parse,
  parseEach,
  runStream,
  type StreamEvent,
  type StreamingConfig,
} from "../src/stream/index.ts";
import { deepEqual } from "./_equal.ts";

const a = string("a");
const letters = takeWhile1("ab");
const collect = { mode: "collect" } as const;
const items = manyTill(recover(seq(a, string(";")), string(";"), "?"), eof);
const inner: Parser<unknown> = or(
  seq(
    string("("),
    lazy(() => inner),
    string(")"),
  ),
  a,
);
const values = many(emit(a));

/** What a run says. */
function said(input: string, parser: Parameters<typeof run>[0], config: RunConfig): unknown {
  const { ok, diagnostics, recovered } = run(parser, input, config);
  return { ok, recovered, diagnostics };
}

/** How a streamed run rests, or ends. */
function rested(config: StreamingConfig, input = "aa", parser: Parameters<typeof runStream>[0] = values): unknown {
  const outcome = runStream(parser, input, config);
  const { kind, emitted } = outcome;
  return [kind, emitted, outcome.kind === "pending" ? [outcome.reason, outcome.demand] : outcome.result.diagnostics];
}

/** How often a source is asked by the time that a first value is taken. */
async function asked(mode: NonNullable<StreamingConfig["mode"]>): Promise<number> {
  let pulls = 0;
  const source = (async function* () {
    for (; pulls < 5; pulls++) yield "a";
  })();
  for await (const _ of parseEach(values, source, { mode })) {
    await new Promise((resolve) => setTimeout(resolve));
    break;
  }
  return pulls;
}

function heard(config: StreamingConfig): readonly StreamEvent[] {
  const events: StreamEvent[] = [];
  runStream(values, "aa", { ...config, onDiagnostic: (event) => void events.push(event) });
  return events;
}

async function never(config: StreamingConfig): Promise<unknown> {
  const silent = (async function* (): AsyncGenerator<string> {
    yield "a";
    await new Promise((resolve) => setTimeout(resolve, 50));
  })();
  return (await parse(values, silent, config)).result.diagnostics.map(({ code }) => code);
}

function stopped(config: StreamingConfig): unknown {
  try {
    return rested(config);
  } catch (error) {
    return error;
  }
}

function traced(config: RunConfig): readonly string[] {
  const steps: string[] = [];
  run(rule("letters", letters), "ab", {
    ...config,
    extensions: { trace: { onTrace: ({ name }) => void steps.push(name) } },
  });
  return steps;
}

const limited = (limits: Limits, input: string, parser: Parameters<typeof run>[0]): unknown =>
  said(input, parser, { limits });

/** By option: what is observed with one value of it, and with another. */
const effects: Readonly<Record<string, () => readonly [unknown, unknown] | Promise<readonly [unknown, unknown]>>> = {
  requireEof: () => [said("ab", a, { requireEof: true }), said("ab", a, { requireEof: false })],
  trace: () => [traced({ trace: true }), traced({ trace: false })],
  mergeWarnings: () => {
    const merging = (mergeWarnings: boolean): unknown =>
      said("b;b;", items, { mergeWarnings, extensions: { recover: collect } });
    return [merging(true), merging(false)];
  },
  locale: () => [said("b", a, { locale: "en" }), said("b", a, { locale: "ja" })],
  source: () => [said("b", a, {}), said("b", a, { source: "file" })],
  input: () => {
    const read = (input: "text" | "binary"): unknown =>
      run(letters, Uint8Array.of(0x61, 0xff), { input, requireEof: false });
    return [read("text"), read("binary")];
  },
  decode: () => {
    const read = (decode: "fatal" | "replace"): unknown => run(oneOf("\ufffd"), Uint8Array.of(0xff), { decode }).ok;
    return [read("fatal"), read("replace")];
  },
  limits: () => [limited({}, "ab", letters), limited({ maxTokenUnits: 1 }, "ab", letters)],
  extensions: () => [said("b;", items, {}), said("b;", items, { extensions: { recover: collect } })],
  signal: () => [stopped({}), stopped({ signal: AbortSignal.abort("no") })],
  mode: async () => [await asked("pull"), await asked("push")],
  flow: () => [rested({}), rested({ flow: flowController({ highWatermark: 1 }) })],
  demandCap: () => [rested({}), rested({ demandCap: { frames: 1 } })],
  pendingTimeout: async () => [await never({}), await never({ pendingTimeout: 1 })],
  onDiagnostic: () => [[], heard({})],
  resumeNotes: () => [heard({}), heard({ resumeNotes: true })],
  yieldEvery: () => [rested({}), rested({ yieldEvery: { steps: 1 } })],
  "limits.maxDepth": () => [limited({}, "((a))", inner), limited({ maxDepth: 1 }, "((a))", inner)],
  "limits.maxBufferedUnits": () => {
    const kept = or(seq(letters, string("!")).attempt(), letters);
    return [limited({}, "abab", kept), limited({ maxBufferedUnits: 2 }, "abab", kept)];
  },
  "limits.maxTokenUnits": () => [limited({}, "ab", letters), limited({ maxTokenUnits: 1 }, "ab", letters)],
  "limits.maxDiagnostics": () => {
    const most = (maxDiagnostics: number): unknown =>
      said("b;a;b;", items, { limits: { maxDiagnostics }, extensions: { recover: collect } });
    return [most(2), most(1)];
  },
  "limits.maxSteps": () => [limited({}, "aaaa", many(a)), limited({ maxSteps: 2 }, "aaaa", many(a))],
  "extensions.lex.profile": () => {
    const read = (extensions: RunConfig["extensions"]): unknown => run(lexeme(a), "a//", { extensions }).ok;
    return [read({}), read({ lex: { profile: jsonRelaxed } })];
  },
  "extensions.recover.mode": () => [
    said("b;", items, { extensions: { recover: { mode: "off" } } }),
    said("b;", items, { extensions: { recover: collect } }),
  ],
  "extensions.recover.maxResyncUnits": () => [
    said("bb;", items, { extensions: { recover: collect } }),
    said("bb;", items, { extensions: { recover: { ...collect, maxResyncUnits: 1 } } }),
  ],
  "extensions.recover.maxRecoveries": () => [
    said("b;", items, { extensions: { recover: collect } }),
    said("b;", items, { extensions: { recover: { ...collect, maxRecoveries: 0 } } }),
  ],
  "extensions.trace.onTrace": () => [[], traced({ trace: true })],
  "extensions.stream.checkpoint": () => [
    said("ba", a, {}),
    said("ba", a, { extensions: { stream: { checkpoint: 1 } } }),
  ],
  "extensions.stream.resumeHint": () => [
    rested({}),
    rested({ extensions: { stream: { resumeHint: { preferredBytes: 7 } } } }),
  ],
  "extensions.stream.flow": () => [
    rested({}),
    rested({ extensions: { stream: { flow: flowController({ highWatermark: 1 }) } } }),
  ],
};

/** Typed, and refused: `spec/run/misuse.spec.ts`. */
const notBuilt = ["packrat", "leftRecursion", "profile", "limits.maxMemoBytes"];

/** The names that the refusal of another one lists. */
function namesIn(config: object, before = ""): string[] {
  try {
    run(a, "a", config as RunConfig);
  } catch (error) {
    return (/ (?:are|is) ([\w, ]+)$/.exec(String(error))?.[1] ?? "").split(", ").map((name) => `${before}${name}`);
  }
  return [];
}

test("every option is among those that have an effect", (t) => {
  const nothing = "zzzzzzzz";
  const extensions = ["lex", "recover", "trace", "stream"].flatMap((space) =>
    namesIn({ extensions: { [space]: { [nothing]: 1 } } }, `extensions.${space}.`),
  );
  const all = [...namesIn({ [nothing]: 1 }), ...namesIn({ limits: { [nothing]: 1 } }, "limits."), ...extensions];
  t.deepEqual(all.sort(), [...Object.keys(effects), ...notBuilt].sort());
});

for (const [option, observed] of Object.entries(effects)) {
  test(`${option} has an effect`, async (t) => {
    const [one, other] = await observed();
    t.not(deepEqual(one, other), undefined);
  });
}
