// Views of buffers that were transferred away: they look empty, and are not.

/** Whether the buffer of some bytes was transferred to somewhere else (ECMA-262, IsDetachedBuffer). */
export function isDetached(bytes: Uint8Array): boolean {
  if (bytes.length > 0) return false;
  try {
    new Uint8Array(bytes.buffer);
    return false;
  } catch {
    return true;
  }
}
