// What an instruction does to the run, read off its body: whether it can fail, whether it can suspend, and its frames.

/** Calls in a body, those of its macros too. */
function callsIn({ macros }, body, seen = new Set()) {
  for (const [, name] of body.matchAll(/(?<![.\w])([a-zA-Z]\w*)\(/g)) {
    if (seen.has(name)) continue;
    seen.add(name);
    const macro = macros.get(name);
    if (macro !== undefined) callsIn({ macros }, macro.body, seen);
  }
  return seen;
}

/** All code of an instruction: its own, that of the one it shares it with, and that of the one it falls into. */
function codeOf(definitions, name) {
  const { body, as } = definitions.instructions.get(name);
  const own = body ?? codeOf(definitions, as);
  const [, next] = /fallsInto\(OP\.(\w+)\)/.exec(own) ?? [];
  return next === undefined ? own : own + codeOf(definitions, next);
}

export function effectsOf(definitions, name) {
  const body = codeOf(definitions, name);
  const calls = callsIn(definitions, body);
  const macros = [...calls].map((call) => definitions.macros.get(call)?.body ?? "").join("\n");
  const pushed = [...(body + macros).matchAll(/push\(FRAME\.(\w+)/g)].map(([, kind]) => `+${kind}`);
  const pops = calls.has("pop") || calls.has("popScope") || /\bsp = fp;/.test(body);
  return {
    fails: calls.has("fail"),
    waits: calls.has("wait"),
    frames: [...new Set([...pushed, ...(pops ? ["−"] : [])])],
  };
}
