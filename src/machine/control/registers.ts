// The registers of a machine. A copy of the machine takes over all of them: `assign` names each once. The two methods below it
// name those that are places of the window or slots of the live stack.
import { type ClassTable, classesOf } from "../../compile/code/class-table.ts";
import type { Program } from "../../compile/code/program.ts";
import type { Position } from "../../text/index.ts";
import { NONE, QUIET } from "../memory/frames.ts";
import type { Deferred } from "./deferred.ts";
import { Usage } from "./limits.ts";
import type { Fatal } from "./options.ts";
import { type Recoveries, UNRECOVERED } from "./recovery.ts";

const START: Position = { offset: 0, byteOffset: 0, line: 1, column: 1 };

/**
 * Each field has its final representation from the start, so that all machines keep one hidden class: a field that may hold a
 * double (an offset) begins with one.
 */
export class Registers {
  program: Program;
  /** The table in which `program` looks up characters. */
  classes: ClassTable;
  pc: number;
  pos = 0;
  sp = 0;
  fp = 0;
  rule = 0;
  val: unknown = undefined;
  /** Whether the innermost scope is committed: 0 or 1. */
  cut = 0;
  /** The farthest failure, as a place of the window; QUIET while none is recorded. */
  far = -1;
  /** The first entries of the record, as places in the code of `program`; 0 when the record is in `failure`. */
  farPc = 0;
  farPc2 = 0;
  /** The frame of the innermost rule that was open when the last entry was made and still is. */
  farRule = 0;
  /** The frame of the innermost `frame`; 0 if none is open. */
  boundary = 0;
  /** A cut was passed since the last entry (1): the next one replaces them all (semantics, rule 2). */
  stale = 0;
  /** The farthest failure when the first cut was passed since the record began; `NONE` if none was. */
  cutFar: number = NONE;
  /** How many rules have ended that were open then: the first of `failure.rules`. */
  left = 0;

  // marks: the lowest frame that needs text, and the lowest one that can go back. Where each began is valid while it is set
  textMark: number = NONE;
  textMarkAt: number = Number.NaN;
  returnMark: number = NONE;
  returnMarkAt: number = Number.NaN;
  // the lowest frame that a refusal may go back to: no failure is caught there, but what was read in it may be unread
  refineMark: number = NONE;
  refineMarkAt: number = Number.NaN;

  /** Where the text begins that the open `pieces` has not handed out yet; infinity if none is open. */
  pieceAt: number = Number.POSITIVE_INFINITY;

  // the outermost label that began where the innermost one did
  /** Where it began, as a place of the window; -1 if there is none. */
  labelAt = -1;
  labelPc = 0;
  labelProgram: Program;

  /** The number of the program in the record. */
  programNumber = 0;
  /** Whether emitted values are held that a failure could take back. */
  holding = false;
  /** Whether the text up to where parsing begins has come. */
  begun = false;
  /** Where parsing began. */
  start: Position = START;
  /** How many units the waiting leaf needs at least, if it said so. */
  wanted = 0;
  /** Whether a `lengthCount` has begun an element. */
  counted = false;
  /** The instructions run so far, and the units that were read again. */
  work = 0;
  error: Fatal | undefined = undefined;
  recoveries: Recoveries = UNRECOVERED;
  usage: Usage = new Usage();
  /** The code that is deferred until the value before it has left. */
  deferred: Deferred | undefined = undefined;
  /** Where the last parser began that was made while running (infinity before the first), and how many were made there. */
  madeAt: number = Number.POSITIVE_INFINITY;
  madeCount = 0;

  constructor(program: Program) {
    this.program = program;
    this.classes = classesOf(program);
    this.pc = program.entry;
    this.labelProgram = program;
  }

  copy(): Registers {
    const copy = new Registers(this.program);
    copy.assign(this);
    return copy;
  }

  assign(from: Registers): void {
    this.program = from.program;
    this.classes = from.classes;
    this.pc = from.pc;
    this.pos = from.pos;
    this.sp = from.sp;
    this.fp = from.fp;
    this.rule = from.rule;
    this.val = from.val;
    this.cut = from.cut;
    this.far = from.far;
    this.farPc = from.farPc;
    this.farPc2 = from.farPc2;
    this.farRule = from.farRule;
    this.boundary = from.boundary;
    this.stale = from.stale;
    this.cutFar = from.cutFar;
    this.left = from.left;
    this.textMark = from.textMark;
    this.textMarkAt = from.textMarkAt;
    this.returnMark = from.returnMark;
    this.returnMarkAt = from.returnMarkAt;
    this.refineMark = from.refineMark;
    this.refineMarkAt = from.refineMarkAt;
    this.pieceAt = from.pieceAt;
    this.labelAt = from.labelAt;
    this.labelPc = from.labelPc;
    this.labelProgram = from.labelProgram;
    this.programNumber = from.programNumber;
    this.holding = from.holding;
    this.begun = from.begun;
    this.start = from.start;
    this.wanted = from.wanted;
    this.counted = from.counted;
    this.work = from.work;
    this.error = from.error;
    this.recoveries = from.recoveries;
    this.usage = from.usage.copy();
    this.deferred = from.deferred;
    this.madeAt = from.madeAt;
    this.madeCount = from.madeCount;
  }

  /** The window begins so many units later. */
  windowMoved(by: number): void {
    this.pos -= by;
    if (this.far !== QUIET) this.far = Math.max(-1, this.far - by);
    if (this.cutFar !== NONE) this.cutFar = Math.max(-1, this.cutFar - by);
    this.labelAt = Math.max(-1, this.labelAt - by);
  }

  /** The live part of the stack has moved up by so many places. */
  stackMoved(by: number): void {
    this.fp += by;
    this.rule += by;
    this.farRule += by;
    this.boundary += by;
    if (this.textMark !== NONE) this.textMark += by;
    if (this.returnMark !== NONE) this.returnMark += by;
    if (this.refineMark !== NONE) this.refineMark += by;
  }
}
