// Writes docs/errors.md from the table of reasons in @mortise/wire; `--check` compares.
import { alertDescriptionName, reasons, type Blame } from '@mortise/wire'
import { table, writeGenerated } from './lib/generated.ts'

const blames: readonly (readonly [Blame, string, string])[] = [
  ['peer', 'The peer', 'The peer sent what the protocol does not allow, or offers nothing that we take'],
  ['certificate', 'The certificate', "The peer's certificate does not stand up to verification"],
  ['local', 'Our own side', 'We gave up: configuration, limits, or a defect'],
  ['transport', 'The transport', 'What carries the connection failed or ended'],
]

const sections = blames.map(([blame, title, text]) => {
  const rows = Object.entries(reasons)
    .filter(([, reason]) => reason.blame === blame)
    .map(([code, { alert, sentence }]) => [
      `\`${code}\``,
      alert === undefined ? '' : `\`${alertDescriptionName(alert)}\``,
      sentence.replaceAll('|', '\\|'),
    ])
  return `## ${title}\n\n${text}: \`blame\` is \`'${blame}'\`.\n\n${table(['code', 'alert sent', 'meaning'], rows)}\n`
})

writeGenerated(
  'docs/errors.md',
  `# Errors

Every failure of a connection is one \`TlsError\` with a stable \`code\`, the \`alert\` that is sent (none where the cell is
empty), whose doing it was (\`blame\`), and, for people, a sentence and a detail. Bundles that are made with the condition
\`production\` say the code in place of both. This page is generated from \`packages/wire/src/errors/reasons.ts\`.

${sections.join('\n')}`,
)
