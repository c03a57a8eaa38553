// A program as a user would write it: compiled with the tests, and not run.
import { many, run, seq, unwrap } from "sluice";
import { identifier, int10, lineEnding, string } from "sluice/lex";
import { parseEach } from "sluice/stream";

const line = seq(identifier, string("="), int10)
  .skipR(lineEnding)
  .map(([name, , digits]) => ({ name, value: Number(digits) }));

for (const { name, value } of unwrap(run(many(line), "a=1\nb=2\n"))) console.log(name.toUpperCase(), value.toFixed());

const response = await fetch("https://example.org/metrics.txt");
for await (const { name, value } of parseEach(line, response)) console.log(name.toUpperCase(), value.toFixed());
