/** What is combined into cases: authorities of one name and key that differ in one thing, and so do the end entities below them. */
import type { CertificateSpec } from './openssl.ts'

const ec = (curve: string): readonly string[] =>
  `-algorithm EC -pkeyopt ec_paramgen_curve:${curve}`.split(' ')
const rsa = (bits: number): readonly string[] => ['-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${bits}`]

export const keyAlgorithms: Readonly<Record<string, readonly string[]>> = {
  root: ec('P-256'),
  other: ec('P-384'),
  authority: ec('P-256'),
  below: ec('P-521'),
  leaf: ec('P-256'),
  rsa: rsa(2048),
  weak: rsa(1024),
  pss: ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'],
  ed25519: ['-algorithm', 'ED25519'],
  ed448: ['-algorithm', 'ED448'],
}

const identifiers = ['subjectKeyIdentifier=hash', 'authorityKeyIdentifier=keyid']
const ca = 'basicConstraints=critical,CA:true'
const certSign = 'keyUsage=critical,keyCertSign,cRLSign'
const pss = ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:digest']
const unknown = '1.3.6.1.4.1.99999.1'

const root = (key: string, options: readonly string[] = []): CertificateSpec => ({
  subject: '/O=Mortise test/CN=Root',
  key,
  extensions: ['subjectKeyIdentifier=hash', ca, certSign],
  options,
})

const authority = (lines: readonly string[], changes: Partial<CertificateSpec> = {}): CertificateSpec => ({
  subject: '/O=Mortise test/CN=Authority',
  key: 'authority',
  issuer: 'root',
  extensions: [...identifiers, ...lines],
  ...changes,
})

const usual = ['keyUsage=critical,digitalSignature', 'extendedKeyUsage=serverAuth,clientAuth']
const leaf = (lines: readonly string[], changes: Partial<CertificateSpec> = {}): CertificateSpec => ({
  subject: '/CN=leaf',
  key: 'leaf',
  issuer: 'authority',
  extensions: [...identifiers, ...lines],
  ...changes,
})

const constrained = (constraint: string, critical = 'critical,'): CertificateSpec =>
  authority([ca, certSign, `nameConstraints=${critical}${constraint}`])

export const roots: Readonly<Record<string, CertificateSpec>> = {
  root: root('root'),
  // The same name, another key
  'root-other': root('other'),
  'root-rsa': { ...root('rsa'), subject: '/CN=Root RSA' },
  'root-rsa-signs-pss': { ...root('rsa', pss), subject: '/CN=Root RSA signs PSS' },
  'root-pss': { ...root('pss', pss), subject: '/CN=Root PSS' },
  'root-ed25519': { ...root('ed25519'), subject: '/CN=Root Ed25519' },
  'root-ed448': { ...root('ed448'), subject: '/CN=Root Ed448' },
}

/** All of one name and one key, so that each stands above each end entity. */
export const authorities: Readonly<Record<string, CertificateSpec>> = {
  authority: authority([ca, certSign]),
  'no-key-usage': authority([ca]),
  'no-cert-sign': authority([ca, 'keyUsage=critical,digitalSignature,cRLSign']),
  'no-basic-constraints': authority([certSign]),
  'not-ca': authority(['basicConstraints=critical,CA:false', 'keyUsage=critical,digitalSignature']),
  'path-length-0': authority(['basicConstraints=critical,CA:true,pathlen:0', certSign]),
  'server-only': authority([ca, certSign, 'extendedKeyUsage=serverAuth']),
  'client-only': authority([ca, certSign, 'extendedKeyUsage=clientAuth']),
  'code-signing-only': authority([ca, certSign, 'extendedKeyUsage=codeSigning']),
  'any-purpose': authority([ca, certSign, 'extendedKeyUsage=anyExtendedKeyUsage']),
  'critical-unknown': authority([ca, certSign, `${unknown}=critical,DER:0500`]),
  unknown: authority([ca, certSign, `${unknown}=DER:0500`]),
  'permits-example': constrained('permitted;DNS:example.com'),
  'permits-below-example': constrained('permitted;DNS:.example.com'),
  'permits-other': constrained('permitted;DNS:other.example'),
  'permits-example-uncritical': constrained('permitted;DNS:example.com', ''),
  'excludes-example': constrained('excluded;DNS:example.com'),
  'excludes-host': constrained('excluded;DNS:www.example.com'),
  'permits-ip': constrained('permitted;IP:192.0.2.0/255.255.255.0'),
  'excludes-ip6': constrained('excluded;IP:2001:db8:0:0:0:0:0:0/ffff:ffff:0:0:0:0:0:0'),
  'permits-email-host': constrained('permitted;email:example.com'),
  'excludes-mailbox': constrained('excluded;email:a@example.com'),
  'permits-uri': constrained('permitted;URI:.example.com'),
  'permits-directory': constrained('permitted;dirName:directory_example'),
  'excludes-directory': constrained('excluded;dirName:directory_example'),
  'requires-policy': authority([ca, certSign, 'policyConstraints=critical,requireExplicitPolicy:0']),
  'has-policy': authority([
    ca,
    certSign,
    'certificatePolicies=1.2.3.4',
    'policyConstraints=critical,requireExplicitPolicy:0',
  ]),
  'expires-soon': authority([ca, certSign], { days: 1 }),
  sha384: authority([ca, certSign], { options: ['-sha384'] }),
  sha224: authority([ca, certSign], { options: ['-sha224'] }),
  'by-other-root': authority([ca, certSign], { issuer: 'root-other' }),
  'by-rsa': authority([ca, certSign], { issuer: 'root-rsa' }),
  'by-rsa-pss': authority([ca, certSign], { issuer: 'root-rsa-signs-pss', options: pss }),
  'by-pss': authority([ca, certSign], { issuer: 'root-pss', options: pss }),
  'by-pss-long-salt': authority([ca, certSign], {
    issuer: 'root-pss',
    options: ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:64'],
  }),
  'by-ed25519': authority([ca, certSign], { issuer: 'root-ed25519' }),
  'by-ed448': authority([ca, certSign], { issuer: 'root-ed448' }),
}

/** An authority below whichever of the others stands above it. */
export const lower: Readonly<Record<string, CertificateSpec>> = {
  below: {
    subject: '/O=Mortise test/CN=Below',
    key: 'below',
    issuer: 'authority',
    extensions: [...identifiers, ca, certSign],
  },
}

export const leaves: Readonly<Record<string, CertificateSpec>> = {
  host: leaf([...usual, 'subjectAltName=DNS:example.com']),
  hosts: leaf([...usual, 'subjectAltName=DNS:example.com,DNS:www.example.com,DNS:a.b.example.com']),
  wildcard: leaf([...usual, 'subjectAltName=DNS:*.example.com']),
  'partial-wildcard': leaf([...usual, 'subjectAltName=DNS:w*.example.com']),
  'top-wildcard': leaf([...usual, 'subjectAltName=DNS:*.com']),
  'other-host': leaf([...usual, 'subjectAltName=DNS:other.example']),
  ip: leaf([...usual, 'subjectAltName=IP:192.0.2.7']),
  'ip-elsewhere': leaf([...usual, 'subjectAltName=IP:198.51.100.7']),
  ip6: leaf([...usual, 'subjectAltName=IP:2001:db8::7']),
  mailbox: leaf([...usual, 'subjectAltName=email:a@example.com']),
  'other-mailbox': leaf([...usual, 'subjectAltName=email:b@sub.example.com']),
  'email-in-subject': leaf(usual, { subject: '/CN=leaf/emailAddress=b@other.example' }),
  uri: leaf([...usual, 'subjectAltName=URI:https://www.example.com/a']),
  'other-uri': leaf([...usual, 'subjectAltName=URI:https://other.example/']),
  directory: leaf([...usual, 'subjectAltName=DNS:example.com'], { subject: '/O=Example/CN=leaf' }),
  'common-name-only': leaf(usual, { subject: '/CN=example.com' }),
  'client-only': leaf([usual[0] ?? '', 'extendedKeyUsage=clientAuth', 'subjectAltName=DNS:example.com']),
  'code-signing-only': leaf([usual[0] ?? '', 'extendedKeyUsage=codeSigning']),
  'any-purpose': leaf([usual[0] ?? '', 'extendedKeyUsage=anyExtendedKeyUsage']),
  'no-purpose': leaf([usual[0] ?? '', 'subjectAltName=DNS:example.com']),
  'key-agreement': leaf(['keyUsage=critical,keyAgreement', 'extendedKeyUsage=serverAuth,clientAuth']),
  'critical-unknown': leaf([...usual, `${unknown}=critical,DER:0500`]),
  unknown: leaf([...usual, `${unknown}=DER:0500`]),
  'with-policy': leaf([...usual, 'certificatePolicies=1.2.3.4']),
  authority: leaf([ca, 'keyUsage=critical,digitalSignature,keyCertSign']),
  'expires-soon': leaf(usual, { days: 1 }),
  'weak-key': leaf(usual, { key: 'weak' }),
  'ed25519-key': leaf(usual, { key: 'ed25519' }),
  sha512: leaf(usual, { options: ['-sha512'] }),
  'below-below': leaf([...usual, 'subjectAltName=DNS:example.com'], { issuer: 'below' }),
}

/** What `dirName:` points to. */
export const sections = '[directory_example]\nO=Example'
