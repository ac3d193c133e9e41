import { expect, test } from 'vitest'
import { createExecutionSharing } from './share-executions.js'

function setUp() {
  let at = 0
  let executions = 0
  const pending: ((result: string) => void)[] = []
  const sharing = createExecutionSharing<string>({
    isShareable: (result) => !result.startsWith('faulty'),
    now: () => at,
  })
  return {
    run: (key: string) =>
      sharing.run(key, () => {
        executions += 1
        return new Promise<string>((resolve) => pending.push(resolve))
      }),
    /** Ends the execution that began first of those running. */
    end: (result: string) => pending.shift()?.(result),
    advance: (ms: number) => {
      at += ms
    },
    executions: () => executions,
  }
}

test('requests with one key share an execution under way, others do not', async () => {
  const { run, end, executions } = setUp()
  const answers = [run('a'), run('b'), run('a'), run('a')]
  expect(executions()).toBe(2)
  end('one')
  end('two')
  expect(await Promise.all(answers)).toEqual(['one', 'two', 'one', 'one'])
})

test('an execution that has ended is not shared', async () => {
  const { run, end, executions } = setUp()
  const first = run('a')
  end('one')
  expect(await first).toBe('one')
  const second = run('a')
  end('two')
  expect(await second).toBe('two')
  expect(executions()).toBe(2)
})

test('an execution older than 250 ms is not joined', async () => {
  const { run, end, advance, executions } = setUp()
  const first = run('a')
  advance(251)
  const second = run('a')
  expect(executions()).toBe(2)
  end('old')
  end('new')
  expect(await Promise.all([first, second])).toEqual(['old', 'new'])
})

test('a faulty result stays with its request: the others execute for themselves', async () => {
  const { run, end, executions } = setUp()
  const first = run('a')
  const second = run('a')
  end('faulty')
  expect(await first).toBe('faulty')
  await expect.poll(executions).toBe(2)
  end('right')
  expect(await second).toBe('right')
})

test('a rejection stays with its request, too', async () => {
  const sharing = createExecutionSharing<string>({ isShareable: () => true })
  const first = sharing.run('a', () => Promise.reject(new Error('mine')))
  const second = sharing.run('a', () => Promise.resolve('ours'))
  await expect(first).rejects.toThrow('mine')
  expect(await second).toBe('ours')
})
