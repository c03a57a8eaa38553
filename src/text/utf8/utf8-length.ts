// The length of text in UTF-8, by the platform where it has a function for it.

interface ByteCounter {
  byteLength(text: string): number;
}
const platformBuffer: ByteCounter | undefined = (globalThis as unknown as { Buffer?: ByteCounter }).Buffer;

/** The length of text in UTF-8; a lone surrogate counts 3. */
export function utf8Length(text: string): number {
  if (platformBuffer !== undefined && text.length > 16) return platformBuffer.byteLength(text);
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    bytes += unit < 0x800 ? 1 : 2;
    if (unit >= 0xd800 && unit < 0xdc00) {
      const low = text.charCodeAt(i + 1);
      if (low >= 0xdc00 && low < 0xe000) i++; // a pair: 4 bytes in 2 units
    }
  }
  return bytes;
}
