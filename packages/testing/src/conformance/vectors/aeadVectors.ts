/** Known answers of the AEADs, hexadecimal; the tag is the end of `sealed`. */
import type { AeadName } from '@mortise/crypto'

export interface AeadVector {
  readonly source: string
  readonly aead: AeadName
  readonly key: string
  readonly nonce: string
  readonly associatedData: string
  readonly plaintext: string
  readonly sealed: string
}

export const aeadVectors: readonly AeadVector[] = [
  {
    source: 'GCM specification (McGrew and Viega), test case 1',
    aead: 'aes-128-gcm',
    key: '00000000000000000000000000000000',
    nonce: '000000000000000000000000',
    associatedData: '',
    plaintext: '',
    sealed: '58e2fccefa7e3061367f1d57a4e7455a',
  },
  {
    source: 'GCM specification (McGrew and Viega), test case 2',
    aead: 'aes-128-gcm',
    key: '00000000000000000000000000000000',
    nonce: '000000000000000000000000',
    associatedData: '',
    plaintext: '00000000000000000000000000000000',
    sealed: '0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf',
  },
  {
    source: 'GCM specification (McGrew and Viega), test case 4',
    aead: 'aes-128-gcm',
    key: 'feffe9928665731c6d6a8f9467308308',
    nonce: 'cafebabefacedbaddecaf888',
    associatedData: 'feedfacedeadbeeffeedfacedeadbeefabaddad2',
    plaintext:
      'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
    sealed:
      '42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e0915bc94fbc3221a5db94fae95ae7121a47',
  },
  {
    source: 'GCM specification (McGrew and Viega), test case 13',
    aead: 'aes-256-gcm',
    key: '0000000000000000000000000000000000000000000000000000000000000000',
    nonce: '000000000000000000000000',
    associatedData: '',
    plaintext: '',
    sealed: '530f8afbc74536b9a963b4f1c4cb738b',
  },
  {
    source: 'GCM specification (McGrew and Viega), test case 16',
    aead: 'aes-256-gcm',
    key: 'feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308',
    nonce: 'cafebabefacedbaddecaf888',
    associatedData: 'feedfacedeadbeeffeedfacedeadbeefabaddad2',
    plaintext:
      'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
    sealed:
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b',
  },
  {
    source: 'RFC 8439 §2.8.2',
    aead: 'chacha20-poly1305',
    key: '808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f',
    nonce: '070000004041424344454647',
    associatedData: '50515253c0c1c2c3c4c5c6c7',
    plaintext:
      '4c616469657320616e642047656e746c656d656e206f662074686520636c617373206f66202739393a204966204920636f756c64206f6666657220796f75206f6e6c79206f6e652074697020666f7220746865206675747572652c2073756e73637265656e20776f756c642062652069742e',
    sealed:
      'd31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc3ff4def08e4b7a9de576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691',
  },
  {
    source: 'NIST SP 800-38C, example 3',
    aead: 'aes-128-ccm-8',
    key: '404142434445464748494a4b4c4d4e4f',
    nonce: '101112131415161718191a1b',
    associatedData: '000102030405060708090a0b0c0d0e0f10111213',
    plaintext: '202122232425262728292a2b2c2d2e2f3031323334353637',
    sealed: 'e3b201a9f5b71a7a9b1ceaeccd97e70b6176aad9a4428aa5484392fbc1b09951',
  },
  {
    source: 'inputs of NIST SP 800-38C example 3 with a tag of 16 bytes, computed with OpenSSL',
    aead: 'aes-128-ccm',
    key: '404142434445464748494a4b4c4d4e4f',
    nonce: '101112131415161718191a1b',
    associatedData: '000102030405060708090a0b0c0d0e0f10111213',
    plaintext: '202122232425262728292a2b2c2d2e2f3031323334353637',
    sealed: 'e3b201a9f5b71a7a9b1ceaeccd97e70b6176aad9a4428aa5c87ae488918de93f17dd3e4934347f44',
  },
  {
    source: 'empty plaintext, computed with OpenSSL',
    aead: 'aes-128-ccm',
    key: '000102030405060708090a0b0c0d0e0f',
    nonce: '000102030405060708090a0b',
    associatedData: '0001020304',
    plaintext: '',
    sealed: 'f0fa768daddbae3da056da5da2b99ad2',
  },
  {
    source: 'empty plaintext, computed with OpenSSL',
    aead: 'aes-128-ccm-8',
    key: '000102030405060708090a0b0c0d0e0f',
    nonce: '000102030405060708090a0b',
    associatedData: '0001020304',
    plaintext: '',
    sealed: 'e15dcdcfb5380762',
  },
  {
    source: 'empty plaintext, computed with OpenSSL',
    aead: 'chacha20-poly1305',
    key: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
    nonce: '000102030405060708090a0b',
    associatedData: '0001020304',
    plaintext: '',
    sealed: 'c68f304033dd2c9a79cc875ce67b8592',
  },
]
