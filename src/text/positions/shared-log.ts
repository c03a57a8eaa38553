// A list that grows at its end and is let go from its start. Copies cost a constant: they share one array, and the
// first that grows goes on in it; another that grows finds that the array is longer than its own part, and copies.
//
//   array   │ . . . a b c d │          ours: from a to d
//                 ▲       ▲            a copy made when c was last: from a to c, doesn't see d
//               #from    #to

/** An element of a log: something with an offset. */
export interface Placed {
  readonly offset: number;
}

/** A log of things in ascending order of their offsets. */
export class SharedLog<T extends Placed> {
  #items: T[] = [];
  #from = 0;
  #to = 0;

  get last(): T | undefined {
    return this.#to > this.#from ? this.#items[this.#to - 1] : undefined;
  }

  /** @param item is after all elements in the log. */
  push(item: T): void {
    if (this.#items.length !== this.#to) this.#detach();
    this.#items.push(item);
    this.#to++;
  }

  /** The last item at or before an offset; costs a binary search. */
  atOrBefore(offset: number): T | undefined {
    const index = this.#firstAfter(offset);
    return index > this.#from ? this.#items[index - 1] : undefined;
  }

  /** Removes the items before an offset, at a constant cost for each of them. */
  letGo(before: number): void {
    this.#from = this.#firstAfter(before - 1);
    // Half of the array is unused: now its memory is worth a copy of the rest.
    if (this.#from > 32 && this.#from * 2 > this.#items.length) this.#detach();
  }

  /** A copy that grows independently, at a constant cost. */
  fork(): SharedLog<T> {
    const copy = new SharedLog<T>();
    copy.#items = this.#items;
    copy.#from = this.#from;
    copy.#to = this.#to;
    return copy;
  }

  #detach(): void {
    this.#items = this.#items.slice(this.#from, this.#to);
    this.#to -= this.#from;
    this.#from = 0;
  }

  #firstAfter(offset: number): number {
    let low = this.#from;
    let high = this.#to;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#items[middle] as T).offset <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
