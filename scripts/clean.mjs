// Without this, output of files that were renamed or removed stays in the package and in the tests.
import { rmSync } from "node:fs";

rmSync("dist", { recursive: true, force: true });
