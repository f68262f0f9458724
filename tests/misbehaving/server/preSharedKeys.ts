/** Clients that offer pre-shared keys against the rules (RFC 9846 §4.3.9, §4.3.11). */
import type { Edit } from '@mortise/testing'
import { decode, encode, ExtensionType as X, OfferedPsks, type Extension } from '@mortise/wire'
import { rejects, type Case } from '../cases.ts'
import { badBinder, illegal, malformed, missingExtension, pskNotLast, type Refusal } from '../refusals.ts'
import type { WrongClient } from '../scenario.ts'
import { clientHelloExtensions as edit, leaveOut, put } from '../scripts.ts'
import { key, resuming, sharingKey } from './settings.ts'

type Row = readonly [id: string, ref: string, what: string, refusal: Refusal, edit: Edit]

/** Changes what pre_shared_key says. */
const offer = (change: (psks: OfferedPsks) => OfferedPsks): Edit =>
  body((data) => encode(OfferedPsks, change(decode(OfferedPsks, data))))
const body = (change: (data: Uint8Array) => Uint8Array): Edit =>
  edit((list) =>
    list.map((item) =>
      item.extensionType === X.pre_shared_key ? { ...item, extensionData: change(item.extensionData) } : item,
    ),
  )
const flip = (bytes: Uint8Array): Uint8Array => bytes.with(0, (bytes[0] ?? 0) ^ 1)

const first = (list: readonly Extension[]): readonly Extension[] => {
  const psk = list.filter(({ extensionType }) => extensionType === X.pre_shared_key)
  return [...psk, ...list.filter((item) => !psk.includes(item))]
}

const rows: readonly Row[] = [
  ['CH-24', '4.3.11', 'pre_shared_key in front of all others', pskNotLast, edit(first)],
  [
    'CH-24',
    '4.3.11',
    'an unknown extension behind pre_shared_key',
    pskNotLast,
    edit((list) => [...list, { extensionType: 0xfff0, extensionData: new Uint8Array(0) }]),
  ],
  ['CH-25', '4.3.9', 'no psk_key_exchange_modes', missingExtension, edit(leaveOut(X.psk_key_exchange_modes))],
  ['CH-26', '4.3.9', 'no modes', malformed, edit(put(X.psk_key_exchange_modes, 0))],
  [
    'CH-27',
    '4.3.11',
    'no identities',
    malformed,
    body((data) => Uint8Array.of(0, 0, ...data.subarray(2 + (((data[0] ?? 0) << 8) | (data[1] ?? 0))))),
  ],
  [
    'CH-27',
    '4.3.11',
    'no binders',
    malformed,
    body((data) => Uint8Array.of(...data.subarray(0, 2 + (((data[0] ?? 0) << 8) | (data[1] ?? 0))), 0, 0)),
  ],
  [
    'CH-27',
    '4.3.11',
    'an identity of no bytes',
    malformed,
    body((data) =>
      Uint8Array.of(0, 6, 0, 0, 0, 0, 0, 0, ...data.subarray(2 + (((data[0] ?? 0) << 8) | (data[1] ?? 0)))),
    ),
  ],
  [
    'CH-28',
    '4.3.11',
    'two binders for one identity',
    illegal,
    offer(({ identities, binders }) => ({ identities, binders: [...binders, ...binders] })),
  ],
  [
    'CH-28',
    '4.3.11',
    'one binder for two identities',
    illegal,
    offer(({ identities, binders }) => ({ identities: [...identities, ...identities], binders })),
  ],
  [
    'CH-29',
    '4.3.11',
    'a binder of 31 bytes',
    malformed,
    body((data) =>
      Uint8Array.of(
        ...data.subarray(0, 2 + (((data[0] ?? 0) << 8) | (data[1] ?? 0))),
        0,
        32,
        31,
        ...new Uint8Array(31),
      ),
    ),
  ],
  [
    'CH-30',
    '4.3.11',
    'a wrong binder',
    badBinder,
    offer(({ identities, binders }) => ({ identities, binders: binders.map(flip) })),
  ],
  [
    'CH-30',
    '4.3.11',
    'a binder that is too long',
    badBinder,
    offer(({ identities, binders }) => ({
      identities,
      binders: binders.map((binder) => Uint8Array.of(...binder, 0)),
    })),
  ],
  [
    'CH-30',
    '4.3.11',
    'a binder of another hash',
    badBinder,
    offer(({ identities, binders }) => ({ identities, binders: binders.map(() => new Uint8Array(64)) })),
  ],
  ['CH-30', '4.3.11.2', 'a binder over another ClientHello', badBinder, edit(put(0xfff0))],
  ['MSG-08', '4.3', 'a byte behind the binders', malformed, body((data) => Uint8Array.of(...data, 0))],
  ['MSG-08', '4.3', 'a byte behind the modes', malformed, edit(put(X.psk_key_exchange_modes, 1, 1, 0))],
]

export const preSharedKeys: readonly Case<WrongClient>[] = [
  ...rows.flatMap(([id, ref, what, refusal, change]) => [
    rejects<WrongClient>(id, ref, `${what}, with a session`, ...refusal, async () => ({
      ...(await resuming()),
      edit: change,
    })),
    rejects<WrongClient>(id, ref, `${what}, with an external key`, ...refusal, {
      ...sharingKey,
      edit: change,
    }),
  ]),
  rejects('CH-52', '4.3.3', 'no signature_algorithms, and the key is unknown', ...missingExtension, {
    client: sharingKey.client ?? {},
    edit: edit(leaveOut(X.signature_algorithms)),
  }),
  rejects('CH-53', '9.2', 'neither supported_groups nor key_share, with psk_dhe_ke', ...missingExtension, {
    ...sharingKey,
    edit: edit(leaveOut(X.supported_groups, X.key_share)),
  }),
  rejects(
    'CH-56',
    '6.2',
    'no key that is known, and no certificates',
    'unknown_psk_identity',
    'ERR_TLS_UNKNOWN_PSK_IDENTITY',
    {
      client: sharingKey.client ?? {},
      server: { credentials: [], findPreSharedKey: () => undefined },
    },
  ),
  rejects('CH-57', '4.3.11.2', 'a key that was imported for the client alone', ...badBinder, {
    client: { external: [{ ...key, kind: 'imported' }] },
    server: sharingKey.server ?? {},
  }),
  rejects(
    'CH-57',
    '4.3.11.2',
    'a session whose ticket the server knows as an external key',
    ...badBinder,
    async () => {
      const { client } = await resuming()
      const [session] = client?.sessions ?? []
      return {
        client: client ?? {},
        server: {
          findPreSharedKey: (identity: Uint8Array) =>
            session && { identity, key: session.key, hash: session.hash },
        },
      }
    },
  ),
]
