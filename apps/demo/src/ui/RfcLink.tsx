import { sectionAddress } from '../engine/rfc.ts'
import { texts } from '../texts/index.ts'
import { Icon } from './Icons.tsx'

/** To the section of the RFC; nothing is asked of its host before somebody follows it. */
export function RfcLink({ section }: { readonly section: string }) {
  const t = texts.value
  return (
    <a class="rfc" href={sectionAddress(section)} target="_blank" rel="noreferrer">
      {t.rfc(section)}
      <Icon name="out" />
      <span class="unseen"> ({t.newTab})</span>
    </a>
  )
}
