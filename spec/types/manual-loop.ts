// The control loop, driven by hand.
import { each } from "sluice";
import { jsonValue } from "sluice/formats/json";
import { CLOSED, parseLoop } from "sluice/stream";

const values = each(jsonValue);

export async function pump(socket: AsyncIterable<Uint8Array>, put: (value: unknown) => void): Promise<number> {
  const loop = parseLoop(values);
  let step = await loop.next();
  for await (const chunk of socket) {
    if (step.done) break;
    step = await loop.next(chunk);
    for (const item of step.value.emitted) put(item);
  }
  while (!step.done) step = await loop.next(CLOSED);
  const { result, meta } = step.value;
  if (!result.ok) throw new Error(result.diagnostics[0]?.message ?? "?");
  return result.value + meta.consumedBytes;
}

export async function wrong(): Promise<void> {
  // @ts-expect-error a for-of over the loop would feed nothing for ever
  for await (const pending of parseLoop(values)) console.log(pending.demand);
}
