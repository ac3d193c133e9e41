/**
 * Runs `work` over and over in lanes beside each other until it has nothing left to do. The first error ends every lane
 * after what it is at, and is thrown once all have stopped.
 *
 * @param work - Gives false when nothing is left.
 */
export async function runInLanes(lanes: number, work: () => Promise<boolean>): Promise<void> {
  let isOver = false
  const runLane = async (): Promise<void> => {
    try {
      while (!isOver && (await work()));
    } catch (error) {
      isOver = true
      throw error
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: lanes }, runLane))
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed) throw failed.reason
}
