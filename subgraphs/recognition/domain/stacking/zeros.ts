/**
 * So many zeros. A plain array, not a typed one: those of more than 64 bytes live outside the heap, and evaluations make
 * many small ones that live for microseconds.
 */
export function zeros(count: number): number[] {
  return new Array<number>(count).fill(0)
}
