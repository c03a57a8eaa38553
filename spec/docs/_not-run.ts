// The blocks of code in the documentation that no test runs, each with the reason.

interface NotRun {
  readonly page: string;
  /** The first words of the block; or else the section whose blocks are all meant. */
  readonly begins?: string;
  readonly section?: string;
  readonly reason: string;
  /** The folder in whose files the block stands word for word, if it is an excerpt. */
  readonly excerptOf?: string;
}

const DRAWING = "a drawing";
const COMMAND = "a command for a shell";
const QUOTED = "output of a program that is not installed here";

export const NOT_RUN: readonly NotRun[] = [
  { page: "README.md", begins: "npm install sluice", reason: COMMAND },
  { page: "docs/performance.md", begins: "npm ci && npm run build", reason: COMMAND },
  { page: "docs/design.md", begins: " combinators           analysis, lowering", reason: DRAWING },
  { page: "docs/design.md", begins: "     base            mark", reason: DRAWING },
  { page: "docs/design.md", begins: "     JSON, inside", reason: DRAWING },
  { page: "docs/design.md", begins: "   continuation 1", reason: DRAWING },
  { page: "docs/design.md", begins: "   runStream, resume, parseLoop", reason: DRAWING },
  {
    page: "docs/instructions.md",
    begins: "/** Reads this unit, or goes elsewhere. */",
    reason: "an excerpt of the definitions, which are not TypeScript by themselves",
    excerptOf: "src/machine/instructions/groups/",
  },
  { page: "docs/errors-compared.md", section: "Beside a compiler", reason: QUOTED },
  { page: "docs/errors-compared.md", section: "Beside elm and megaparsec", reason: QUOTED },
];
