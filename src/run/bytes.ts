// Input bytes, from any object that contains bytes, of any realm (semantics, rule 40). `instanceof` recognises only
// objects of this realm; a buffer's internal slot and `ArrayBuffer.isView` recognise the others (`vm`, jest, jsdom,
// frames).

/**
 * Objects that contain bytes: `Uint8Array`, `Buffer`, `DataView`, other typed arrays, `ArrayBuffer`,
 * `SharedArrayBuffer`.
 */
export type Bytes = ArrayBufferView | ArrayBufferLike;

type Getter = (this: unknown) => number;

/** Throws for objects without the internal slot of such a buffer (ECMA-262, `get ArrayBuffer.prototype.byteLength`). */
const lengthOf = lengthGetter(ArrayBuffer) as Getter;
/** The same for shared buffers, which not every platform has. */
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

/**
 * Up to this size the platform may not have allocated a buffer yet, and allocating one for a check costs more than a
 * copy.
 */
const SMALL = 64;

/**
 * A value as bytes, if it contains bytes: the value itself, a view of its bytes, or a copy if it is small, or shared,
 * since another thread may write to it.
 *
 * @throws TypeError, with the message, if its buffer was transferred.
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

/** Whether a buffer that looks empty was transferred (ECMA-262, IsDetachedBuffer). */
function isDetached(buffer: ArrayBufferLike): boolean {
  try {
    new Uint8Array(buffer);
    return false;
  } catch {
    return true;
  }
}
