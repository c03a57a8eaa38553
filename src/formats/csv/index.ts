// Everything public under "sluice/formats/csv".
export { csv } from "./csv.ts";
export { type ColumnType, type DetectedCsv, detectCsv } from "./detect.ts";
export type { CellOf, CsvColumn, CsvDialect, CsvOptions, CsvRecord } from "./options.ts";
