import { composeServices } from '@theguild/federation-composition'
import { parse } from 'graphql'
import {
  defaultGatewayConfig,
  type GatewayConfig,
  type RunningGateway,
  startGateway,
} from '../../gateway/index.js'
import { silentLogger } from '../../infra/runtime/index.js'
import { type PlainSubgraph, startPlainSubgraph } from './plain-subgraph.js'

/** A hub to attack, in this process, over subgraphs that answer what the test says. */
export interface AttackTarget {
  readonly gateway: RunningGateway
  readonly subgraph: PlainSubgraph
  /** Posts a body as JSON; a text is sent as it is. */
  post(body: unknown, headers?: Readonly<Record<string, string>>): Promise<AttackAnswer>
  /** Any request. */
  send(search: string, init: RequestInit): Promise<AttackAnswer>
  stop(): Promise<void>
}

export interface AttackAnswer {
  readonly status: number
  readonly text: string
  /** Code of the first error. */
  readonly code: string | undefined
}

export interface AttackTargetOptions {
  /** SDL of the subgraphs by name; all are served by the same server. */
  readonly subgraphs: Readonly<Record<string, string>>
  readonly answer: (body: string) => unknown
  readonly config?: Partial<GatewayConfig>
}

export async function startAttackTarget(options: AttackTargetOptions): Promise<AttackTarget> {
  const subgraph = await startPlainSubgraph(options.answer)
  const { supergraphSdl, errors } = composeServices(
    Object.entries(options.subgraphs).map(([name, sdl]) => ({
      name,
      url: subgraph.url,
      typeDefs: parse(sdl),
    })),
  )
  if (supergraphSdl === undefined) throw new Error(`not composable: ${errors?.join('; ')}`)
  const gateway = await startGateway({
    config: { ...defaultGatewayConfig, port: 0, drainTimeoutMs: 500, ...options.config },
    supergraphSdl,
    subgraphUrls: new Map(),
    rootDirectory: process.cwd(),
    examplesDirectory: null,
    log: silentLogger,
  })
  const send: AttackTarget['send'] = async (search, init) => {
    const answer = await fetch(`${gateway.url}${search}`, init)
    const text = await answer.text()
    return { status: answer.status, text, code: /"code":"(\w+)"/.exec(text)?.[1] }
  }
  return {
    gateway,
    subgraph,
    send,
    post: (body, headers = {}) =>
      send('', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json',
          ...headers,
        },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    stop: async () => {
      await gateway.stop()
      await subgraph.stop()
    },
  }
}

/** Texts one after the other. */
export function times(count: number, print: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => print(index)).join(' ')
}
