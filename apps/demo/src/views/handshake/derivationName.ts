import type { SidedDerivation } from '../../engine/recording.ts'
import { labelNames, stageNames } from '../../engine/schedule.ts'
import { texts } from '../../texts/index.ts'

/** @param stage of an extract, if it is known */
export function derivationName({ kind, label }: SidedDerivation, stage?: number): string {
  const t = texts.value.schedule
  switch (kind) {
    case 'extract':
      return stage === undefined ? 'HKDF-Extract' : t.names[stageNames[stage] ?? 'main']
    case 'sharedSecret':
      return label
    case 'import':
      return t.psk
    case 'mac':
      return t.mac
    default:
      return labelNames[label] ?? label
  }
}
