// Input bytes, whatever views or holds them, of any realm (semantics, rule 40). `instanceof` sees only what the engine's own
// realm has made; a buffer's internal slot and `ArrayBuffer.isView` see the others (`vm`, jest, jsdom, frames).

/** What views or holds bytes: `Uint8Array`, `Buffer`, `DataView`, other typed arrays, `ArrayBuffer`, `SharedArrayBuffer`. */
export type Bytes = ArrayBufferView | ArrayBufferLike;

type Getter = (this: unknown) => number;

/** Throws for what has not the internal slot of such a buffer (ECMA-262, `get ArrayBuffer.prototype.byteLength`). */
const lengthOf = lengthGetter(ArrayBuffer) as Getter;
/** The same for shared ones, which not every platform has. */
const sharedLengthOf = lengthGetter(globalThis.SharedArrayBuffer);

function lengthGetter(type: { readonly prototype: object } | undefined): Getter | undefined {
  return type === undefined ? undefined : Object.getOwnPropertyDescriptor(type.prototype, "byteLength")?.get;
}

function hasSlot(getter: Getter | undefined, value: unknown): boolean {
  try {
    return getter !== undefined && getter.call(value) >= 0;
  } catch {
    return false;
  }
}

/** Up to this the platform may have made no buffer yet, and making one to look at costs more than a copy. */
const SMALL = 64;

/**
 * Something as bytes, if it is such: as it is, as a view of its bytes, or as a copy where it is small, or shared: another
 * thread may write to that.
 *
 * @throws TypeError, with the message, if its buffer was transferred away.
 */
export function bytesOf(value: unknown, whenDetached: string): Uint8Array | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (value instanceof Uint8Array && value.length > 0 && value.length <= SMALL) return new Uint8Array(value);
  const view = ArrayBuffer.isView(value) ? value : undefined;
  if (view === undefined && !hasSlot(lengthOf, value) && !hasSlot(sharedLengthOf, value)) return undefined;
  const buffer = view?.buffer ?? (value as ArrayBufferLike);
  const length = (view ?? buffer).byteLength;
  if (length === 0 && isDetached(buffer)) throw new TypeError(whenDetached);
  const isShared = sharedLengthOf !== undefined && !hasSlot(lengthOf, buffer);
  if (view instanceof Uint8Array && !isShared) return view;
  const bytes = new Uint8Array(buffer, view?.byteOffset ?? 0, length);
  return isShared ? new Uint8Array(bytes) : bytes;
}

/** Whether a buffer that looks empty was transferred to somewhere else (ECMA-262, IsDetachedBuffer). */
function isDetached(buffer: ArrayBufferLike): boolean {
  try {
    new Uint8Array(buffer);
    return false;
  } catch {
    return true;
  }
}
