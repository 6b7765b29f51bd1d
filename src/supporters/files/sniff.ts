/** What a kept file may be, told by its own first bytes and never by what its sender calls it. */
export type KnownFile = { readonly contentType: string; readonly ending: string };

type Signature = KnownFile & {
  readonly at: number;
  readonly bytes: string;
  /** What stands further on, where the first bytes alone are shared with other kinds. */
  readonly more?: { readonly at: number; readonly bytes: readonly string[] };
};

/**
 * Pictures, sound, film and PDF. Nothing that a browser or an office program would run: no SVG, HTML, archive
 * or document with macros. Signatures as in the WHATWG MIME Sniffing Standard and ISO/IEC 14496-12.
 */
const SIGNATURES: readonly Signature[] = [
  { contentType: 'image/jpeg', ending: 'jpg', at: 0, bytes: '\xff\xd8\xff' },
  { contentType: 'image/png', ending: 'png', at: 0, bytes: '\x89PNG\r\n\x1a\n' },
  { contentType: 'image/gif', ending: 'gif', at: 0, bytes: 'GIF87a' },
  { contentType: 'image/gif', ending: 'gif', at: 0, bytes: 'GIF89a' },
  { ...riff('WEBP'), contentType: 'image/webp', ending: 'webp' },
  { ...brand('heic', 'heix', 'mif1'), contentType: 'image/heic', ending: 'heic' },
  { contentType: 'application/pdf', ending: 'pdf', at: 0, bytes: '%PDF-' },
  { contentType: 'audio/ogg', ending: 'ogg', at: 0, bytes: 'OggS\0' },
  { contentType: 'audio/mpeg', ending: 'mp3', at: 0, bytes: 'ID3' },
  { contentType: 'audio/mpeg', ending: 'mp3', at: 0, bytes: '\xff\xfb' },
  { contentType: 'audio/aac', ending: 'aac', at: 0, bytes: '\xff\xf1' },
  { contentType: 'audio/amr', ending: 'amr', at: 0, bytes: '#!AMR' },
  { ...riff('WAVE'), contentType: 'audio/wav', ending: 'wav' },
  { ...brand('M4A ', 'M4B '), contentType: 'audio/mp4', ending: 'm4a' },
  { ...brand('qt  '), contentType: 'video/quicktime', ending: 'mov' },
  {
    ...brand(
      'isom',
      'iso2',
      'iso4',
      'iso5',
      'iso6',
      'mp41',
      'mp42',
      'avc1',
      'M4V ',
      'MSNV',
      'dash',
    ),
    contentType: 'video/mp4',
    ending: 'mp4',
  },
  { ...brand('3gp4', '3gp5', '3gp6', '3gp7'), contentType: 'video/3gpp', ending: '3gp' },
  { contentType: 'video/webm', ending: 'webm', at: 0, bytes: '\x1a\x45\xdf\xa3' },
];

/** What a file is; undefined when it is none of the kinds that are kept. */
export function sniff(file: Uint8Array): KnownFile | undefined {
  const head = Buffer.from(file.subarray(0, 16)).toString('latin1');
  const found = SIGNATURES.find(
    ({ at, bytes, more }) =>
      head.startsWith(bytes, at) &&
      (more === undefined || more.bytes.some((one) => head.startsWith(one, more.at))),
  );
  return found && { contentType: found.contentType, ending: found.ending };
}

function riff(kind: string): Pick<Signature, 'at' | 'bytes' | 'more'> {
  return { at: 0, bytes: 'RIFF', more: { at: 8, bytes: [kind] } };
}

function brand(...brands: readonly string[]): Pick<Signature, 'at' | 'bytes' | 'more'> {
  return { at: 4, bytes: 'ftyp', more: { at: 8, bytes: brands } };
}
