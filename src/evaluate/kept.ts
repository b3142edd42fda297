// Keeps what is made for a run or for a subset of a test set's items: systems mostly answer the same items, and each is
// compared with several others.

/** A function that makes a value once for each key. */
export function keptFor<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const kept = new Map<Key, Value>();
  return (key) => {
    if (!kept.has(key)) kept.set(key, make(key));
    return kept.get(key)!;
  };
}

/** A function that makes a value once for each subset of items: (total) 1 for each item in it. */
export function bySubset<Value>(make: (bits: Uint8Array) => Value): (bits: Uint8Array) => Value {
  const kept: { bits: Uint8Array; value: Value }[] = [];
  return (bits) => {
    const before = kept.find((one) => one.bits.every((bit, at) => bit === bits[at]));
    if (before !== undefined) return before.value;
    const value = make(bits);
    kept.push({ bits, value });
    return value;
  };
}
