import { playing, position, show, togglePlaying, total } from '../../state/handshake.ts'
import { texts } from '../../texts/index.ts'
import { IconButton } from '../../ui/IconButton.tsx'

/** Step by step, or let it run; the slider takes arrow keys. */
export function Stepper() {
  const t = texts.value.handshake
  const [at, of] = [position.value, total.value]
  return (
    <div class="stepper" role="group" aria-label={t.position(at, of)}>
      <IconButton icon="first" label={t.stepFirst} disabled={at === 0} onClick={() => show(0)} />
      <IconButton icon="back" label={t.stepBack} disabled={at === 0} onClick={() => show(at - 1)} />
      <IconButton
        icon={playing.value ? 'pause' : 'play'}
        label={playing.value ? t.pause : t.play}
        onClick={togglePlaying}
      />
      <IconButton icon="forward" label={t.stepForward} disabled={at === of} onClick={() => show(at + 1)} />
      <IconButton icon="last" label={t.stepLast} disabled={at === of} onClick={() => show(of)} />
      <input
        type="range"
        min={0}
        max={of}
        value={at}
        aria-label={t.position(at, of)}
        onInput={(event) => show(Number(event.currentTarget.value))}
      />
      <output>
        {at}/{of}
      </output>
    </div>
  )
}
