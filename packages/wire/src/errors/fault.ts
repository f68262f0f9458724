/** Whose doing it is: our configuration or code, the peer's bytes, the peer's certificate, or the transport. */
export type Blame = 'local' | 'peer' | 'certificate' | 'transport'

/** Why a connection fails, for programs. Those that there are: `faults`. */
export interface Fault<Code extends string = string> {
  /** Stable; the documentation has a page of them. */
  readonly code: Code
  /** AlertDescription to send; `undefined`: nothing is sent. */
  readonly alert: number | undefined
  readonly blame: Blame
}

export const peer = <Code extends string>(code: Code, alert?: number): Fault<Code> => ({
  code,
  alert,
  blame: 'peer',
})

export const local = <Code extends string>(code: Code, alert?: number): Fault<Code> => ({
  code,
  alert,
  blame: 'local',
})

export const certificate = <Code extends string>(code: Code, alert: number): Fault<Code> => ({
  code,
  alert,
  blame: 'certificate',
})

/** A transport that ended is told no alert. */
export const transport = <Code extends string>(code: Code): Fault<Code> => ({
  code,
  alert: undefined,
  blame: 'transport',
})
