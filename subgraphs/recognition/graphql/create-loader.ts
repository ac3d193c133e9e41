import DataLoader from 'dataloader'

/** A loader over a lookup that takes any number of keys and leaves out what it does not find. */
export function createLoader<Value>(
  find: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
): DataLoader<string, Value | null> {
  return new DataLoader(async (keys) => {
    const found = await find(keys)
    return keys.map((key) => found.get(key) ?? null)
  })
}
