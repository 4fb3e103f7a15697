/** The bytes of a file, and what they are. */
export interface File {
  mediaType: string;
  bytes: Buffer;
}

/** Every byte once: what takes bytes for text does not get through unchanged. */
const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

const files: Readonly<Record<string, () => Buffer>> = {
  "image/png": () =>
    base64("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="),
  "image/gif": () => base64("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"),
  "image/svg+xml": () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>\n'),
  "audio/mpeg": silentMp3,
  "audio/wav": silentWav,
  "application/zip": emptyZip,
  "application/gzip": () => base64("H4sIAAAAAAAAAwMAAAAAAAAAAAA="),
  "application/pdf": emptyPdf,
};

/** Other names of the same types. */
const synonyms: Readonly<Record<string, string>> = {
  "audio/mp3": "audio/mpeg",
  "audio/x-wav": "audio/wav",
  "audio/wave": "audio/wav",
  "application/x-zip-compressed": "application/zip",
  "application/x-gzip": "application/gzip",
};

/**
 * The smallest file of a media type that programs for it can open: an image of one pixel, an empty archive, a short
 * silence, an empty page. The same every time.
 *
 * @param documented a media type, or a range such as `image/*`, of which the first type that is known here is taken. Of
 *   what is not known here it is each of the 256 bytes, as `application/octet-stream` if it is a range.
 */
export function minimalFile(documented: string): File {
  const [type = ""] = documented.toLowerCase().split(";");
  const wanted = synonyms[type.trim()] ?? type.trim();
  const isRange = wanted.includes("*");
  const known = Object.keys(files).find(
    (name) => name === wanted || (isRange && name.startsWith(wanted.replace("*", ""))),
  );
  if (known !== undefined) return { mediaType: isRange ? known : documented, bytes: files[known]!() };
  return { mediaType: isRange ? "application/octet-stream" : documented, bytes: everyByte };
}

function base64(text: string): Buffer {
  return Buffer.from(text, "base64");
}

/** Only the record that ends an archive's directory (APPNOTE.TXT 4.3.16), with no entry before it. */
function emptyZip(): Buffer {
  return Buffer.from("PK\x05\x06".padEnd(22, "\0"), "latin1");
}

/** Two frames of MPEG-1 Layer III, 32 kbit/s, 44.1 kHz, mono: a header, and side information that says that all is zero. */
function silentMp3(): Buffer {
  const frame = Buffer.alloc(104);
  frame.set([0xff, 0xfb, 0x10, 0xc4]);
  return Buffer.concat([frame, frame]);
}

/** A tenth of a second of 16 bits at 8 kHz, mono. */
function silentWav(): Buffer {
  const samples = 800;
  const file = Buffer.alloc(44 + samples * 2);
  file.write("RIFF", 0, "latin1");
  file.writeUInt32LE(file.length - 8, 4);
  file.write("WAVEfmt ", 8, "latin1");
  file.writeUInt32LE(16, 16);
  for (const [offset, value] of [
    [20, 1],
    [22, 1],
    [32, 2],
    [34, 16],
  ] as const)
    file.writeUInt16LE(value, offset);
  file.writeUInt32LE(8000, 24);
  file.writeUInt32LE(16_000, 28);
  file.write("data", 36, "latin1");
  file.writeUInt32LE(samples * 2, 40);
  return file;
}

/** One empty page of one by one point (ISO 32000), with a table of where its objects begin. */
function emptyPdf(): Buffer {
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1 1] >>",
  ];
  let text = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, "0")} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join("")}`;
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(text + table + trailer, "latin1");
}
