// Everything public under "sluice/formats/csv".
export { csv } from "./csv.ts";
export { type DetectedCsv, detectCsv } from "./detect.ts";
export type { CellOf, CsvColumn, CsvDialect, CsvOptions, CsvRecord } from "./options.ts";
