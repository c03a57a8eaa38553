// A list that only grows. A copy costs a constant: copies share one array, and the first one that grows appends to it. Another
// that grows finds the array longer than its own part, and copies that part.

export class SharedList<T> {
  #items: T[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  get items(): readonly T[] {
    if (this.#items.length !== this.#length) this.#detach();
    return this.#items;
  }

  push(item: T): void {
    if (this.#items.length !== this.#length) this.#detach();
    this.#items.push(item);
    this.#length++;
  }

  /** A copy that grows independently. */
  fork(): SharedList<T> {
    const copy = new SharedList<T>();
    copy.#items = this.#items;
    copy.#length = this.#length;
    return copy;
  }

  #detach(): void {
    this.#items = this.#items.slice(0, this.#length);
  }
}
