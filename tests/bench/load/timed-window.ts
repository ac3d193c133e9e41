/** When a run is warm and when it has been timed for long enough. */
export interface TimedWindow {
  /** Tells of an answer, right or wrong. @returns Whether it counts. */
  noteAnswer(): boolean
}

export interface TimedWindowOptions {
  readonly connections: number
  readonly warmUpMs: number
  readonly timedMs: number
  readonly warmUpAnswers?: number
  readonly minimumAnswers?: number
  readonly onBegin: () => void
  readonly onEnd: () => void
  /** Milliseconds of a steady clock; default `performance.now`. */
  readonly now?: () => number
}

/**
 * Begins and ends with an answer, a whole number of answers per connection apart. Slow gateways answer all connections in
 * one wave: a window of any other length holds the CPU of a wave whose answers come after it, or answers whose CPU was
 * before it, and with few waves that is most of the figure.
 */
export function createTimedWindow(options: TimedWindowOptions): TimedWindow {
  const { connections, warmUpMs, timedMs, minimumAnswers = connections, onBegin, onEnd } = options
  const { warmUpAnswers = connections, now = () => performance.now() } = options
  const createdAt = now()
  let phase: 'warming' | 'timed' | 'over' = 'warming'
  let beganAt = createdAt
  let answers = 0

  function begin(): void {
    phase = 'timed'
    beganAt = now()
    answers = 0
    onBegin()
  }

  if (warmUpMs === 0) begin()
  return {
    noteAnswer() {
      answers += 1
      if (phase === 'warming') {
        if (answers >= warmUpAnswers && now() >= createdAt + warmUpMs) begin()
        return false
      }
      if (phase === 'over') return false
      const isWhole = answers % connections === 0 && answers >= minimumAnswers
      if (isWhole && now() >= beganAt + timedMs) {
        phase = 'over'
        onEnd()
      }
      return true
    },
  }
}
