// The fixed texts that the alternatives of a long choice begin with, sorted: those that agree with the input are found without
// looking at the others.

export class WordList {
  /** By alternative. */
  readonly texts: readonly string[];
  /** Where the code of each alternative begins. */
  readonly targets: number[] = [];
  /** Alternatives by their texts, and of one text by their order. */
  readonly #sorted: Int32Array;

  constructor(texts: readonly string[]) {
    this.texts = texts;
    const order = texts.map((_, alternative) => alternative);
    order.sort((a, b) => {
      const [left, right] = [texts[a] as string, texts[b] as string];
      return left < right ? -1 : left > right ? 1 : a - b;
    });
    this.#sorted = Int32Array.from(order);
  }

  /**
   * The first alternative from `from` on whose text stands in the input or may still come.
   *
   * @param end where the units end that have come. @param closed whether nothing comes after them.
   * @returns its number; -1 if there is none.
   */
  find(units: Uint16Array, pos: number, end: number, closed: boolean, from: number): number {
    let [low, high] = [0, this.#sorted.length];
    let first = -1;
    for (let k = 0; low < high; k++) {
      // of the texts that agree in k units, those that end there come before the others
      const whole = this.#below(low, high, k, -1);
      if (whole > low) {
        const next = this.#from(low, whole, from);
        if (next < whole) first = earlier(first, this.#sorted[next] as number);
      }
      low = whole;
      if (pos + k >= end) return closed ? first : this.#earliest(low, high, from, first);
      const unit = units[pos + k] as number;
      const to = this.#below(low, high, k, unit);
      low = this.#below(low, high, k, unit - 1);
      high = to;
    }
    return first;
  }

  /** Whether it contains a text. */
  has(text: string): boolean {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#text(middle) < text) low = middle + 1;
      else high = middle;
    }
    return low < this.#sorted.length && this.#text(low) === text;
  }

  /** The alternatives whose texts agree with the input in at least so many units. */
  alike(units: Uint16Array, pos: number, end: number, least: number): number[] {
    let [low, high] = [0, this.#sorted.length];
    for (let k = 0; k < least && low < high; k++) {
      if (pos + k >= end) return [];
      const unit = units[pos + k] as number;
      const to = this.#below(low, high, k, unit);
      low = this.#below(low, high, k, unit - 1);
      high = to;
    }
    return Array.from(this.#sorted.subarray(low, high)).sort((a, b) => a - b);
  }

  /** Whether a place in the code belongs to an alternative. @param end where the choice is given up. */
  holds(pc: number, end: number): boolean {
    return pc >= (this.targets[0] ?? end) && pc < end;
  }

  #text(place: number): string {
    return this.texts[this.#sorted[place] as number] as string;
  }

  /** The end of those, of texts that agree in k units, of which the k-th unit is at most this one; a text that has none has -1. */
  #below(from: number, to: number, k: number, unit: number): number {
    let [low, high] = [from, to];
    while (low < high) {
      const middle = (low + high) >> 1;
      const text = this.#text(middle);
      if (text.length <= k || text.charCodeAt(k) <= unit) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The first place, of those with one text, with an alternative from `from` on. */
  #from(begin: number, to: number, from: number): number {
    let [low, high] = [begin, to];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle] as number) < from) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #earliest(low: number, high: number, from: number, known: number): number {
    let first = known;
    for (let place = low; place < high; place++) {
      const alternative = this.#sorted[place] as number;
      if (alternative >= from) first = earlier(first, alternative);
    }
    return first;
  }
}

function earlier(a: number, b: number): number {
  return a < 0 || b < a ? b : a;
}
