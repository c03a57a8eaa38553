// The tests with large inputs and many runs of each property, for `npm run test:long` (see spec/_size.ts).
import { readFileSync } from "node:fs";

const { ava } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

export default { ...ava, environmentVariables: { SLUICE_LONG: "1" }, timeout: "20m" };
