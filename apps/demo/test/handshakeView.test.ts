/** The handshake view, as a visitor uses it. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasBrowser, openPage, setStage, type Opened, type Stage } from './pages.ts'

describe.skipIf(!hasBrowser)('the handshake view', () => {
  let stage: Stage
  let opened: Opened
  let page: Page

  beforeAll(async () => {
    stage = await setStage()
    opened = await openPage(stage)
    ;({ page } = opened)
  })
  afterAll(async () => {
    const { complaints } = opened
    if (complaints.length > 0) throw new Error(complaints.join('\n'))
    await opened.close()
    await stage.close()
  })
  beforeEach(async () => {
    await page.getByRole('button', { name: 'Reset' }).click()
    await page.getByRole('button', { name: 'Run again' }).click()
    await page.mouse.move(0, 0)
    await sees('Connected')
    await page.locator('.stage[aria-busy=false]').waitFor()
  })

  const rung = (name: string) => page.locator(`.rung[data-message="${name}"]`)
  const names = () =>
    page.locator('.rung').evaluateAll((all) => all.map((one) => one.getAttribute('data-message')))
  const choose = (name: string, value: string) => page.selectOption(`select[name=${name}]`, value)
  /** The recording is drawn anew behind each change: waits for what must be seen then. */
  const sees = (text: string | RegExp) => page.locator('.verdict', { hasText: text }).waitFor()

  it('draws the whole handshake, from ClientHello to both goodbyes', async () => {
    expect(await names()).toEqual([
      'ClientHello',
      'ServerHello',
      'change_cipher_spec',
      'EncryptedExtensions',
      'Certificate',
      'CertificateVerify',
      'Finished',
      'change_cipher_spec',
      'Finished',
      'NewSessionTicket',
      'Application Data',
      'Application Data',
      'Alert: close_notify',
      'Alert: close_notify',
    ])
  })

  it.each([
    ['HelloRetryRequest', 'HelloRetryRequest'],
    ['Client certificate', 'CertificateRequest'],
    ['KeyUpdate', 'KeyUpdate'],
  ])('switch: %s', async (label, message) => {
    await page.getByRole('switch', { name: label }).check()
    await rung(message).first().waitFor()
    await sees('Connected')
  })

  it('switches: resumption, and early data, which waits for it', async () => {
    const early = page.getByRole('switch', { name: 'Early data' })
    expect(await early.isDisabled()).toBe(true)
    await page.getByRole('switch', { name: 'Resumption' }).check()
    await sees('Resumed')
    expect(await rung('Certificate').count()).toBe(0)
    await early.check()
    await sees('Early data accepted')
    await rung('EndOfEarlyData').waitFor()
  })

  it.each([
    ['clientProvider', 'noble', '.end:not(.right)', 'noble'],
    ['clientProvider', 'mixed', '.end:not(.right)', 'WebCrypto + noble hashes'],
    ['clientProvider', 'peculiar', '.end:not(.right)', '@peculiar/webcrypto'],
    ['serverProvider', 'peculiar', '.end.right', '@peculiar/webcrypto'],
    ['serverProvider', 'webcrypto', '.end.right', 'WebCrypto'],
    ['suite', 'TLS_CHACHA20_POLY1305_SHA256', '.verdict', 'TLS_CHACHA20_POLY1305_SHA256'],
    ['suite', 'TLS_AES_256_GCM_SHA384', '.verdict', 'TLS_AES_256_GCM_SHA384'],
    ['group', 'secp384r1', '.verdict', 'secp384r1'],
    ['signature', 'rsa_pss_rsae_sha256', '.verdict', 'rsa_pss_rsae_sha256'],
    ['signature', 'ed25519', '.verdict', 'ed25519'],
  ])('choice: %s %s', async (name, value, place, text) => {
    await choose(name, value)
    await page.locator(place, { hasText: text }).waitFor()
    await sees('Connected')
  })

  it.each([
    ['networkFlip', 'server Finished', 'bad_record_mac', '5.2'],
    ['networkDrop', 'ServerHello', 'unexpected_message', '5'],
    ['networkSwap', 'ServerHello', 'unexpected_message', '5'],
    ['peerOmits', 'server CertificateVerify', 'unexpected_message', '4'],
    ['peerSwaps', 'server Certificate', 'unexpected_message', '4'],
    ['peerAlters', 'server Finished', 'decrypt_error', '4.5.3'],
    ['certificateName', undefined, 'bad_certificate', '4.5.1.3'],
    ['certificateIssuer', undefined, 'unknown_ca', '4.5.1.3'],
    ['certificateExpired', undefined, 'certificate_expired', '4.5.1.3'],
    ['certificateKey', undefined, 'decrypt_error', '4.5.2'],
  ])('failure: %s %s → %s, with its section of the RFC', async (fault, message, alert, section) => {
    await choose('fault', fault)
    if (message !== undefined) await choose('faultMessage', message)
    await sees(new RegExp(`In state Expect\\w+, and sends the alert ${alert}`))
    const link = page.locator('.verdict a')
    expect(await link.getAttribute('href')).toBe(`https://www.rfc-editor.org/rfc/rfc9846#section-${section}`)
    expect(await page.locator('.rung.fate-refused').count()).toBeGreaterThan(0)
  })

  it('silence is called that, and can be reset', async () => {
    await choose('fault', 'networkDrop')
    await choose('faultMessage', 'ClientHello')
    await sees('Silence')
    await page.getByRole('button', { name: 'Reset' }).click()
    await sees('Connected')
  })

  it('lights the bytes of a field, and the field of a byte', async () => {
    // What is lit changes with the next frame
    const litBytes = () => page.locator('.byte.lit').count()
    const litField = (name: string) => page.locator('.field.lit', { hasText: name }).waitFor()
    await rung('ServerHello').click()
    const field = page.locator('.field', { hasText: 'random' }).first()
    await field.hover()
    await expect.poll(litBytes).toBe(32)
    expect(await page.locator('.byte.lit').first().getAttribute('data-offset')).toBe('6')
    await page.locator('.byte[data-offset="4"]').hover()
    await litField('legacyVersion')
    // The same by keyboard
    await page.mouse.move(0, 0)
    await field.focus()
    await expect.poll(litBytes).toBe(32)
    await page.locator('.hex').focus()
    await page.keyboard.press('Home')
    await litField('msgType')
    await page.keyboard.press('ArrowRight')
    await litField('length')
    await expect.poll(litBytes).toBe(3)
  })

  it('shows the record on the wire, and the secrets that a message leads to', async () => {
    await rung('Finished').first().click()
    await page.getByRole('tab', { name: 'On the wire' }).click()
    expect(await page.locator('.field').allInnerTexts()).toEqual([
      expect.stringContaining('application_data'),
      expect.stringContaining('TLS_1_2'),
      expect.stringContaining('length'),
      expect.stringContaining('fragment'),
    ])
    await page.keyboard.press('ArrowRight')
    await page.locator('.secrets', { hasText: 'server_application_traffic_secret_0' }).waitFor()
    expect(await page.locator('.schedule .marked').count()).toBeGreaterThan(5)
  })

  it('has the key schedule of either end, value by value the same', async () => {
    const values = () => page.locator('.tree .value').allInnerTexts()
    const client = await values()
    await choose('scheduleSide', 'server')
    const server = await values()
    expect(server.toSorted()).toEqual(client.toSorted())
    expect(await page.locator('.tree .same').count()).toBe(client.length)
  })

  it('steps by buttons and keys, and plays by itself', async () => {
    await page.getByRole('button', { name: 'To the beginning' }).click()
    expect(await names()).toEqual([])
    await page.getByRole('button', { name: 'One message on' }).click()
    await page.getByRole('button', { name: 'One message on' }).click()
    expect(await names()).toEqual(['ClientHello', 'ServerHello'])
    await page.getByRole('slider', { name: 'Message 2 of 14' }).focus()
    await page.keyboard.press('ArrowRight')
    expect(await names()).toHaveLength(3)
    await page.keyboard.press('End')
    expect(await names()).toHaveLength(14)
    await page.getByRole('button', { name: 'Play' }).click()
    await page.locator('.rung').first().waitFor()
    await page.getByRole('button', { name: 'Pause' }).click()
    expect((await names()).length).toBeLessThan(14)
  })

  it('can be used by keyboard alone', async () => {
    await page.reload()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter') // Skip to the content
    const wanted = page.locator('.rung[data-message="CertificateVerify"]')
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press('Tab')
      if (await wanted.evaluate((element) => element === document.activeElement)) break
    }
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'CertificateVerify', exact: true }).waitFor()
  })

  it('speaks Chinese, and remembers it', async () => {
    await page.selectOption('.preferences .choice:last-child select', 'zh')
    await page.getByRole('heading', { name: '亲眼看 TLS 1.3' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: '已连接' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('zh')
    await page.selectOption('.preferences .choice:last-child select', 'en')
    await page.getByRole('heading', { name: 'See TLS 1.3 happen' }).waitFor()
  })

  it('remembers the theme', async () => {
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const light = await paper()
    await page.selectOption('.preferences .choice:first-child select', 'dark')
    await expect.poll(paper).not.toBe(light)
    const dark = await paper()
    await page.reload()
    expect(await paper()).toBe(dark)
  })
})
