/** Runs `work` for a while; CPU time of one run in µs, of this process alone, so that a busy machine does not count. */
export async function measureCpu(work: () => Promise<unknown>, windowMs: number): Promise<number> {
  for (let warm = 0; warm < 50; warm += 1) await work()
  const start = process.cpuUsage()
  const spent = () => {
    const { user, system } = process.cpuUsage(start)
    return user + system
  }
  let runs = 0
  while (spent() < windowMs * 1_000) {
    for (let batch = 0; batch < 10; batch += 1) await work()
    runs += 10
  }
  return spent() / runs
}
