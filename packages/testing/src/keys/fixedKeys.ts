/**
 * TEST ONLY. These private keys are published in this file: never let anything that matters trust one of them.
 * They are fixed so that known answers can be given for them, and because making RSA keys takes seconds.
 */
import { fromBase64 } from './base64.ts'

/** A key pair of a fixed test key: PKCS #8 and SubjectPublicKeyInfo, DER. */
export interface FixedKey {
  readonly pkcs8: Uint8Array
  readonly spki: Uint8Array
}

/** `rsaPss` and `rsaPssSha256` are `rsa` under id-RSASSA-PSS: without parameters, and restricted to SHA-256 with a salt of 32. */
export type FixedKeyName =
  | 'p256'
  | 'p384'
  | 'p521'
  | 'rsa'
  | 'rsa2'
  | 'rsa3'
  | 'rsaPss'
  | 'rsaPssSha256'
  | 'ed25519'
  | 'ed448'

/** TEST ONLY. A fresh copy at each call. */
export function fixedKey(name: FixedKeyName): FixedKey {
  const { pkcs8, spki } = encoded[name]
  return { pkcs8: fromBase64(pkcs8), spki: fromBase64(spki) }
}

const encoded: Readonly<Record<FixedKeyName, { readonly pkcs8: string; readonly spki: string }>> = {
  p256: {
    pkcs8:
      'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgWH/XI5Ud8y0A+Pm7D6OEOI12ThaLw/ic2th0mmT4l2ShRANC' +
      'AASkhM+0JPhSirobyVN7/IkF6QpHEsi0qxred97/Q4RRKTPudKzu3EF0XR36s8eX9IJt2xO1xvgJzN28SfEMWvmo',
    spki:
      'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEpITPtCT4Uoq6G8lTe/yJBekKRxLItKsa3nfe/0OEUSkz7nSs7txBdF0d+rPH' +
      'l/SCbdsTtcb4CczdvEnxDFr5qA==',
  },
  p384: {
    pkcs8:
      'MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDA98pER8eNQeWbiIG3i7OkvGxV4LOssVc5zuOUzk4L6/FE5eCsO' +
      'aYWwIn0JYrjdVNGhZANiAAR2m+LxULzRfxko8v8HbGoJKH0StcmlpAd5A2fyInhXJhFRVECZRF+QeO8Ag0vZRuOQJFhjeniC' +
      'DDGaT2m/4VpkwNoGgiRJMLzHlkgyZlo23OKtHl0wAYxtgNG1k0eYn3M=',
    spki:
      'MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEdpvi8VC80X8ZKPL/B2xqCSh9ErXJpaQHeQNn8iJ4VyYRUVRAmURfkHjvAINL2Ubj' +
      'kCRYY3p4ggwxmk9pv+FaZMDaBoIkSTC8x5ZIMmZaNtzirR5dMAGMbYDRtZNHmJ9z',
  },
  p521: {
    pkcs8:
      'MIHuAgEAMBAGByqGSM49AgEGBSuBBAAjBIHWMIHTAgEBBEIADI5DgBnw7129TBsmqWd0QwZhkyJo3k92trfU1MKge8YxkJMF' +
      'I6AOFjJhrg5vqk1o2yjqxIElA9S1XYZKj2gSKtKhgYkDgYYABACuK4UR0lYSIzzrc+fdjwbqksOFPWI8P/btb/R0H3gdYr3W' +
      'tf1qF2StcqZF30RiNbE1BGMGy8E5zRMJfDMv6763HQBycKuqLoFeFpbGfPeolq3Vt/F3q2buWI9qSiI3MSqvZekUvI7n0/bD' +
      'aaiAE8CXL3jZBYdluVgtmqxVX6vBDt3ppg==',
    spki:
      'MIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQAriuFEdJWEiM863Pn3Y8G6pLDhT1iPD/27W/0dB94HWK91rX9ahdkrXKmRd9E' +
      'YjWxNQRjBsvBOc0TCXwzL+u+tx0AcnCrqi6BXhaWxnz3qJat1bfxd6tm7liPakoiNzEqr2XpFLyO59P2w2mogBPAly942QWH' +
      'ZblYLZqsVV+rwQ7d6aY=',
  },
  rsa: {
    pkcs8:
      'MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQC5yVpyji7jagZ4mEKCfjSpqEfDiOSvtZBRvfXITU1stBvr' +
      'GO/sTgFjYJQVQVYHJZD+rXVbS46OpzYL3xRsgRRx/Ta2Cdw74dbuVO6xE+aQKlhX//Y4wKYzutQbZqDblRGja6Qe+7whMMk1' +
      'pDRCbIGc54ZYAn07+5Fxb7tm1Xnz/h1BVlfSZdNA/2D7gNTCkpCkGcgKLs0AMLLbP5wHszhm1nwbZ65uQf8kuVloOrrayZYr' +
      'Y1M3ba5ox9/Vm4+35IHNlkakEoWjP4cImJFL8K0nv8rMhCjo9SyT9xiuFJkboUQVs1o20iIBG9+M8iBD/TiKxMV4QBVJO/fY' +
      'lNd8yM0RAgMBAAECggEAEKgGt3wb10B4MabYJg7ej2wkEvNakI48nbd9w5l6nLy0P0QBe2dHvi5SC53LjEeuU8brw8wAWej2' +
      'PxY4ivAy2Kb7ZexFL6RnVDLB7spHKRtCx5D0W2sAlTHlnLDhlw4qtXYL3smlUjlBFzgQUpKb0QKVpTcdhAH7EvdFDxeKH9+7' +
      'y1zirbMqLm03+Rb1ZO7DNAd7dRXPOV/tx/ttPi1uv60lsIPIMhU+DUtfRduYlhTt9HDTsqoQvj9SzO95gQ106Td+pwNNKyqa' +
      'e/20u5a3L0BsKF3Hnp62ubEItLbiGoKTwsSdUK5SADcrDzJkoqJbAQYPxes6BzHT7K0aP/YqKQKBgQD5HzBgToHzkSK4PScu' +
      'Xne0a56yAiKVuEybas5ELmof2vsnkyofzGEfCQ35pk1mtheq4e3k37WgZQTAiwOVLJah/S+k2kx/11/4TnOFV0m3M4OgwxIA' +
      'npa00Al2JELITrayWuaXiUBG+ZeHBYQtlhtDQoTb3L3ZQ3gA3k1fgzvtVwKBgQC+6oGDrjrGZjhLrpbsVZkV2vwKc7KWcD0m' +
      'jZ3sQ/fA/fHtVpf6QZQMANaEvQtSA4QHkLAR+pyG4bju+Dv97+RDG2A92e5psNW+TA+l/2lw6PnpRmCA4IgY1bKonUCWVqev' +
      'qig8h8086qPerIXQcNLzcclVHya0cvnEvt/n67qv1wKBgG6MMpFqBSyqaPfM20guT3xWjXN8kxBRWl1VRfbnidxc9jqXiYfW' +
      'z/pPsE3qSEqd317LJx/7TcPBUByJE6vsv2Ne0Pecj3njfwjW91hiZanQSEbciW6Q8VuHPcuZR7FPjK8Uu2LfWxCjzWPzRLZd' +
      '9/ce24odKHnzAJuSCk+qEru9AoGBAK0Jz6mSWSNJsuylqZU7YC029gpjIxLHWCWBZgmm8P+zK3t6aPUiSxU2DTjyPzhuh1R0' +
      'B6HEC+sU25F83KMkszc/sNNem4CgDpsURXqnLOJxx1FvwDgPSkt4JR4+qTOaBxJon199lsAHy88ff4mVOR39nAXS3jnfnBJ/' +
      'DmIefm6xAoGBAJOJdVMKZcepkrsAb/FpzROr54JbSxR1g2E8b5S6hk3Cj+ThWedGPtSaY9pbShyCN9R57869NVgz+Bi5dLbq' +
      'rlO/UZXpPg2EyHLyR4NTkem071L6t6JHaEndVnBvxaK1xO79xxizOT4o7baxEDp4hNqYRz5uAKLWgUI2XIEJ4BA2',
    spki:
      'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAuclaco4u42oGeJhCgn40qahHw4jkr7WQUb31yE1NbLQb6xjv7E4B' +
      'Y2CUFUFWByWQ/q11W0uOjqc2C98UbIEUcf02tgncO+HW7lTusRPmkCpYV//2OMCmM7rUG2ag25URo2ukHvu8ITDJNaQ0QmyB' +
      'nOeGWAJ9O/uRcW+7ZtV58/4dQVZX0mXTQP9g+4DUwpKQpBnICi7NADCy2z+cB7M4ZtZ8G2eubkH/JLlZaDq62smWK2NTN22u' +
      'aMff1ZuPt+SBzZZGpBKFoz+HCJiRS/CtJ7/KzIQo6PUsk/cYrhSZG6FEFbNaNtIiARvfjPIgQ/04isTFeEAVSTv32JTXfMjN' +
      'EQIDAQAB',
  },
  rsa2: {
    pkcs8:
      'MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQCTuDLPav1Qv+x9ofT5ipu1P776JA4bEcauhl9x/qfrAZ1m' +
      'AXXBt34kCF5CsRgSdHL92d8hqxSV1gylZczz3iRjmiOaObmZFLyTkJVjmKmKvOBRxNWxNKe6FC9y0fistO0rk0l9ShpODHAh' +
      'qFK55FtxfgqiLl52Mys1tDN08DIaB3jMndQYxc71aPk23PYlSKrnoxaeRHBLeyZu6rKW5xQh/Sjo+oks5MKhRWXaRylaO7Vn' +
      'tAfpH6ryZO+o+a9Vc7DBE/FcTovAD7+3c1ZnX3Gd/JubUXAlyqWa09+X9dWLI8DS3Zpi7eNm0leqI1nH4lTOvRhUF5yyjYgm' +
      '5ha9SVY5AgMBAAECggEAAzMJTcOYpQTQDI3ryBojiyBMXBj2C468qHR6XFhtgol4/luNC47FkiGGRH++a5yFNYau/U3Nxa4W' +
      '36TPJevt40vAsWso4Bpmmrj4l6Rwd0yDaPH3sriSMZCU5M9lBF+nQaxkBB5ltuowbxNqQDFzOvQA3GrBrnWde57cpCOLgGdT' +
      'b4yN7cbjq2Th5AnLjoy7Xjq9qGM4Wo9FwQfCKpTifOCIOwP2ih4EachKohS0/2IoxLhMoF+BU7J0n4VxYJTvHDBySUHoJbIC' +
      'KdvDS7o2OOkvRjtSe3QhD8hkgyQc8bJRwvzt5pjUizt77C3mCPfFOtBOAZrE+vjxKfLaI4qeMwKBgQDNDS5bz4Hx16pquIka' +
      'UFwVNg4Gv4DGlXhZp+JYtfdKDL1Bkbu+iZH7f0OLccbKfjDuoHaJZmMSKkED/GbtCm6JMympuVGLrv5y+5Fugq3RbapsbJZo' +
      'AI6Jq4Kst2fL9kMQPc62pzl6O2ZAMSBNEuOZgiJ+Y/dwlfWtM8/hUivwdwKBgQC4bEXTY5E5kP0fg18pjROx6Y5P5NI/vJXC' +
      'qFzzXmftjwxNgNg42uWqH/j39DVQmiSDGPv6CybIah4T3qUByZSCUCd5IM56mzunMvGhnnxf5dgiQrf9WAFk1b4mN+9dfOYA' +
      '//QSSa3A/4WFg+g24rcmi/UxWvwdHpH9blJiBRzKzwKBgQCUCRoY6ly0DrFXztYcizuPjLDfqk38EFkM0SmWRfi8GypfNilG' +
      'y+b6nMxU1dVgx23oOSya0bJgoOTDTeu44jkfEDLZ95Kpt7K3rGs4T1vRwMyy7ko/13cQaSQ0MUzccXPFO/oK3/udBVkyqsTZ' +
      'H/P1FYB1oxI20+zEGI3R7BMQzQKBgQCtWBfJuaynD0Dcff7Ub2Yzs/Ov5MQ6ZGffr6Cun+3PvMUzlAeoaRe18JdzeHcka74l' +
      '+zXcsN6jQhtDUeKG65JLakuv7sYlOAO6BIhaAT2mZcPhcBTAbBfjT4SLJ8g1d1A5YFtpVReccJBwDqwV6sN719F/sqWGOVW/' +
      'gBKvT17gwQKBgGJJ+pyXcExuSdEfKk9HyrRqJUAUKgX2D4nT0dEpXOOCJalNF281yRH3RexKWeyfn7BpglGAZaj8nzHUqmaY' +
      'Yb1xMQjJ3JSON46woJ52n1EXXZY0q6h6jnQqbsvKv+p4lq7x9g9zOO8XMuEt1Kg+u5wJiPJ38MyMp9QbOuSZcy03',
    spki:
      'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAk7gyz2r9UL/sfaH0+YqbtT+++iQOGxHGroZfcf6n6wGdZgF1wbd+' +
      'JAheQrEYEnRy/dnfIasUldYMpWXM894kY5ojmjm5mRS8k5CVY5ipirzgUcTVsTSnuhQvctH4rLTtK5NJfUoaTgxwIahSueRb' +
      'cX4Koi5edjMrNbQzdPAyGgd4zJ3UGMXO9Wj5Ntz2JUiq56MWnkRwS3smbuqylucUIf0o6PqJLOTCoUVl2kcpWju1Z7QH6R+q' +
      '8mTvqPmvVXOwwRPxXE6LwA+/t3NWZ19xnfybm1FwJcqlmtPfl/XViyPA0t2aYu3jZtJXqiNZx+JUzr0YVBecso2IJuYWvUlW' +
      'OQIDAQAB',
  },
  rsa3: {
    pkcs8:
      'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC5mNBNfWWDXCKPcXh+BMns9wivHLgFLP13NyJQWtPovis9' +
      'aPXqALxt5oSvMOq6J5bzL3eaEkEXbGpbtlCWBSLez2GZvlYlpWDC+TaqWZ2ducjACmfGaAg1/jsA5cP30+h39sVm5XbQ1x9T' +
      'unfinuh+j1htZTeRb00F7o/oID51ff2Dw4O9EYK/Xawyp8TNBcio7O11iANMc1JDYN68jD41jbTRNph9J79oiUZeukB91X3w' +
      'hUjf8F66k4y+JLzbpbHyBEAdoJBPCNyc3T2ZZTtwke11AL4jgdt43a8DoSE0xZ9UBcyf3xkzieMPKtUn0xJ+sofxIrnGIXrY' +
      '12MqVu/hAgMBAAECggEAE5eh0wb8HWGE4Hb5DPc9Hb/M8eIVPFlN1IpEcWPKilTw7vBSmBubHfrqDNhxdFSo5w50EMFWj74e' +
      'fYSsfc8YVERjfZMN4wwnP83byyCKC/7IcMVobmsdsB12EG0w7SDjTIQHaLUBKvYFVOsSrCCxqGfszMzqOyHFvsI6p3rSknJx' +
      'ACHuE0cyA5Vl0zfM0M3RQRvjkZM2U0nkNLfDj35tq0GCbw8SVlxC5ko6hqZ6EjithJOWG8XWt7W8MzBoI29iFSAJLdsajicM' +
      'yMOYHWFfLK6c6H2EJcWvj5+UCWzx1hSbzFsLlDiDguVJWgmnwU506KJz1/EeCNKsvDTit7Um1QKBgQD4GcxyVzxEALPGWNn9' +
      'TU9+47H+43G6ZS2S6oALD2FxqLkUy5uqzkq2TMHa2RJR2xEGehizJqFTPkmI5u3W10ertp3GYWPanEZ1O9UBVCQMaM5E2J83' +
      'jFATqDpa7sPy3whq7s7TsnTWadGeGVUKX7k8CZG1/3uSzsfen1fpAEHcOwKBgQC/gZA3WvTVwBqYIj7CzUJxCJIS6kxcxJSF' +
      'aiwRj5CpoX8Sr5dZYhjGECe+9/iMMah9VjDJgKvXyL7ZfLtO6hm1scTY0AxLYPjvuuk+XkmpXFYueNedu0dXTTwXBrRuTNE0' +
      'A6r98Anzn4TgDZdDtZRF64AMaBn2Ivmj9nAJkQrOkwKBgH0Bmrad57qn0+0DhcqQMpbPqTaxaPMu2Zil2SA5frKi/aZRtLyK' +
      'NrDF2gMnzog55ckqqdlShISJ5Mk6+el/DRii6bo0Bfj3NrUJEZkayRMLl6qurwJxC0PsRoLcvRRZdkdSzhlyWFZUeQ682tFg' +
      'S9fJRoa6FIxy7dfo14WJ4KVTAoGAFCUe9JO+2ZVhtsszau6IpLdQFmlLKx8KuJYYmKhPgWiZo2+RLjfhf0RHyhDvtl+q57Rf' +
      'YXMFoKdfXCWA1qZNmg1fNad9A5jp1t4Elyj3+rbZ4f2YQOFoeciIH6v24vt1rlEMdbYAdf47zg3f8aFyPYCucZ+py3iWZicQ' +
      'VhFJ370CgYEAxYSN02aQ2Sv0+AWfig/tj2drXj1OYfvAabbz0JAaobhoiUIPRBXBauorVVqvsCssShA1nPea6UUchaxad4+D' +
      '2pIeowKblCrZoGMQxom9kpdIknedLhZQHV0sQXxHiI1D8ekUZSVfbEZQTgknhzjQA2W/xFSVi82t1E2H3ZazQ7M=',
    spki:
      'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAuZjQTX1lg1wij3F4fgTJ7PcIrxy4BSz9dzciUFrT6L4rPWj16gC8' +
      'beaErzDquieW8y93mhJBF2xqW7ZQlgUi3s9hmb5WJaVgwvk2qlmdnbnIwApnxmgINf47AOXD99Pod/bFZuV20NcfU7p34p7o' +
      'fo9YbWU3kW9NBe6P6CA+dX39g8ODvRGCv12sMqfEzQXIqOztdYgDTHNSQ2DevIw+NY200TaYfSe/aIlGXrpAfdV98IVI3/Be' +
      'upOMviS826Wx8gRAHaCQTwjcnN09mWU7cJHtdQC+I4HbeN2vA6EhNMWfVAXMn98ZM4njDyrVJ9MSfrKH8SK5xiF62NdjKlbv' +
      '4QIDAQAB',
  },
  rsaPss: {
    pkcs8:
      'MIIEvAIBADALBgkqhkiG9w0BAQoEggSoMIIEpAIBAAKCAQEAuclaco4u42oGeJhCgn40qahHw4jkr7WQUb31yE1NbLQb6xjv' +
      '7E4BY2CUFUFWByWQ/q11W0uOjqc2C98UbIEUcf02tgncO+HW7lTusRPmkCpYV//2OMCmM7rUG2ag25URo2ukHvu8ITDJNaQ0' +
      'QmyBnOeGWAJ9O/uRcW+7ZtV58/4dQVZX0mXTQP9g+4DUwpKQpBnICi7NADCy2z+cB7M4ZtZ8G2eubkH/JLlZaDq62smWK2NT' +
      'N22uaMff1ZuPt+SBzZZGpBKFoz+HCJiRS/CtJ7/KzIQo6PUsk/cYrhSZG6FEFbNaNtIiARvfjPIgQ/04isTFeEAVSTv32JTX' +
      'fMjNEQIDAQABAoIBABCoBrd8G9dAeDGm2CYO3o9sJBLzWpCOPJ23fcOZepy8tD9EAXtnR74uUgudy4xHrlPG68PMAFno9j8W' +
      'OIrwMtim+2XsRS+kZ1Qywe7KRykbQseQ9FtrAJUx5Zyw4ZcOKrV2C97JpVI5QRc4EFKSm9EClaU3HYQB+xL3RQ8Xih/fu8tc' +
      '4q2zKi5tN/kW9WTuwzQHe3UVzzlf7cf7bT4tbr+tJbCDyDIVPg1LX0XbmJYU7fRw07KqEL4/UszveYENdOk3fqcDTSsqmnv9' +
      'tLuWty9AbChdx56etrmxCLS24hqCk8LEnVCuUgA3Kw8yZKKiWwEGD8XrOgcx0+ytGj/2KikCgYEA+R8wYE6B85EiuD0nLl53' +
      'tGuesgIilbhMm2rORC5qH9r7J5MqH8xhHwkN+aZNZrYXquHt5N+1oGUEwIsDlSyWof0vpNpMf9df+E5zhVdJtzODoMMSAJ6W' +
      'tNAJdiRCyE62slrml4lARvmXhwWELZYbQ0KE29y92UN4AN5NX4M77VcCgYEAvuqBg646xmY4S66W7FWZFdr8CnOylnA9Jo2d' +
      '7EP3wP3x7VaX+kGUDADWhL0LUgOEB5CwEfqchuG47vg7/e/kQxtgPdnuabDVvkwPpf9pcOj56UZggOCIGNWyqJ1Allanr6oo' +
      'PIfNPOqj3qyF0HDS83HJVR8mtHL5xL7f5+u6r9cCgYBujDKRagUsqmj3zNtILk98Vo1zfJMQUVpdVUX254ncXPY6l4mH1s/6' +
      'T7BN6khKnd9eyycf+03DwVAciROr7L9jXtD3nI95438I1vdYYmWp0EhG3IlukPFbhz3LmUexT4yvFLti31sQo81j80S2Xff3' +
      'HtuKHSh58wCbkgpPqhK7vQKBgQCtCc+pklkjSbLspamVO2AtNvYKYyMSx1glgWYJpvD/syt7emj1IksVNg048j84bodUdAeh' +
      'xAvrFNuRfNyjJLM3P7DTXpuAoA6bFEV6pyziccdRb8A4D0pLeCUePqkzmgcSaJ9ffZbAB8vPH3+JlTkd/ZwF0t4535wSfw5i' +
      'Hn5usQKBgQCTiXVTCmXHqZK7AG/xac0Tq+eCW0sUdYNhPG+UuoZNwo/k4VnnRj7UmmPaW0ocgjfUee/OvTVYM/gYuXS26q5T' +
      'v1GV6T4NhMhy8keDU5HptO9S+reiR2hJ3VZwb8WitcTu/ccYszk+KO22sRA6eITamEc+bgCi1oFCNlyBCeAQNg==',
    spki:
      'MIIBIDALBgkqhkiG9w0BAQoDggEPADCCAQoCggEBALnJWnKOLuNqBniYQoJ+NKmoR8OI5K+1kFG99chNTWy0G+sY7+xOAWNg' +
      'lBVBVgclkP6tdVtLjo6nNgvfFGyBFHH9NrYJ3Dvh1u5U7rET5pAqWFf/9jjApjO61BtmoNuVEaNrpB77vCEwyTWkNEJsgZzn' +
      'hlgCfTv7kXFvu2bVefP+HUFWV9Jl00D/YPuA1MKSkKQZyAouzQAwsts/nAezOGbWfBtnrm5B/yS5WWg6utrJlitjUzdtrmjH' +
      '39Wbj7fkgc2WRqQShaM/hwiYkUvwrSe/ysyEKOj1LJP3GK4UmRuhRBWzWjbSIgEb34zyIEP9OIrExXhAFUk799iU13zIzREC' +
      'AwEAAQ==',
  },
  rsaPssSha256: {
    pkcs8:
      'MIIE8gIBADBBBgkqhkiG9w0BAQowNKAPMA0GCWCGSAFlAwQCAQUAoRwwGgYJKoZIhvcNAQEIMA0GCWCGSAFlAwQCAQUAogMC' +
      'ASAEggSoMIIEpAIBAAKCAQEAuclaco4u42oGeJhCgn40qahHw4jkr7WQUb31yE1NbLQb6xjv7E4BY2CUFUFWByWQ/q11W0uO' +
      'jqc2C98UbIEUcf02tgncO+HW7lTusRPmkCpYV//2OMCmM7rUG2ag25URo2ukHvu8ITDJNaQ0QmyBnOeGWAJ9O/uRcW+7ZtV5' +
      '8/4dQVZX0mXTQP9g+4DUwpKQpBnICi7NADCy2z+cB7M4ZtZ8G2eubkH/JLlZaDq62smWK2NTN22uaMff1ZuPt+SBzZZGpBKF' +
      'oz+HCJiRS/CtJ7/KzIQo6PUsk/cYrhSZG6FEFbNaNtIiARvfjPIgQ/04isTFeEAVSTv32JTXfMjNEQIDAQABAoIBABCoBrd8' +
      'G9dAeDGm2CYO3o9sJBLzWpCOPJ23fcOZepy8tD9EAXtnR74uUgudy4xHrlPG68PMAFno9j8WOIrwMtim+2XsRS+kZ1Qywe7K' +
      'RykbQseQ9FtrAJUx5Zyw4ZcOKrV2C97JpVI5QRc4EFKSm9EClaU3HYQB+xL3RQ8Xih/fu8tc4q2zKi5tN/kW9WTuwzQHe3UV' +
      'zzlf7cf7bT4tbr+tJbCDyDIVPg1LX0XbmJYU7fRw07KqEL4/UszveYENdOk3fqcDTSsqmnv9tLuWty9AbChdx56etrmxCLS2' +
      '4hqCk8LEnVCuUgA3Kw8yZKKiWwEGD8XrOgcx0+ytGj/2KikCgYEA+R8wYE6B85EiuD0nLl53tGuesgIilbhMm2rORC5qH9r7' +
      'J5MqH8xhHwkN+aZNZrYXquHt5N+1oGUEwIsDlSyWof0vpNpMf9df+E5zhVdJtzODoMMSAJ6WtNAJdiRCyE62slrml4lARvmX' +
      'hwWELZYbQ0KE29y92UN4AN5NX4M77VcCgYEAvuqBg646xmY4S66W7FWZFdr8CnOylnA9Jo2d7EP3wP3x7VaX+kGUDADWhL0L' +
      'UgOEB5CwEfqchuG47vg7/e/kQxtgPdnuabDVvkwPpf9pcOj56UZggOCIGNWyqJ1Allanr6ooPIfNPOqj3qyF0HDS83HJVR8m' +
      'tHL5xL7f5+u6r9cCgYBujDKRagUsqmj3zNtILk98Vo1zfJMQUVpdVUX254ncXPY6l4mH1s/6T7BN6khKnd9eyycf+03DwVAc' +
      'iROr7L9jXtD3nI95438I1vdYYmWp0EhG3IlukPFbhz3LmUexT4yvFLti31sQo81j80S2Xff3HtuKHSh58wCbkgpPqhK7vQKB' +
      'gQCtCc+pklkjSbLspamVO2AtNvYKYyMSx1glgWYJpvD/syt7emj1IksVNg048j84bodUdAehxAvrFNuRfNyjJLM3P7DTXpuA' +
      'oA6bFEV6pyziccdRb8A4D0pLeCUePqkzmgcSaJ9ffZbAB8vPH3+JlTkd/ZwF0t4535wSfw5iHn5usQKBgQCTiXVTCmXHqZK7' +
      'AG/xac0Tq+eCW0sUdYNhPG+UuoZNwo/k4VnnRj7UmmPaW0ocgjfUee/OvTVYM/gYuXS26q5Tv1GV6T4NhMhy8keDU5HptO9S' +
      '+reiR2hJ3VZwb8WitcTu/ccYszk+KO22sRA6eITamEc+bgCi1oFCNlyBCeAQNg==',
    spki:
      'MIIBVjBBBgkqhkiG9w0BAQowNKAPMA0GCWCGSAFlAwQCAQUAoRwwGgYJKoZIhvcNAQEIMA0GCWCGSAFlAwQCAQUAogMCASAD' +
      'ggEPADCCAQoCggEBALnJWnKOLuNqBniYQoJ+NKmoR8OI5K+1kFG99chNTWy0G+sY7+xOAWNglBVBVgclkP6tdVtLjo6nNgvf' +
      'FGyBFHH9NrYJ3Dvh1u5U7rET5pAqWFf/9jjApjO61BtmoNuVEaNrpB77vCEwyTWkNEJsgZznhlgCfTv7kXFvu2bVefP+HUFW' +
      'V9Jl00D/YPuA1MKSkKQZyAouzQAwsts/nAezOGbWfBtnrm5B/yS5WWg6utrJlitjUzdtrmjH39Wbj7fkgc2WRqQShaM/hwiY' +
      'kUvwrSe/ysyEKOj1LJP3GK4UmRuhRBWzWjbSIgEb34zyIEP9OIrExXhAFUk799iU13zIzRECAwEAAQ==',
  },
  ed25519: {
    pkcs8: 'MC4CAQAwBQYDK2VwBCIEIADi/ZcaqmIi9rayfqhDI78hFATZre0neqM6I6NXDLWb',
    spki: 'MCowBQYDK2VwAyEATzxuDBxNgpyM5CudTSL3htCiXuHWcQpAmRaXkUuMZWk=',
  },
  ed448: {
    pkcs8:
      'MEcCAQAwBQYDK2VxBDsEOSpO07rK8KaLSUblvxTDgA32Inqm6zoozmipF9oFHvO7NIPTkQZziPJjUnoL7t4/sYcbF3KZVlin' +
      'TA==',
    spki: 'MEMwBQYDK2VxAzoAa6pyt+gaferk9mNGj+NyG5YBLvuiSI2uQE1J0ChcTQ6rel83J2PrFahML36oEYBhWkkpuLS6RsIA',
  },
}
