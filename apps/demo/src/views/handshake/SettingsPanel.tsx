import {
  defaultSettings,
  faultMessages,
  faultNames,
  groupNames,
  needsMessage,
  providerNames,
  signatureNames,
  suiteNames,
  type FaultMessage,
  type FaultName,
  type ProviderName,
  type Settings,
} from '../../engine/settings.ts'
import { change, run, settings, webcryptoAbilities } from '../../state/handshake.ts'
import { texts } from '../../texts/index.ts'
import { Choice } from '../../ui/Choice.tsx'
import { Icon } from '../../ui/Icons.tsx'
import { Switch } from '../../ui/Switch.tsx'

/** Folded away where it would push the handshake off the screen. */
const wide = matchMedia('(min-width: 48rem)').matches

const same = <Name extends string>(name: Name): readonly [Name, string] => [name, name]

export function SettingsPanel() {
  const t = texts.value.handshake
  return (
    <details class="panel settings" open={wide}>
      <summary>{t.settings}</summary>
      <form aria-label={t.settings} onSubmit={(event) => event.preventDefault()}>
        <Cryptography />
        <Course />
        <Failures />
        <Actions />
      </form>
    </details>
  )
}

function Actions() {
  const t = texts.value.handshake
  return (
    <div class="actions">
      <button type="button" class="primary" onClick={() => void run(settings.value)}>
        <Icon name="again" /> {t.again}
      </button>
      <button
        type="button"
        onClick={() => {
          settings.value = defaultSettings
        }}
      >
        {t.reset}
      </button>
    </div>
  )
}

function Cryptography() {
  const { handshake: t, providers } = texts.value
  const chosen = settings.value
  const names = providerNames.map((name) => [name, providers[name]] as const)
  return (
    <fieldset>
      <legend>{t.cryptography}</legend>
      <Choice<ProviderName>
        name="clientProvider"
        label={t.clientProvider}
        options={names}
        value={chosen.clientProvider}
        onChange={(clientProvider) => change({ clientProvider })}
      />
      <Choice<ProviderName>
        name="serverProvider"
        label={t.serverProvider}
        options={names}
        value={chosen.serverProvider}
        onChange={(serverProvider) => change({ serverProvider })}
        hint={lentHint(chosen)}
      />
      <Choice
        name="suite"
        label={t.suite}
        options={suiteNames.map(same)}
        value={chosen.suite}
        onChange={(suite) => change({ suite })}
      />
      <Choice
        name="group"
        label={t.group}
        options={groupNames.map(same)}
        value={chosen.group}
        onChange={(group) => change({ group })}
      />
      <Choice
        name="signature"
        label={t.signature}
        options={signatureNames.map(same)}
        value={chosen.signature}
        onChange={(signature) => change({ signature })}
      />
    </fieldset>
  )
}

/** What of the choice this browser's WebCrypto can't do, if an end uses it. */
function lentHint({ clientProvider, serverProvider, suite, group, signature }: Settings): string | undefined {
  const abilities = webcryptoAbilities.value
  const used = [clientProvider, serverProvider]
  if (used.includes('peculiar')) return texts.value.handshake.peculiar
  if (!abilities || used.every((name) => name === 'noble')) return undefined
  const missing = [
    ...(abilities.suites.has(suite) ? [] : [suite]),
    ...(abilities.groups.has(group) ? [] : [group]),
    ...(abilities.schemes.has(signature) ? [] : [signature]),
  ]
  return missing.length > 0 ? texts.value.handshake.lent(missing.join(', ')) : undefined
}

function Course() {
  const t = texts.value.handshake
  const chosen = settings.value
  const toggles = ['helloRetryRequest', 'clientCertificate', 'resumption', 'earlyData', 'keyUpdate'] as const
  return (
    <fieldset>
      <legend>{t.course}</legend>
      {toggles.map((name) => (
        <Switch
          key={name}
          name={name}
          label={t[name]}
          hint={t[`${name}Hint`]}
          on={chosen[name] && (name !== 'earlyData' || chosen.resumption)}
          disabled={name === 'earlyData' && !chosen.resumption}
          onChange={(on) => change({ [name]: on })}
        />
      ))}
    </fieldset>
  )
}

function Failures() {
  const t = texts.value.handshake
  const chosen = settings.value
  return (
    <fieldset>
      <legend>{t.failure}</legend>
      <Choice<FaultName>
        name="fault"
        label={t.fault}
        options={faultNames.map((name) => [name, t.faults[name]])}
        value={chosen.fault}
        onChange={(fault) => change({ fault })}
      />
      {needsMessage(chosen.fault) && (
        <Choice<FaultMessage>
          name="faultMessage"
          label={t.faultMessage}
          options={faultMessages.map(same)}
          value={chosen.faultMessage}
          onChange={(faultMessage) => change({ faultMessage })}
        />
      )}
    </fieldset>
  )
}
