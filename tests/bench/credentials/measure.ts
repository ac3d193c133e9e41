/** Runs `work` for a while; CPU time of one run in µs, of this process alone, so that a busy machine does not count. */
export async function measureCpu(work: () => Promise<unknown>, windowMs: number): Promise<number> {
  // Until it is compiled: what runs rarely never is, and a hub issues by the thousand.
  const warmUntil = performance.now() + windowMs / 2
  while (performance.now() < warmUntil) await work()
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
