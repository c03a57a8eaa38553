// Bundles what is published: one file for each subpath of the package, and shared files for what several need. A program
// that imports one subpath then loads a few files, not two hundred. Parsers keep their programs by identity, so no part
// may stand in two files: one build makes all of them.
import { rmSync } from "node:fs";
import { rolldown } from "rolldown";
import { names } from "./published.mjs";

rmSync("dist/lib", { recursive: true, force: true });
const bundle = await rolldown({
  input: Object.fromEntries(names.map((name) => [name, `dist/src/${name}.js`])),
  // other packages, and `#regex-libraries`, which the conditions of package.json decide
  external: /^[^./]/,
  treeshake: { moduleSideEffects: false },
  platform: "neutral",
});
await bundle.write({
  dir: "dist/lib",
  chunkFileNames: "shared/[name].js",
  // an import for its effects alone has none here, and bundlers of users warn of it
  hoistTransitiveImports: false,
  comments: false,
});
