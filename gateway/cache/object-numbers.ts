/** Numbers objects: the same for the same object, and for no other. A number keeps nothing alive. */
export function createObjectNumbers(): (object: object) => number {
  const numbers = new WeakMap<object, number>()
  let next = 0
  return (object) => {
    const known = numbers.get(object)
    if (known !== undefined) return known
    next += 1
    numbers.set(object, next)
    return next
  }
}
